package dev.mcppreflight.server.issuer;

import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator;

/** Checks what stands in a request for authorization: redirect URI, scopes, resources; Spring checks PKCE itself. */
final class AuthorizationRequests {

    private AuthorizationRequests() {}

    /** Throws when the request is wrong; where the redirect URI is, the user is sent nowhere. */
    static void check(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
        OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
        String redirect = request.getRedirectUri();
        if (redirect == null
                || !RedirectUris.matches(redirect, context.getRegisteredClient().getRedirectUris())) {
            throw new OAuth2AuthorizationCodeRequestAuthenticationException(
                    new OAuth2Error(
                            OAuth2ErrorCodes.INVALID_REQUEST,
                            "The redirect URI is not one that the client registered",
                            ""),
                    null);
        }
        OAuth2AuthorizationCodeRequestAuthenticationValidator.DEFAULT_SCOPE_VALIDATOR.accept(context);
        if (!Resources.of(request.getAdditionalParameters()).stream().allMatch(Resources::isIndicator)) {
            throw new OAuth2AuthorizationCodeRequestAuthenticationException(Resources.invalidTarget(), request);
        }
    }
}

package dev.mcppreflight.server.issuer;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/** Gives clients that ask for no scope the least one (RFC 6749, 3.3); Spring would grant them nothing. */
final class DefaultScopes implements AuthenticationConverter {

    private final AuthenticationConverter converter;
    private final IssuerProfile profile;

    DefaultScopes(AuthenticationConverter converter, IssuerProfile profile) {
        this.converter = converter;
        this.profile = profile;
    }

    @Override
    public Authentication convert(HttpServletRequest request) {
        Authentication converted = converter.convert(request);
        return converted instanceof OAuth2AuthorizationCodeRequestAuthenticationToken asked
                        && asked.getScopes().isEmpty()
                ? new OAuth2AuthorizationCodeRequestAuthenticationToken(
                        asked.getAuthorizationUri(),
                        asked.getClientId(),
                        (Authentication) asked.getPrincipal(),
                        asked.getRedirectUri(),
                        asked.getState(),
                        profile.defaultScopes(),
                        asked.getAdditionalParameters())
                : converted;
    }
}

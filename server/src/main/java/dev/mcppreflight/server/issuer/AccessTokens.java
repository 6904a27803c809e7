package dev.mcppreflight.server.issuer;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationGrantAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/** Makes access tokens as RFC 9068 says, for the resources that were asked for (RFC 8707). */
final class AccessTokens implements OAuth2TokenCustomizer<JwtEncodingContext> {

    private final IssuerProfile profile;

    AccessTokens(IssuerProfile profile) {
        this.profile = profile;
    }

    /** Returns what reads the tokens for the endpoint about users. */
    static JwtDecoder decoder(JWKSource<SecurityContext> keys) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier((type, context) -> {});
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, keys));
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        // Spring's usual one takes no at+jwt.
        decoder.setJwtValidator(new JwtTimestampValidator());
        return decoder;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        context.getJwsHeader().algorithm(SignatureAlgorithm.ES256);
        if (!OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
            if (context.getAuthorizedScopes().contains(OidcScopes.EMAIL)) {
                context.getClaims()
                        .claim("email", context.getPrincipal().getName() + "@example.com")
                        .claim("email_verified", false);
            }
            return;
        }
        context.getJwsHeader().type("at+jwt");
        context.getClaims()
                .audience(audience(context))
                .claim("client_id", context.getRegisteredClient().getClientId())
                .claim("scope", String.join(" ", context.getAuthorizedScopes()));
    }

    private List<String> audience(JwtEncodingContext context) {
        List<String> authorized = authorized(context.getAuthorization());
        List<String> asked = asked(context.getAuthorizationGrant());
        boolean granted = authorized.isEmpty() || Set.copyOf(authorized).containsAll(asked);
        if (!granted || !asked.stream().allMatch(Resources::isIndicator)) {
            throw new OAuth2AuthenticationException(Resources.invalidTarget());
        }
        List<String> resources = asked.isEmpty() ? authorized : asked;
        return resources.isEmpty() ? List.of(profile.options().resource().get()) : resources;
    }

    private static List<String> authorized(OAuth2Authorization authorization) {
        OAuth2AuthorizationRequest request =
                authorization == null ? null : authorization.getAttribute(OAuth2AuthorizationRequest.class.getName());
        return request == null ? List.of() : Resources.of(request.getAdditionalParameters());
    }

    private static List<String> asked(Authentication grant) {
        return Resources.of(
                grant instanceof OAuth2AuthorizationGrantAuthenticationToken token
                        ? token.getAdditionalParameters()
                        : Map.of());
    }
}

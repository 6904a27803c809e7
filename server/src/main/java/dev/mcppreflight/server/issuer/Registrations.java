package dev.mcppreflight.server.issuer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.crypto.keygen.Base64StringKeyGenerator;
import org.springframework.security.crypto.keygen.StringKeyGenerator;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.OAuth2ClientRegistration;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** Makes clients of what they say of themselves (RFC 7591): open to all, with PKCE and consent for all. */
final class Registrations implements Converter<OAuth2ClientRegistration, RegisteredClient> {

    private static final Set<String> GRANTS = Set.of("authorization_code", "refresh_token", "client_credentials");
    private static final Set<String> METHODS = Set.of("none", "client_secret_basic", "client_secret_post");
    private static final int SECRET_BYTES = 32;

    private final StringKeyGenerator secrets =
            new Base64StringKeyGenerator(java.util.Base64.getUrlEncoder().withoutPadding(), SECRET_BYTES);
    private final IssuerProfile profile;

    Registrations(IssuerProfile profile) {
        this.profile = profile;
    }

    /** Throws when a client asks for what it cannot have. */
    void check(OAuth2ClientRegistrationAuthenticationContext context) {
        OAuth2ClientRegistrationAuthenticationToken request = context.getAuthentication();
        OAuth2ClientRegistration asked = request.getClientRegistration();
        List<String> redirects = asked.getRedirectUris() == null ? List.of() : asked.getRedirectUris();
        if (!redirects.stream().allMatch(RedirectUris::isRegistrable)) {
            throw refusal("invalid_redirect_uri", "Redirect URIs are https, or http on a loopback address");
        }
        if (!GRANTS.containsAll(grants(asked)) || !METHODS.contains(method(asked))) {
            throw refusal(
                    "invalid_client_metadata",
                    "Grants are authorization_code, refresh_token and client_credentials; token endpoint methods are"
                            + " none, client_secret_basic and client_secret_post");
        }
        if (grants(asked).contains("authorization_code") && redirects.isEmpty()) {
            throw refusal("invalid_redirect_uri", "The authorization code grant needs redirect_uris");
        }
        if (grants(asked).contains("client_credentials") && method(asked).equals("none")) {
            throw refusal("invalid_client_metadata", "The client credentials grant needs a client with a secret");
        }
    }

    private static OAuth2AuthenticationException refusal(String code, String description) {
        return new OAuth2AuthenticationException(new OAuth2Error(code, description, ""));
    }

    @Override
    public RegisteredClient convert(OAuth2ClientRegistration asked) {
        String id = UUID.randomUUID().toString();
        String name = asked.getClientName();
        RegisteredClient.Builder client = builder(id)
                .clientIdIssuedAt(Instant.now())
                .clientName(name == null || name.isBlank() ? id : name)
                .clientAuthenticationMethod(new ClientAuthenticationMethod(method(asked)))
                .scopes(scopes -> scopes.addAll(scopes(asked)));
        if (!method(asked).equals("none")) {
            client.clientSecret(secrets.generateKey());
        }
        if (asked.getRedirectUris() != null) {
            asked.getRedirectUris().forEach(client::redirectUri);
        }
        grants(asked).forEach(grant -> client.authorizationGrantType(new AuthorizationGrantType(grant)));
        return client.build();
    }

    /** Returns the beginning of any client: PKCE, consent, short-lived tokens, refresh tokens for one use. */
    static RegisteredClient.Builder builder(String id) {
        return RegisteredClient.withId(id)
                .clientId(id)
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(true)
                        .build())
                .tokenSettings(TokenSettings.builder()
                        .authorizationCodeTimeToLive(Duration.ofMinutes(1))
                        .accessTokenTimeToLive(Duration.ofMinutes(15))
                        .refreshTokenTimeToLive(Duration.ofHours(8))
                        .reuseRefreshTokens(false)
                        .idTokenSignatureAlgorithm(SignatureAlgorithm.ES256)
                        .build());
    }

    /** What is not on offer is left out, as RFC 7591, 2 allows; who asks for nothing may ask for all later. */
    private Set<String> scopes(OAuth2ClientRegistration asked) {
        Set<String> offered = profile.offer();
        if (asked.getScopes() != null && !asked.getScopes().isEmpty()) {
            offered.retainAll(asked.getScopes());
        }
        return offered.isEmpty() ? profile.defaultScopes() : offered;
    }

    private static List<String> grants(OAuth2ClientRegistration asked) {
        List<String> grants = asked.getGrantTypes();
        return grants == null || grants.isEmpty() ? List.of("authorization_code") : grants;
    }

    private static String method(OAuth2ClientRegistration asked) {
        String method = asked.getTokenEndpointAuthenticationMethod();
        return method == null ? "client_secret_basic" : method;
    }
}

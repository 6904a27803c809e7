package dev.mcppreflight.server.issuer;

import java.util.List;
import java.util.Map;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationServerMetadata;
import org.springframework.security.oauth2.server.authorization.oidc.OidcProviderConfiguration;

/** Completes what the issuer says of itself (RFC 8414 and OpenID Connect Discovery), and takes out what it cannot do. */
final class ServerMetadata {

    private static final String REGISTRATION = "registration_endpoint";
    private static final List<String> GRANTS = List.of("authorization_code", "refresh_token", "client_credentials");
    private static final List<String> METHODS = List.of("none", "client_secret_basic", "client_secret_post");

    private final IssuerProfile profile;

    ServerMetadata(IssuerProfile profile) {
        this.profile = profile;
    }

    /** Completes the document of RFC 8414. */
    void complete(OAuth2AuthorizationServerMetadata.Builder metadata) {
        metadata.claims(claims -> {
            claims.put(REGISTRATION, profile.issuer() + "/register");
            complete(claims);
        });
    }

    /** Completes the document of OpenID Connect. */
    void complete(OidcProviderConfiguration.Builder metadata) {
        metadata.claims(claims -> {
            claims.put(REGISTRATION, profile.issuer() + "/register");
            claims.put("claims_supported", List.of("sub", "email", "email_verified"));
            claims.put("id_token_signing_alg_values_supported", List.of("ES256"));
            claims.remove("end_session_endpoint");
            complete(claims);
        });
    }

    private void complete(Map<String, Object> claims) {
        claims.put("scopes_supported", List.copyOf(profile.offer()));
        claims.put("grant_types_supported", GRANTS);
        claims.put("token_endpoint_auth_methods_supported", METHODS);
        claims.put("code_challenge_methods_supported", List.of("S256"));
        claims.put("client_id_metadata_document_supported", true);
        claims.put("authorization_response_iss_parameter_supported", true);
        claims.remove("tls_client_certificate_bound_access_tokens");
        claims.remove("dpop_signing_alg_values_supported");
    }
}

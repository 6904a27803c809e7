package dev.mcppreflight.server.issuer;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Lets public clients use and revoke their refresh tokens. They have no secret to show and, unlike at the exchange of a
 * code, no verifier either: the token itself is the proof, and it is replaced at each use (OAuth 2.1, 4.3.1).
 */
final class PublicRefresh implements AuthenticationProvider {

    private static final String MARK = PublicRefresh.class.getName();

    private final RegisteredClientRepository clients;

    PublicRefresh(RegisteredClientRepository clients) {
        this.clients = clients;
    }

    /** Reads such requests: a client id, and no secret. */
    static final class Converter implements AuthenticationConverter {

        @Override
        public Authentication convert(HttpServletRequest request) {
            String grant = request.getParameter("grant_type");
            boolean refreshes = AuthorizationGrantType.REFRESH_TOKEN.getValue().equals(grant);
            boolean revokes = grant == null && request.getParameter("token") != null;
            String client = request.getParameter("client_id");
            boolean hasSecret = request.getHeader("Authorization") != null
                    || request.getParameter("client_secret") != null
                    || request.getParameter("client_assertion") != null;
            return (refreshes || revokes) && client != null && !client.isBlank() && !hasSecret
                    ? new OAuth2ClientAuthenticationToken(
                            client, ClientAuthenticationMethod.NONE, null, Map.of(MARK, true))
                    : null;
        }
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        OAuth2ClientAuthenticationToken asked = (OAuth2ClientAuthenticationToken) authentication;
        if (!asked.getAdditionalParameters().containsKey(MARK)) {
            return null;
        }
        RegisteredClient client = clients.findByClientId(asked.getPrincipal().toString());
        if (client == null || !client.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE)) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        return new OAuth2ClientAuthenticationToken(client, ClientAuthenticationMethod.NONE, null);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2ClientAuthenticationToken.class.isAssignableFrom(authentication);
    }
}

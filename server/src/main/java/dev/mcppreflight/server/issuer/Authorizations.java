package dev.mcppreflight.server.issuer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/** The authorizations of this run, the newest 1000: Spring's own memory grows for ever. */
final class Authorizations implements OAuth2AuthorizationService {

    private static final int MOST = 1000;

    private final Map<String, OAuth2Authorization> byId = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, OAuth2Authorization> eldest) {
            return size() > MOST;
        }
    };

    @Override
    public synchronized void save(OAuth2Authorization authorization) {
        byId.put(authorization.getId(), authorization);
    }

    @Override
    public synchronized void remove(OAuth2Authorization authorization) {
        byId.remove(authorization.getId());
    }

    @Override
    public synchronized OAuth2Authorization findById(String id) {
        return byId.get(id);
    }

    @Override
    public synchronized OAuth2Authorization findByToken(String token, OAuth2TokenType type) {
        boolean isState = type != null && OAuth2ParameterNames.STATE.equals(type.getValue());
        return byId.values().stream()
                .filter(found -> isState
                        ? token.equals(found.getAttribute(OAuth2ParameterNames.STATE))
                        : found.getToken(token) != null)
                .findFirst()
                .orElse(null);
    }
}

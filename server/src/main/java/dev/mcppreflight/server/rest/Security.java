package dev.mcppreflight.server.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How callers of the API show who they are, in the words of OpenAPI 3.1 ("Security Scheme Object").
 *
 * @param asks whether anybody has to
 * @param keys whether keys are taken
 * @param issuer what the authorization server says of itself, or nothing when it cannot be asked; null where nobody signs in
 * @param scopeOf the scope that a tool takes
 * @param isOpen tells whether a tool is open to all
 */
public record Security(
        boolean asks,
        boolean keys,
        Supplier<Optional<Map<String, Object>>> issuer,
        Function<String, String> scopeOf,
        Predicate<String> isOpen) {

    private static final String OAUTH = "oauth2";
    private static final String BEARER = "bearer";
    private static final String KEY = "apiKey";

    /** Returns the schemes; those that need the authorization server are left out while it cannot be asked. */
    Map<String, Object> schemes(List<String> tools) {
        Map<String, Object> schemes = new LinkedHashMap<>();
        if (!asks) {
            return schemes;
        }
        Map<String, Object> flows = flows(tools);
        if (!flows.isEmpty()) {
            schemes.put(OAUTH, Map.of("type", OAUTH, "flows", flows));
        }
        schemes.put(BEARER, Map.of("type", "http", "scheme", "bearer"));
        if (keys) {
            schemes.put(KEY, Map.of("type", KEY, "in", "header", "name", "X-API-Key"));
        }
        return schemes;
    }

    /** Returns what one of has to be met by a call of this tool. */
    List<Map<String, List<String>>> of(String tool, Map<String, Object> schemes) {
        List<Map<String, List<String>>> either = new ArrayList<>();
        if (issuer != null && isOpen.test(tool)) {
            either.add(Map.of());
        }
        for (String scheme : schemes.keySet()) {
            either.add(Map.of(scheme, scheme.equals(OAUTH) ? List.of(scopeOf.apply(tool)) : List.of()));
        }
        return either;
    }

    private Map<String, Object> flows(List<String> tools) {
        Map<String, Object> metadata = issuer == null ? Map.of() : issuer.get().orElse(Map.of());
        Map<String, Object> flows = new LinkedHashMap<>();
        if (!(metadata.get("token_endpoint") instanceof String token)) {
            return flows;
        }
        Map<String, String> scopes = new LinkedHashMap<>();
        tools.forEach(tool -> scopes.merge(scopeOf.apply(tool), tool, (some, one) -> some + ", " + one));
        if (metadata.get("authorization_endpoint") instanceof String page) {
            flows.put(
                    "authorizationCode",
                    Map.of("authorizationUrl", page, "tokenUrl", token, "refreshUrl", token, "scopes", scopes));
        }
        if (metadata.get("grant_types_supported") instanceof List<?> grants && grants.contains("client_credentials")) {
            flows.put("clientCredentials", Map.of("tokenUrl", token, "scopes", scopes));
        }
        return flows;
    }
}

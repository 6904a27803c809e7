package dev.mcppreflight.server.rest;

import dev.mcppreflight.server.http.Answer;
import dev.mcppreflight.server.http.Call;
import dev.mcppreflight.server.http.Endpoint;
import dev.mcppreflight.server.http.Endpoint.Openness;
import dev.mcppreflight.server.http.ResourceMetadata;
import dev.mcppreflight.server.protocol.JsonCodec;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells clients where to sign in. */
public final class OAuthRoutes {

    private final JsonCodec json;
    private final String name;
    private final String issuer;
    private final List<String> scopes;
    private final Supplier<Optional<Map<String, Object>>> issuerMetadata;

    /**
     * Creates the routes.
     *
     * @param name the name of the server for people
     * @param issuer the authorization server
     * @param scopes the least scopes with which the server is of use
     * @param issuerMetadata what the authorization server says of itself
     */
    public OAuthRoutes(
            JsonCodec json,
            String name,
            String issuer,
            List<String> scopes,
            Supplier<Optional<Map<String, Object>>> issuerMetadata) {
        this.json = json;
        this.name = name;
        this.issuer = issuer;
        this.scopes = List.copyOf(scopes);
        this.issuerMetadata = issuerMetadata;
    }

    /**
     * Returns what the HTTP side has to serve.
     *
     * @param publicPath the path under which a proxy publishes the server, which stands in the middle of the paths here
     */
    public List<Endpoint> endpoints(String publicPath) {
        Map<String, Endpoint> endpoints = new LinkedHashMap<>();
        for (String prefix : new LinkedHashSet<>(List.of("", publicPath))) {
            for (String path : ResourceMetadata.PATHS) {
                String place = ResourceMetadata.WELL_KNOWN + prefix + path;
                endpoints.put(place, new Endpoint("GET", place, Openness.OPEN, call -> resource(call, path)));
            }
        }
        // Clients of 2025-03-26 look for the authorization server here, and nowhere else.
        String place = "/.well-known/oauth-authorization-server";
        endpoints.put(place, new Endpoint("GET", place, Openness.OPEN, this::authorizationServer));
        return List.copyOf(endpoints.values());
    }

    private Answer resource(Call call, String path) {
        Map<String, Object> document = new LinkedHashMap<>();
        String slash = !path.isEmpty() && call.endsWithSlash() ? "/" : "";
        document.put("resource", call.publicUrl() + path + slash);
        document.put("resource_name", name);
        document.put("authorization_servers", List.of(issuer));
        document.put("scopes_supported", scopes);
        document.put("bearer_methods_supported", List.of("header"));
        document.put("resource_documentation", call.publicUrl() + "/docs");
        return Answer.json(200, json.write(document));
    }

    private Answer authorizationServer(Call call) {
        return issuerMetadata
                .get()
                .map(document -> Answer.json(200, json.write(document)))
                .orElseGet(() -> Answer.json(503, json.write(Map.of("error", "temporarily_unavailable")))
                        .with("Retry-After", "5"));
    }
}

package dev.mcppreflight.server.rest;

import dev.mcppreflight.server.http.Answer;
import dev.mcppreflight.server.http.Call;
import dev.mcppreflight.server.http.Endpoint;
import dev.mcppreflight.server.http.Endpoint.Openness;
import dev.mcppreflight.server.protocol.JsonCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What operators and the curious ask for: {@code /} and {@code /health}. */
public final class ServiceRoutes {

    private final JsonCodec json;
    private final String name;
    private final String version;

    /**
     * Creates the routes.
     *
     * @param name the name of the server
     * @param version the version of the server
     */
    public ServiceRoutes(JsonCodec json, String name, String version) {
        this.json = json;
        this.name = name;
        this.version = version;
    }

    /** Returns what the HTTP side has to serve. */
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint("GET", "/", Openness.PUBLIC, this::home),
                new Endpoint("GET", "/health", Openness.PROBE, call -> ok(Map.of("status", "ok"))));
    }

    private Answer home(Call call) {
        Map<String, Object> endpoints = new LinkedHashMap<>();
        endpoints.put("streamableHttp", call.publicPath() + "/mcp");
        endpoints.put("sse", call.publicPath() + "/sse");
        endpoints.put("health", call.publicPath() + "/health");
        endpoints.put("api", call.publicPath() + "/api");
        endpoints.put("openapi", call.publicPath() + "/openapi.json");
        endpoints.put("docs", call.publicPath() + "/docs");
        Map<String, Object> home = new LinkedHashMap<>();
        home.put("name", name);
        home.put("version", version);
        home.put("endpoints", endpoints);
        return ok(home);
    }

    private Answer ok(Object value) {
        return Answer.json(200, json.write(value));
    }
}

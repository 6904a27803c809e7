package dev.mcppreflight.server.rest;

import dev.mcppreflight.server.http.Answer;
import dev.mcppreflight.server.http.Call;
import dev.mcppreflight.server.http.Endpoint;
import dev.mcppreflight.server.http.Endpoint.Openness;
import dev.mcppreflight.server.metrics.Metrics;
import dev.mcppreflight.server.protocol.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What operators and the curious ask for: {@code /}, {@code /health} and {@code /metrics}. */
public final class ServiceRoutes {

    private final JsonCodec json;
    private final String name;
    private final String version;
    private final Metrics metrics;
    private final boolean rest;
    private final Readiness readiness;

    /**
     * Creates the routes.
     *
     * @param name the name of the server
     * @param version the version of the server
     * @param metrics the figures to show
     * @param components what the server needs
     * @param rest whether there is a REST API too
     */
    public ServiceRoutes(
            JsonCodec json, String name, String version, Metrics metrics, List<Component> components, boolean rest) {
        this.json = json;
        this.name = name;
        this.version = version;
        this.metrics = metrics;
        this.rest = rest;
        this.readiness = new Readiness(components, json);
    }

    /** Returns what the HTTP side has to serve. */
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint("GET", "/", Openness.PUBLIC, this::home),
                new Endpoint("GET", "/health", Openness.PROBE, call -> ok(Map.of("status", "ok"))),
                new Endpoint("GET", "/health/ready", Openness.PROBE, call -> readiness.answer()),
                new Endpoint("GET", "/metrics", Openness.KEY, call -> figures()));
    }

    private Answer figures() {
        return new Answer(200, Metrics.TYPE, metrics.text().getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private Answer home(Call call) {
        Map<String, Object> endpoints = new LinkedHashMap<>();
        endpoints.put("streamableHttp", call.publicPath() + "/mcp");
        endpoints.put("sse", call.publicPath() + "/sse");
        endpoints.put("health", call.publicPath() + "/health");
        endpoints.put("ready", call.publicPath() + "/health/ready");
        endpoints.put("metrics", call.publicPath() + "/metrics");
        if (rest) {
            endpoints.put("stats", call.publicPath() + "/api/stats");
            endpoints.put("openapi", call.publicPath() + "/openapi.json");
            endpoints.put("docs", call.publicPath() + "/docs");
        }
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

package dev.mcppreflight.conformance.fault.transport;

import dev.mcppreflight.conformance.fault.http.HttpHandler;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import dev.mcppreflight.conformance.fault.mcp.Session;
import dev.mcppreflight.conformance.fault.mcp.Trait;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** The paths of a healthy server: both HTTP transports side by side. */
public final class HealthySite implements HttpHandler {

    public static final String STREAMABLE = "/mcp";
    public static final String SSE = "/sse";
    public static final String MESSAGES = "/messages";

    private final Map<String, HttpHandler> endpoints = new LinkedHashMap<>();

    /** @param recipients on whose HTTP+SSE streams an answer goes out */
    public HealthySite(Site site, BiFunction<Session, Sessions, List<Session>> recipients, Set<Trait> traits) {
        if (!traits.contains(Trait.SSE_ONLY)) {
            HttpHandler streamable = traits.contains(Trait.STATELESS)
                    ? new StatelessEndpoint(site.rpc())
                    : new StreamableEndpoint(site, traits.contains(Trait.STREAMING));
            boolean alone = traits.contains(Trait.MODERN_ONLY);
            HttpHandler endpoint = alone || traits.contains(Trait.MODERN)
                    ? new ModernEndpoint(streamable, site.rpc(), alone)
                    : streamable;
            endpoints.put(STREAMABLE, endpoint);
            endpoints.put(STREAMABLE + "/", endpoint);
        }
        if (!traits.contains(Trait.STREAMABLE_ONLY)) {
            SseEndpoint sse = new SseEndpoint(site, recipients);
            endpoints.put(SSE, sse::connect);
            endpoints.put(MESSAGES, sse::post);
        }
    }

    /** Whether a healthy server has something at this path that a credential protects. */
    public static boolean serves(String path) {
        return Set.of(STREAMABLE, STREAMABLE + "/", SSE, MESSAGES).contains(path);
    }

    @Override
    public Response handle(Request request) {
        return Optional.ofNullable(endpoints.get(request.path()))
                .map(endpoint -> endpoint.handle(request))
                .orElseGet(() -> Response.text(404, "text/plain", "Not found\n"));
    }
}

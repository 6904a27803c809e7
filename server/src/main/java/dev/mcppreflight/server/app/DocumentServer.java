package dev.mcppreflight.server.app;

import dev.mcppreflight.server.auth.RateLimits;
import dev.mcppreflight.server.auth.Scope;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.Missing;
import dev.mcppreflight.server.embedding.EmbeddingModel;
import dev.mcppreflight.server.http.Endpoint;
import dev.mcppreflight.server.http.HttpServer;
import dev.mcppreflight.server.metrics.Metrics;
import dev.mcppreflight.server.metrics.RequestLog;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.RequestGuard;
import dev.mcppreflight.server.resources.Completions;
import dev.mcppreflight.server.resources.DocumentPrompts;
import dev.mcppreflight.server.resources.DocumentResources;
import dev.mcppreflight.server.rest.Component;
import dev.mcppreflight.server.rest.OAuthRoutes;
import dev.mcppreflight.server.rest.RestApi;
import dev.mcppreflight.server.rest.ServiceRoutes;
import dev.mcppreflight.server.stdio.StdioServer;
import dev.mcppreflight.server.tools.ToolMethods;
import dev.mcppreflight.server.tools.ToolRegistry;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServer.SyncSpecification;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One registry of tools, offered over any transport. */
public final class DocumentServer {

    private static final int LONGEST_LINE = 4 * 1024 * 1024;

    private final ServerIdentity identity = ServerIdentity.ofThisBuild();
    private final JsonCodec json = new JsonCodec(McpJsonDefaults.getMapper());
    private final Metrics metrics = new Metrics();
    private final RequestLog requests = new RequestLog(metrics);
    private final RateLimits limits;
    private final DocumentStore store;
    private final Clock clock;
    private final ToolRegistry tools;
    private final RequestGuard guard;

    /** Creates a server over this store. */
    public DocumentServer(DocumentStore store, Clock clock) {
        this(store, clock, ServerConfig.local());
    }

    /** Creates a server over this store with the limits of this configuration, which compares words only. */
    public DocumentServer(DocumentStore store, Clock clock, ServerConfig config) {
        this(store, null, clock, config);
    }

    /**
     * Creates a server over this store with the limits of this configuration.
     *
     * @param model the model that the collection is embedded with, or null for searches by words only
     */
    public DocumentServer(DocumentStore store, EmbeddingModel model, Clock clock, ServerConfig config) {
        this.limits = new RateLimits(config.requestLimit(), config.toolLimits(), clock);
        this.store = store;
        this.clock = clock;
        this.tools =
                new ToolRegistry(store, model, clock, json, this::secondsToWait, requests::called, config.writing());
        this.guard = new RequestGuard(List.of(
                new ToolMethods(tools, json),
                new DocumentResources(store, tools, json),
                new DocumentPrompts(),
                new Completions(store)));
    }

    /** Returns a server for HTTP+SSE and Streamable HTTP that does not listen yet. */
    public HttpServer http(ServerConfig config) {
        List<Endpoint> endpoints = new ArrayList<>();
        endpoints.addAll(
                new ServiceRoutes(json, identity.name(), identity.version(), metrics, components()).endpoints());
        endpoints.addAll(new RestApi(
                        tools,
                        json,
                        identity.title(),
                        identity.version(),
                        config.access().asksForCredentials())
                .endpoints());
        if (config.issuer() != null) {
            endpoints.addAll(new OAuthRoutes(
                            json,
                            identity.title(),
                            config.issuer().url(),
                            List.of(Scope.READ),
                            config.issuer()::document)
                    .endpoints(config.http().publicPath()));
        }
        HttpServer http =
                new HttpServer(config.http(), config.access(), guard, json, clock, endpoints, limits, requests);
        metrics.sessions("sse", http::sseSessions);
        metrics.sessions("streamable", http::streamableSessions);
        build(McpServer.sync(http.sseTransport()));
        build(McpServer.sync(http.streamableTransport()));
        return http;
    }

    private long secondsToWait(String tool) {
        RequestLog.Caller caller = requests.caller();
        long wait = caller.counted() ? 0 : limits.request(caller.principal());
        return wait > 0 ? wait : limits.call(caller.principal(), tool);
    }

    private List<Component> components() {
        return List.of(new Component("store", true, this::health));
    }

    private Component.Health health() {
        List<Missing> missing = store.missing();
        String note = missing.isEmpty()
                ? null
                : "missing in the database: "
                        + missing.stream().map(Missing::object).collect(Collectors.joining(", "));
        if (missing.stream().anyMatch(Missing::essential)) {
            throw new Component.Incomplete(note);
        }
        return new Component.Health(store.name(), note);
    }

    /** Returns a server for stdio on these streams that does not read yet. */
    public StdioServer stdio(InputStream in, OutputStream out) {
        StdioServer stdio = new StdioServer(in, out, guard, json, LONGEST_LINE);
        build(McpServer.sync(stdio));
        return stdio;
    }

    /** Gives a transport its server; the transport keeps it alive. */
    private void build(SyncSpecification<?> specification) {
        specification
                .serverInfo(Implementation.builder(identity.name(), identity.version())
                        .title(identity.title())
                        .build())
                .instructions(identity.instructions(tools.names().contains("write_file")))
                .capabilities(ServerCapabilities.builder()
                        .tools(false)
                        .resources(false, false)
                        .prompts(false)
                        .completions()
                        .build())
                .jsonMapper(json.mapper())
                // The core sees no tools, and a general schema validator costs 300 ms at the first use.
                .jsonSchemaValidator(new TrustingValidator())
                .build();
    }

    /** Is never asked. */
    private static final class TrustingValidator implements JsonSchemaValidator {

        @Override
        public ValidationResponse validate(Map<String, Object> schema, Object structuredContent) {
            return ValidationResponse.asValid(null);
        }
    }
}

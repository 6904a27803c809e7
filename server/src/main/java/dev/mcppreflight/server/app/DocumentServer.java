package dev.mcppreflight.server.app;

import dev.mcppreflight.server.auth.Permissions;
import dev.mcppreflight.server.auth.RateLimits;
import dev.mcppreflight.server.auth.Scope;
import dev.mcppreflight.server.auth.SignIn;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.Missing;
import dev.mcppreflight.server.documents.WatchedStore;
import dev.mcppreflight.server.embedding.EmbeddingModel;
import dev.mcppreflight.server.http.Endpoint;
import dev.mcppreflight.server.http.HttpServer;
import dev.mcppreflight.server.metrics.Metrics;
import dev.mcppreflight.server.metrics.RequestLog;
import dev.mcppreflight.server.protocol.Audience;
import dev.mcppreflight.server.protocol.Identity;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.Logging;
import dev.mcppreflight.server.replicas.Mailbox;
import dev.mcppreflight.server.replicas.OwnShelf;
import dev.mcppreflight.server.replicas.Shelf;
import dev.mcppreflight.server.resources.Completions;
import dev.mcppreflight.server.resources.DocumentPrompts;
import dev.mcppreflight.server.resources.DocumentResources;
import dev.mcppreflight.server.resources.ResourceChanges;
import dev.mcppreflight.server.rest.Component;
import dev.mcppreflight.server.rest.OAuthRoutes;
import dev.mcppreflight.server.rest.RestApi;
import dev.mcppreflight.server.rest.Security;
import dev.mcppreflight.server.rest.ServiceRoutes;
import dev.mcppreflight.server.stateless.Protocols;
import dev.mcppreflight.server.stdio.StdioServer;
import dev.mcppreflight.server.tools.SecurityScheme;
import dev.mcppreflight.server.tools.ToolMethods;
import dev.mcppreflight.server.tools.ToolRegistry;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One registry of tools, offered over any transport. */
public final class DocumentServer implements Profile {

    static final int LONGEST_LINE = 4 * 1024 * 1024;

    private final ServerIdentity identity = ServerIdentity.ofThisBuild();
    private final JsonCodec json = new JsonCodec(McpJsonDefaults.getMapper());
    private final Metrics metrics = new Metrics();
    private final RequestLog requests = new RequestLog(metrics);
    private final RateLimits limits;
    private final DocumentStore store;
    private final Clock clock;
    private final ToolRegistry tools;
    private final Permissions permissions;
    private final Protocols protocols;
    private final Audience audience = new Audience(json);

    /** Creates a server over this store. */
    public DocumentServer(DocumentStore store, Clock clock) {
        this(store, clock, ServerConfig.local());
    }

    /** Creates a server over this store with the limits of this configuration, which compares words only. */
    public DocumentServer(DocumentStore store, Clock clock, ServerConfig config) {
        this(store, null, clock, new OwnShelf(clock), config);
    }

    /**
     * Creates a server over this store with the limits of this configuration.
     *
     * @param model the model that the collection is embedded with, or null for searches by words only
     * @param shelf what it has in common with its replicas
     */
    public DocumentServer(DocumentStore store, EmbeddingModel model, Clock clock, Shelf shelf, ServerConfig config) {
        this.limits = new RateLimits(config.requestLimit(), config.toolLimits(), clock);
        this.store = store;
        this.clock = clock;
        this.tools = new ToolRegistry(
                new WatchedStore(store, new ResourceChanges(audience)::tell),
                model,
                clock,
                json,
                this::secondsToWait,
                requests::called,
                config.writing());
        this.permissions = new Permissions(scopes(tools), config.signIn());
        this.protocols = Protocols.of(
                new Identity(
                        identity.name(),
                        identity.title(),
                        identity.version(),
                        identity.instructions(tools.names().contains("write_file"))),
                List.of(
                        new ToolMethods(tools, json, tool -> schemes(config, tool)),
                        new DocumentResources(store, tools, json, config.writing() != null && !store.isShared()),
                        new DocumentPrompts(),
                        new Completions(store),
                        new Logging()),
                json,
                shelf);
    }

    @Override
    public HttpServer http(ServerConfig config, Mailbox mailbox) {
        List<Endpoint> endpoints = new ArrayList<>();
        endpoints.addAll(
                new ServiceRoutes(json, identity.name(), identity.version(), metrics, components(), true).endpoints());
        endpoints.addAll(new RestApi(tools, json, identity.title(), identity.version(), security(config)).endpoints());
        if (config.signIn() != null) {
            endpoints.addAll(new OAuthRoutes(
                            json,
                            identity.title(),
                            config.signIn().issuer().url(),
                            List.of(Scope.READ),
                            config.signIn().issuer()::document)
                    .endpoints(config.http().names().publicPath()));
        }
        HttpServer http = new HttpServer(
                config.http(),
                config.access(),
                permissions,
                protocols,
                audience,
                json,
                clock,
                endpoints,
                limits,
                requests,
                mailbox);
        metrics.sessions("sse", http::sseSessions);
        metrics.sessions("streamable", http::streamableSessions);
        return http;
    }

    /** A tool that declares that it only reads takes the scope to read. */
    private static Map<String, String> scopes(ToolRegistry tools) {
        return tools.descriptions().stream().collect(Collectors.toMap(Tool::name, tool -> {
            boolean reads = tool.annotations() != null
                    && Boolean.TRUE.equals(tool.annotations().readOnlyHint());
            return reads ? Scope.READ : Scope.WRITE;
        }));
    }

    private Security security(ServerConfig config) {
        SignIn signIn = config.signIn();
        return new Security(
                config.access().asksForCredentials(),
                signIn == null || signIn.mixed(),
                signIn == null ? null : signIn.issuer()::document,
                permissions::scopeOf,
                permissions::isOpen);
    }

    private List<SecurityScheme> schemes(ServerConfig config, String tool) {
        if (config.signIn() == null) {
            return List.of();
        }
        SecurityScheme oauth = SecurityScheme.oauth(permissions.scopeOf(tool));
        return permissions.isOpen(tool) ? List.of(SecurityScheme.none(), oauth) : List.of(oauth);
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

    @Override
    public StdioServer stdio(InputStream in, OutputStream out) {
        return new StdioServer(in, out, protocols, audience, json, LONGEST_LINE);
    }
}

package dev.mcppreflight.server.app;

import dev.mcppreflight.server.auth.Permissions;
import dev.mcppreflight.server.auth.RateLimits;
import dev.mcppreflight.server.everything.Everything;
import dev.mcppreflight.server.http.HttpServer;
import dev.mcppreflight.server.metrics.Metrics;
import dev.mcppreflight.server.metrics.RequestLog;
import dev.mcppreflight.server.protocol.Audience;
import dev.mcppreflight.server.protocol.Identity;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.replicas.Mailbox;
import dev.mcppreflight.server.replicas.OwnShelf;
import dev.mcppreflight.server.replicas.Shelf;
import dev.mcppreflight.server.rest.ServiceRoutes;
import dev.mcppreflight.server.stateless.Protocols;
import dev.mcppreflight.server.stdio.StdioServer;
import io.modelcontextprotocol.json.McpJsonDefaults;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The features that the official conformance suite asks for, over the same transports as the documents. */
public final class EverythingServer implements Profile {

    private static final String INSTRUCTIONS =
            "Offers a tool, a prompt and a resource of every kind, for tests of clients.";

    private final JsonCodec json = new JsonCodec(McpJsonDefaults.getMapper());
    private final Identity identity;
    private final Audience audience = new Audience(json);
    private final Protocols protocols;

    /** Creates a server that is alone. */
    public EverythingServer() {
        this(new OwnShelf(Clock.systemUTC()));
    }

    /** Creates a server that has this shelf in common with its replicas. */
    public EverythingServer(Shelf shelf) {
        this.identity = new Identity(
                "preflight-everything",
                "MCP Preflight, everything",
                ServerIdentity.ofThisBuild().version(),
                INSTRUCTIONS);
        this.protocols = Protocols.of(identity, Everything.features(audience, json, shelf), json, shelf);
    }

    @Override
    public HttpServer http(ServerConfig config, Mailbox mailbox) {
        Metrics metrics = new Metrics();
        Clock clock = Clock.systemUTC();
        HttpServer http = new HttpServer(
                config.http(),
                config.access(),
                new Permissions(Map.of(), config.signIn()),
                protocols,
                audience,
                json,
                clock,
                new ServiceRoutes(json, identity.name(), identity.version(), metrics, List.of(), false).endpoints(),
                new RateLimits(config.requestLimit(), config.toolLimits(), clock),
                new RequestLog(metrics),
                mailbox);
        metrics.sessions("sse", http::sseSessions);
        metrics.sessions("streamable", http::streamableSessions);
        return http;
    }

    @Override
    public StdioServer stdio(InputStream in, OutputStream out) {
        return new StdioServer(in, out, protocols, audience, json, DocumentServer.LONGEST_LINE);
    }
}

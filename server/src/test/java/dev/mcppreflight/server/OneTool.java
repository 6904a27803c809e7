package dev.mcppreflight.server;

import dev.mcppreflight.server.app.ServerConfig;
import dev.mcppreflight.server.auth.Permissions;
import dev.mcppreflight.server.auth.RateLimits;
import dev.mcppreflight.server.http.HttpServer;
import dev.mcppreflight.server.metrics.Metrics;
import dev.mcppreflight.server.metrics.RequestLog;
import dev.mcppreflight.server.protocol.Audience;
import dev.mcppreflight.server.protocol.Feature;
import dev.mcppreflight.server.protocol.Identity;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.RequestContext;
import dev.mcppreflight.server.replicas.OwnShelf;
import dev.mcppreflight.server.stateless.Protocols;
import io.modelcontextprotocol.json.McpJsonDefaults;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A server with one tool, which may take long and says so once before it begins. */
public final class OneTool implements Feature {

    private final Work work;

    /** What the tool does. */
    public interface Work {
        void done(RequestContext context);
    }

    private OneTool(Work work) {
        this.work = work;
    }

    /** Returns such a server, which does not listen yet. */
    public static HttpServer server(Work work) {
        JsonCodec json = new JsonCodec(McpJsonDefaults.getMapper());
        Clock clock = Clock.systemUTC();
        ServerConfig config = ServerConfig.local();
        return new HttpServer(
                config.http(),
                config.access(),
                new Permissions(Map.of(), null),
                Protocols.of(
                        new Identity("one-tool", "One tool", "1", "Call it."),
                        List.of(new OneTool(work)),
                        json,
                        new OwnShelf(clock)),
                new Audience(json),
                json,
                clock,
                List.of(),
                new RateLimits(null, Map.of(), clock),
                new RequestLog(new Metrics()),
                null);
    }

    @Override
    public Set<String> methods() {
        return Set.of("tools/call");
    }

    @Override
    public Map<String, Map<String, Object>> capabilities() {
        return Map.of("tools", Map.of());
    }

    @Override
    public boolean takesLong(String method) {
        return true;
    }

    @Override
    public boolean reports(String method, Map<?, ?> params) {
        return true;
    }

    @Override
    public Object answer(String method, Map<?, ?> params, RequestContext context) {
        context.progress(1, 2, null);
        work.done(context);
        return Map.of();
    }
}

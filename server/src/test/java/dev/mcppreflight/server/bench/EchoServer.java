package dev.mcppreflight.server.bench;

import dev.mcppreflight.server.auth.AccessPolicy;
import dev.mcppreflight.server.auth.Permissions;
import dev.mcppreflight.server.auth.RateLimits;
import dev.mcppreflight.server.http.HttpOptions;
import dev.mcppreflight.server.http.HttpServer;
import dev.mcppreflight.server.metrics.Metrics;
import dev.mcppreflight.server.metrics.RequestLog;
import dev.mcppreflight.server.protocol.Audience;
import dev.mcppreflight.server.protocol.Identity;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.replicas.OwnShelf;
import dev.mcppreflight.server.stateless.Protocols;
import dev.mcppreflight.server.tools.EchoTool;
import dev.mcppreflight.server.tools.ToolMethods;
import dev.mcppreflight.server.tools.ToolRegistry;
import io.modelcontextprotocol.json.McpJsonDefaults;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** This server's transports, limits, figures and log over the tool that the other server has too. */
final class EchoServer {

    private EchoServer() {}

    /** Serves both transports over HTTP, and prints {@code ready http://127.0.0.1:PORT}. */
    public static void main(String[] args) throws IOException {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", args[0]);
        JsonCodec json = new JsonCodec(McpJsonDefaults.getMapper());
        RequestLog requests = new RequestLog(new Metrics());
        RateLimits limits = new RateLimits(null, Map.of(), Clock.systemUTC());
        ToolRegistry tools =
                EchoTool.registry(json, tool -> limits.call(requests.caller().principal(), tool), requests::called);
        Protocols protocols = Protocols.of(
                new Identity("echo", "Echo", "1", "Call echo."),
                List.of(new ToolMethods(tools, json)),
                json,
                new OwnShelf(Clock.systemUTC()));
        HttpServer http = new HttpServer(
                HttpOptions.local(),
                AccessPolicy.open(),
                new Permissions(Map.of(), null),
                protocols,
                new Audience(json),
                json,
                Clock.systemUTC(),
                List.of(),
                limits,
                requests,
                null);
        System.out.println("ready http://127.0.0.1:" + http.start());
    }
}

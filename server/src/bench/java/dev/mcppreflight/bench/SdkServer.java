package dev.mcppreflight.bench;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServer.SyncSpecification;
import io.modelcontextprotocol.server.transport.HttpServletSseServerTransportProvider;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The servlet of the Java SDK as it is without options, in Jetty as it is without options, with one tool, echo. */
public final class SdkServer {

    private SdkServer() {}

    /** Serves {@code streamable} (/mcp) or {@code sse} (/sse), and prints {@code ready http://127.0.0.1:PORT}. */
    public static void main(String[] args) throws Exception {
        HttpServlet servlet = args[0].equals("sse") ? sse() : streamable();
        Server jetty = new Server();
        ServerConnector connector = new ServerConnector(jetty);
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/*");
        jetty.setHandler(context);
        jetty.start();
        System.out.println("ready http://127.0.0.1:" + connector.getLocalPort());
    }

    private static HttpServlet streamable() {
        HttpServletStreamableServerTransportProvider transport = HttpServletStreamableServerTransportProvider.builder()
                .mcpEndpoint("/mcp")
                .build();
        furnish(McpServer.sync(transport));
        return transport;
    }

    @SuppressWarnings("deprecation")
    private static HttpServlet sse() {
        HttpServletSseServerTransportProvider transport = HttpServletSseServerTransportProvider.builder()
                .sseEndpoint("/sse")
                .messageEndpoint("/messages")
                .build();
        furnish(McpServer.sync(transport));
        return transport;
    }

    private static void furnish(SyncSpecification<?> specification) {
        Tool echo = Tool.builder(
                        "echo",
                        Map.of(
                                "type",
                                "object",
                                "properties",
                                Map.of("text", Map.of("type", "string")),
                                "required",
                                List.of("text"),
                                "additionalProperties",
                                false))
                .description("Says the same text again.")
                .build();
        McpJsonMapper json = McpJsonDefaults.getMapper();
        specification
                .serverInfo("sdk", "2.1.0")
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .toolCall(echo, (exchange, request) -> answer(json, Map.of("text", request.arguments().get("text"))))
                .build();
    }

    /** As this server answers: the structured result, and the same as text. */
    private static CallToolResult answer(McpJsonMapper json, Map<String, Object> result) {
        try {
            return CallToolResult.builder()
                    .structuredContent(result)
                    .addTextContent(json.writeValueAsString(result))
                    .isError(false)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

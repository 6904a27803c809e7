package dev.mcppreflight.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.app.Main;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The SDK's own client on all three transports: it connects, and it sees the same server. */
@TestInstance(Lifecycle.PER_CLASS)
class SdkClientTest {

    private final TestServer server = TestServer.local();

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void allTransportsOfferTheSame() {
        List<Tool> streamable = visit(streamable());
        assertEquals(7, streamable.size());
        assertEquals(streamable, visit(sse()));
        assertEquals(streamable, visit(stdio()));
    }

    private McpClientTransport streamable() {
        return HttpClientStreamableHttpTransport.builder(server.url()).build();
    }

    @SuppressWarnings({"deprecation", "removal"})
    private McpClientTransport sse() {
        return HttpClientSseClientTransport.builder(server.url()).build();
    }

    private static McpClientTransport stdio() {
        return new StdioClientTransport(
                ServerParameters.builder(
                                ProcessHandle.current().info().command().orElse("java"))
                        .args("-cp", System.getProperty("java.class.path"), Main.class.getName(), "--stdio")
                        .build(),
                McpJsonDefaults.getMapper());
    }

    private static List<Tool> visit(McpClientTransport transport) {
        try (McpSyncClient client =
                McpClient.sync(transport).requestTimeout(Duration.ofSeconds(10)).build()) {
            assertEquals("preflight-server", client.initialize().serverInfo().name());
            client.ping();
            CallToolResult found = client.callTool(CallToolRequest.builder("search")
                    .arguments(Map.of("query", "meteorite"))
                    .build());
            assertEquals(false, found.isError());
            assertTrue(found.structuredContent().toString().contains("insurance-"));
            CallToolResult refused = client.callTool(CallToolRequest.builder("search_documents")
                    .arguments(Map.of("query", "x", "limit", 0))
                    .build());
            assertEquals(true, refused.isError());
            assertFalse(client.getServerInstructions().isBlank());
            return client.listTools().tools();
        }
    }
}

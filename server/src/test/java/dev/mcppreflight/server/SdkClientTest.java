package dev.mcppreflight.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.app.Main;
import dev.mcppreflight.server.app.ServerConfig;
import dev.mcppreflight.server.auth.AccessPolicy;
import dev.mcppreflight.server.documents.Chunker;
import dev.mcppreflight.server.http.HttpOptions;
import dev.mcppreflight.server.tools.WriteAccess;
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
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

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
        assertEquals(streamable, visit(sse(server.url())));
        assertEquals(streamable, visit(stdio()));
    }

    @Test
    void whatWritesIsTheSameOnAllTransports(@TempDir Path root) {
        ServerConfig config = new ServerConfig(
                HttpOptions.local(), AccessPolicy.open(), null, Map.of(), new WriteAccess(root, Chunker.standard()));
        try (TestServer writing = TestServer.with(config, Clock.systemUTC())) {
            List<Tool> streamable = write(streamable(writing.url()));
            assertEquals(12, streamable.size());
            assertEquals(streamable, write(sse(writing.url())));
            assertEquals(
                    streamable,
                    write(stdio(
                            Main.class.getName(),
                            "--stdio",
                            "--enable-write-tools",
                            "--document-root",
                            root.toString())));
        }
    }

    /** Adds a document and takes it out again. */
    private static List<Tool> write(McpClientTransport transport) {
        try (McpSyncClient client =
                McpClient.sync(transport).requestTimeout(Duration.ofSeconds(20)).build()) {
            client.initialize();
            Map<?, ?> added = written(
                    client, "upload_document", Map.of("file_name", "a.txt", "content", "A zeppelin in the hangar."));
            assertEquals("created", added.get("status"));
            assertEquals(1, added.get("chunks_count"));
            Object id = added.get("document_id");
            assertEquals(
                    true, written(client, "delete_document", Map.of("id", id)).get("deleted"));
            CallToolResult again = client.callTool(CallToolRequest.builder("delete_document")
                    .arguments(Map.of("id", id))
                    .build());
            assertEquals(true, again.isError());
            return client.listTools().tools();
        }
    }

    private static Map<?, ?> written(McpSyncClient client, String tool, Map<String, Object> arguments) {
        CallToolResult result = client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
        assertEquals(false, result.isError(), result::toString);
        return (Map<?, ?>) result.structuredContent();
    }

    private McpClientTransport streamable() {
        return streamable(server.url());
    }

    private static McpClientTransport streamable(String url) {
        return HttpClientStreamableHttpTransport.builder(url).build();
    }

    @SuppressWarnings({"deprecation", "removal"})
    private static McpClientTransport sse(String url) {
        return HttpClientSseClientTransport.builder(url).build();
    }

    private static McpClientTransport stdio() {
        return stdio(Main.class.getName(), "--stdio");
    }

    private static McpClientTransport stdio(String... command) {
        List<String> args = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path")));
        args.addAll(List.of(command));
        return new StdioClientTransport(
                ServerParameters.builder(
                                ProcessHandle.current().info().command().orElse("java"))
                        .args(args)
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

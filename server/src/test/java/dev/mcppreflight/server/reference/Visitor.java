package dev.mcppreflight.server.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mcppreflight.server.Messages;
import dev.mcppreflight.server.MoveableClock;
import dev.mcppreflight.server.StatelessClient;
import dev.mcppreflight.server.TestServer;
import dev.mcppreflight.server.app.ServerConfig;
import dev.mcppreflight.server.auth.AccessPolicy;
import dev.mcppreflight.server.auth.RateLimit;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.http.HttpOptions;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** One scenario's dealings with the reference server: what was asked, and what was told. */
public final class Visitor implements AutoCloseable {

    private final MoveableClock clock = new MoveableClock();
    private final Absence absence;
    private final List<Object> told = new ArrayList<>();
    private TestServer server;
    private Response answer;
    private CallToolResult result;
    private String session;

    /** @param store that the server of this scenario has */
    public Visitor(Supplier<DocumentStore> store) {
        this.absence = new Absence(store.get());
    }

    void start(RateLimit limit) {
        ServerConfig config = new ServerConfig(HttpOptions.local(), AccessPolicy.open(), limit, Map.of(), null);
        server = TestServer.over(absence.store(), config, clock);
    }

    Absence absence() {
        return absence;
    }

    TestServer server() {
        return server;
    }

    /** What was told, in its order. */
    List<Object> told() {
        return told;
    }

    /** What was told last. */
    Object last() {
        return told.get(told.size() - 1);
    }

    /** The last result of a tool. */
    CallToolResult result() {
        return result;
    }

    /** The last answer to a plain request. */
    Response answer() {
        return answer;
    }

    void get(String path) {
        answer = server.request().get(path);
        told.add(answer.asString());
    }

    void waitAsTold() {
        clock.pass(Duration.ofSeconds(Long.parseLong(answer.getHeader("Retry-After"))));
    }

    /** Calls a tool; what is told is its structured content. */
    Map<?, ?> call(Way way, String tool, Map<String, Object> arguments) {
        result = visit(
                way,
                client -> client.callTool(
                        CallToolRequest.builder(tool).arguments(arguments).build()));
        told.add(result.structuredContent());
        return (Map<?, ?>) result.structuredContent();
    }

    void statistics(Way way) {
        if (way == Way.REST) {
            get("/api/stats");
            told.set(told.size() - 1, answer.jsonPath().getMap("data"));
        } else {
            call(way, "get_database_stats", Map.of());
        }
    }

    /** What is told is the id and the score of each passage, in their order; nothing where the tool fails. */
    void search(Way way, String question) {
        JsonPath content = way == Way.REST
                ? server.json("{\"query\":\"" + question + "\"}")
                        .post("/api/search")
                        .jsonPath()
                : new JsonPath(text(way, question));
        List<Map<String, Object>> found = content.getList("results");
        told.add(
                found == null
                        ? List.of()
                        : found.stream()
                                .map(hit -> hit.get("chunk_id") + " " + hit.get("similarity"))
                                .toList());
    }

    private String text(Way way, String question) {
        call(way, "search_documents", Map.of("query", question));
        told.remove(told.size() - 1);
        return ((TextContent) result.content().get(0)).text();
    }

    void tools(Way way) {
        told.add(visit(way, client -> client.listTools().tools()));
    }

    /** What is told is the list, as it is on the wire. */
    void list(String list, String revision) {
        boolean templates = list.equals("resource templates");
        String method = templates ? "resources/templates/list" : list + "/list";
        told.add(inRevision(revision, method, null, "").get(templates ? "resourceTemplates" : list));
    }

    /** Calls a tool; what is told is its content and whether it is an error. */
    void callIn(String revision, String tool, String arguments) {
        Map<String, Object> result =
                inRevision(revision, "tools/call", tool, "\"name\":\"" + tool + "\",\"arguments\":" + arguments);
        told.add(Arrays.asList(result.get("content"), result.get("structuredContent"), result.get("isError")));
    }

    private Map<String, Object> inRevision(String revision, String method, String name, String members) {
        StatelessClient client = new StatelessClient(server.url());
        boolean stateless = revision.equals(StatelessClient.REVISION);
        Response response = stateless
                ? client.headed(method, name)
                        .body(client.body(1, method, members).getBytes(StandardCharsets.UTF_8))
                        .post("/mcp")
                : server.json(
                                server.session(revision),
                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + members
                                        + "}}")
                        .post("/mcp");
        Map<String, Object> result = response.jsonPath().getMap("result");
        assertEquals(stateless ? "complete" : null, result.get("resultType"));
        return result;
    }

    void openSession() {
        session = server.session("2025-11-25");
    }

    void restart() {
        int port = server.port();
        server.close();
        server = TestServer.over(
                absence.store(),
                new ServerConfig(HttpOptions.local().at("127.0.0.1", port), AccessPolicy.open(), null, Map.of(), null),
                clock);
        assertEquals(port, server.port());
    }

    Response pingInOldSession() {
        return server.json(session, Messages.request(1, "ping")).post("/mcp");
    }

    private <T> T visit(Way way, Function<McpSyncClient, T> visit) {
        McpClientTransport transport = way == Way.SSE ? sse(server.url()) : streamable(server.url());
        try (McpSyncClient client =
                McpClient.sync(transport).requestTimeout(Duration.ofSeconds(20)).build()) {
            client.initialize();
            return visit.apply(client);
        }
    }

    private static McpClientTransport streamable(String url) {
        return HttpClientStreamableHttpTransport.builder(url).build();
    }

    @SuppressWarnings({"deprecation", "removal"})
    private static McpClientTransport sse(String url) {
        return HttpClientSseClientTransport.builder(url).build();
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}

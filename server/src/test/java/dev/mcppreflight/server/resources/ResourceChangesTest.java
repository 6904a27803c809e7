package dev.mcppreflight.server.resources;

import static dev.mcppreflight.server.Messages.initialize;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.RawStream;
import dev.mcppreflight.server.StatelessClient;
import dev.mcppreflight.server.TestServer;
import dev.mcppreflight.server.app.DocumentServer;
import dev.mcppreflight.server.app.ServerConfig;
import dev.mcppreflight.server.auth.AccessPolicy;
import dev.mcppreflight.server.documents.BundledCorpus;
import dev.mcppreflight.server.documents.Chunker;
import dev.mcppreflight.server.http.HttpOptions;
import dev.mcppreflight.server.store.LuceneDocumentStore;
import dev.mcppreflight.server.tools.WriteAccess;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is told what when a document comes, changes and goes. */
@Timeout(60)
class ResourceChangesTest {

    private static final String LIST_CHANGED = "notifications/resources/list_changed";
    private static final String UPDATED = "notifications/resources/updated";

    @TempDir
    private Path root;

    private ServerConfig config() {
        return new ServerConfig(
                HttpOptions.local(), AccessPolicy.open(), null, Map.of(), new WriteAccess(root, Chunker.standard()));
    }

    private static String request(int id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    private static String upload(int id, String text) {
        return request(
                id,
                "tools/call",
                "{\"name\":\"upload_document\",\"arguments\":{\"file_name\":\"a.txt\",\"content\":\"" + text + "\"}}");
    }

    private static String uri(String document) {
        return "{\"uri\":\"documents://" + document + "\"}";
    }

    @Test
    void aServerThatIsOnlyReadDeclaresNothing() {
        try (TestServer reading = TestServer.local()) {
            JsonPath answer =
                    reading.json(initialize("2025-11-25")).post("/mcp").jsonPath();
            assertEquals(Map.of(), answer.getMap("result.capabilities.resources"));
            reading.json(reading.session("2025-11-25"), request(1, "resources/subscribe", uri("stats")))
                    .post("/mcp")
                    .then()
                    .body("error.code", equalTo(-32601));
        }
    }

    @Test
    void subscriptionsHearOfItWithoutASession() {
        try (TestServer server = TestServer.with(config(), Clock.systemUTC())) {
            StatelessClient client = new StatelessClient(server.url());
            String filter = "\"notifications\":{\"resourcesListChanged\":true,\"toolsListChanged\":true,"
                    + "\"resourceSubscriptions\":[\"documents://stats\"]}";
            try (RawStream listening = client.stream(server.port(), 1, "subscriptions/listen", null, filter)) {
                assertEquals(
                        Map.of("resourcesListChanged", true, "resourceSubscriptions", List.of("documents://stats")),
                        JsonPath.from(message(listening)).getMap("params.notifications"));
                client.call("upload_document", "{\"file_name\":\"a.txt\",\"content\":\"A zeppelin.\"}")
                        .body("result.isError", equalTo(false));
                assertEquals(LIST_CHANGED, method(listening));
                assertEquals(
                        "documents://stats", JsonPath.from(message(listening)).getString("params.uri"));
            }
        }
        try (TestServer reading = TestServer.local();
                RawStream listening = new StatelessClient(reading.url())
                        .stream(
                                reading.port(),
                                1,
                                "subscriptions/listen",
                                null,
                                "\"notifications\":{\"resourcesListChanged\":true}")) {
            assertEquals(Map.of(), JsonPath.from(message(listening)).getMap("params.notifications"));
        }
    }

    @Test
    void openStreamsHearOfWhatComesChangesAndGoes() {
        try (TestServer server = TestServer.with(config(), Clock.systemUTC())) {
            JsonPath declared =
                    server.json(initialize("2025-11-25")).post("/mcp").jsonPath();
            assertTrue(declared.getBoolean("result.capabilities.resources.subscribe"));
            assertTrue(declared.getBoolean("result.capabilities.resources.listChanged"));
            String session = server.session("2025-11-25");
            try (RawStream listening = new RawStream(
                            server.port(), "/mcp", "Accept: text/event-stream", "Mcp-Session-Id: " + session);
                    RawStream sse = new RawStream(server.port(), "/sse")) {
                server.json(initialize("2024-11-05")).post(sse.data()).then().statusCode(202);
                sse.data();
                String id = server.json(session, upload(1, "A zeppelin."))
                        .post("/mcp")
                        .jsonPath()
                        .getString("result.structuredContent.document_id");
                assertEquals(LIST_CHANGED, method(listening));
                assertEquals(LIST_CHANGED, method(sse));
                server.json(session, request(2, "resources/subscribe", uri(id)))
                        .post("/mcp")
                        .then()
                        .body("result", equalTo(Map.of()));
                server.json(session, upload(3, "Another zeppelin."))
                        .post("/mcp")
                        .then()
                        .statusCode(200);
                JsonPath updated = JsonPath.from(message(listening));
                assertEquals(UPDATED, updated.getString("method"));
                assertEquals("documents://" + id, updated.getString("params.uri"));
                server.json(session, request(4, "resources/unsubscribe", uri(id)))
                        .post("/mcp")
                        .then()
                        .body("result", equalTo(Map.of()));
                server.json("").delete("/api/documents/" + id).then().statusCode(200);
                assertEquals(LIST_CHANGED, method(listening));
                // Who has not subscribed hears of the list alone.
                assertEquals(LIST_CHANGED, method(sse));
            }
        }
    }

    @Test
    void whatIsNotThereCannotBeSubscribedTo() {
        try (TestServer server = TestServer.with(config(), Clock.systemUTC())) {
            String session = server.session("2025-11-25");
            for (String wrong : List.of(uri("no-such-document"), "{\"uri\":\"file:///etc/passwd\"}")) {
                server.json(session, request(1, "resources/subscribe", wrong))
                        .post("/mcp")
                        .then()
                        .body("error.code", equalTo(-32002));
            }
            server.json(session, request(2, "resources/subscribe", "{}"))
                    .post("/mcp")
                    .then()
                    .body("error.code", equalTo(-32602));
        }
    }

    @Test
    void standardOutputTellsOfThemToo() throws Exception {
        String in = String.join(
                "\n",
                initialize("2025-11-25"),
                request(2, "resources/subscribe", uri("stats")),
                upload(3, "A zeppelin."),
                "");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new DocumentServer(new LuceneDocumentStore(new BundledCorpus().read()), Clock.systemUTC(), config())
                .stdio(new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)), out)
                .run();
        String said = out.toString(StandardCharsets.UTF_8);
        assertTrue(said.contains(LIST_CHANGED), said);
        assertTrue(said.contains("\"documents://stats\""), said);
        assertFalse(said.contains("\"error\""), said);
    }

    private static String method(RawStream stream) {
        return JsonPath.from(message(stream)).getString("method");
    }

    /** The next event that holds a message: some open a stream without one. */
    private static String message(RawStream stream) {
        String data = stream.data();
        while (data.isEmpty()) {
            data = stream.data();
        }
        return data;
    }
}

package dev.mcppreflight.server.stdio;

import static dev.mcppreflight.server.Messages.call;
import static dev.mcppreflight.server.Messages.initialize;
import static dev.mcppreflight.server.Messages.initialized;
import static dev.mcppreflight.server.Messages.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.app.DocumentServer;
import dev.mcppreflight.server.documents.BundledCorpus;
import dev.mcppreflight.server.store.LuceneDocumentStore;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The stdio transport, line by line. */
@TestInstance(Lifecycle.PER_CLASS)
class StdioServerTest {

    private final DocumentServer server =
            new DocumentServer(new LuceneDocumentStore(new BundledCorpus().read()), Clock.systemUTC());

    private List<JsonPath> talk(String... lines) throws IOException {
        return talk((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private List<JsonPath> talk(byte[] input) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        server.stdio(new ByteArrayInputStream(input), out).run();
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.isEmpty() || text.endsWith("\n"));
        return text.lines()
                .peek(line -> assertTrue(line.startsWith("{"), line))
                .map(JsonPath::from)
                .toList();
    }

    @Test
    void aWholeConversation() throws IOException {
        List<JsonPath> answers = talk(
                initialize("2025-06-18"),
                initialized(),
                request(1, "tools/list"),
                request(2, "ping"),
                call(3, "search", "{\"query\":\"tortue Pénélope\"}"));
        assertEquals(4, answers.size());
        assertEquals("2025-06-18", answers.get(0).get("result.protocolVersion"));
        assertEquals(7, answers.get(1).getList("result.tools").size());
        assertEquals(2, answers.get(2).getInt("id"));
        assertTrue(answers.get(3)
                .getString("result.structuredContent.results[0].id")
                .startsWith("correspondence"));
    }

    @Test
    void rubbishDoesNotEndIt() throws IOException {
        List<JsonPath> answers = talk("", "   ", "not json", "{\"foo\":1}", request(1, "ping"));
        assertEquals(3, answers.size());
        assertEquals(-32700, answers.get(0).getInt("error.code"));
        assertFalse(answers.get(0).getMap("$").containsKey("id"));
        assertEquals(-32600, answers.get(1).getInt("error.code"));
        assertEquals(1, answers.get(2).getInt("id"));
    }

    @Test
    void requestsBeforeInitializeAreRefused() throws IOException {
        List<JsonPath> answers = talk(
                request(1, "tools/list"), request(2, "no/such/method"), initialize("1999-01-01"), request(3, "ping"));
        assertEquals(-32600, answers.get(0).getInt("error.code"));
        assertEquals(-32601, answers.get(1).getInt("error.code"));
        assertEquals("2025-11-25", answers.get(2).get("result.protocolVersion"));
        assertEquals(3, answers.get(3).getInt("id"));
    }

    @Test
    void batchesBelongTo20250326() throws IOException {
        String batch = "[" + request(1, "ping") + "," + request(2, "tools/list") + "]";
        List<JsonPath> answers = talk(initialize("2025-03-26"), batch);
        assertEquals(
                List.of(1, 2),
                List.of(answers.get(1).getInt("id"), answers.get(2).getInt("id")));
        assertEquals(-32600, talk(initialize("2025-11-25"), batch).get(1).getInt("error.code"));
    }

    @Test
    void notificationsAreNeverAnswered() throws IOException {
        assertEquals(
                1,
                talk(
                                initialize("2025-11-25"),
                                initialized(),
                                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}",
                                "{\"jsonrpc\":\"2.0\",\"method\":\"no/such\"}")
                        .size());
    }

    @Test
    void windowsLineEndsAndAnUnfinishedLastLineAreFine() throws IOException {
        byte[] input = (initialize("2025-11-25") + "\r\n" + request(1, "ping")).getBytes(StandardCharsets.UTF_8);
        assertEquals(2, talk(input).size());
    }

    @Test
    void anEndlessLineIsRefused() throws IOException {
        List<JsonPath> answers = talk("x".repeat(4 * 1024 * 1024 + 1), request(1, "ping"));
        assertEquals(-32600, answers.get(0).getInt("error.code"));
        assertEquals(1, answers.get(1).getInt("id"));
    }
}

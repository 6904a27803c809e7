package dev.mcppreflight.server.http;

import static dev.mcppreflight.server.Messages.call;
import static dev.mcppreflight.server.Messages.initialize;
import static dev.mcppreflight.server.Messages.initialized;
import static dev.mcppreflight.server.Messages.request;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.RawStream;
import dev.mcppreflight.server.TestServer;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** HTTP+SSE on the wire. */
@TestInstance(Lifecycle.PER_CLASS)
class SseTest {

    private final TestServer server = TestServer.local();

    @AfterAll
    void stop() {
        server.close();
    }

    /** One stream and the address that it announced. */
    private final class Client implements AutoCloseable {

        private final RawStream stream = new RawStream(server.port(), "/sse", "Accept: text/event-stream");
        private final String messages;

        Client() {
            assertEquals("endpoint", stream.next("event: "));
            this.messages = stream.data();
        }

        ValidatableResponse post(String body) {
            return server.request()
                    .header("Content-Type", "application/json")
                    .urlEncodingEnabled(false)
                    .body(body)
                    .post(URI.create(server.url()).resolve(messages))
                    .then();
        }

        JsonPath ask(String body) {
            post(body).statusCode(202).body(emptyString());
            assertEquals("message", stream.next("event: "));
            return JsonPath.from(stream.data());
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    @Test
    void theEndpointEventComesFirstAndAtOnce() {
        try (RawStream stream = new RawStream(server.port(), "/sse/")) {
            assertEquals("HTTP/1.1 200 OK", stream.head().get(0));
            assertTrue(stream.head().contains("Content-Type: text/event-stream"));
            assertTrue(stream.head().contains("Cache-Control: no-cache, no-transform"));
            assertTrue(stream.head().contains("X-Accel-Buffering: no"));
            stream.line();
            assertEquals("event: endpoint", stream.line());
            assertTrue(stream.line().matches("data: /messages\\?sessionId=[0-9a-f]{40}"));
        }
    }

    @Test
    void answersComeOnTheStream() {
        try (Client client = new Client()) {
            assertEquals("2024-11-05", client.ask(initialize("2024-11-05")).get("result.protocolVersion"));
            client.post(initialized()).statusCode(202);
            assertEquals(
                    7,
                    client.ask(request(1, "tools/list")).getList("result.tools").size());
            JsonPath hit = client.ask(call(2, "search", "{\"query\":\"ruches apicultrice\"}"));
            assertEquals(2, hit.getInt("id"));
            assertTrue(hit.getString("result.structuredContent.results[0].id").startsWith("minutes-"));
        }
    }

    @Test
    void requestsBeforeInitializeAreAnsweredAtOnce() {
        try (Client client = new Client()) {
            assertEquals(-32600, client.ask(request(1, "tools/list")).getInt("error.code"));
            assertEquals(-32601, client.ask(request(2, "server/discover")).getInt("error.code"));
            assertEquals(0, client.ask(request(3, "ping")).getMap("result").size());
            assertEquals("2025-11-25", client.ask(initialize("2999-01-01")).get("result.protocolVersion"));
            assertEquals(0, client.ask(request(4, "ping")).getMap("result").size());
            assertEquals(
                    7,
                    client.ask(request(5, "tools/list")).getList("result.tools").size());
            assertEquals(-32600, client.ask(initialize("2024-11-05")).getInt("error.code"));
        }
    }

    @Test
    void clientsDoNotMix() {
        try (Client one = new Client();
                Client two = new Client()) {
            one.ask(initialize("2024-11-05"));
            two.ask(initialize("2025-06-18"));
            one.post(request(7, "tools/list")).statusCode(202);
            two.post(request(7, "no/such")).statusCode(202);
            assertEquals(
                    7, JsonPath.from(one.stream.data()).getList("result.tools").size());
            assertEquals(-32601, JsonPath.from(two.stream.data()).getInt("error.code"));
        }
    }

    @Test
    void batchesBelongTo20250326() {
        try (Client client = new Client()) {
            client.ask(initialize("2025-03-26"));
            client.post("[" + request(1, "ping") + "," + request(2, "tools/list") + "]")
                    .statusCode(202);
            assertEquals(1, JsonPath.from(client.stream.data()).getInt("id"));
            assertEquals(2, JsonPath.from(client.stream.data()).getInt("id"));
        }
        try (Client client = new Client()) {
            client.ask(initialize("2024-11-05"));
            client.post("[" + request(1, "ping") + "]").statusCode(400).body("error.code", equalTo(-32600));
        }
    }

    @Test
    void aSessionEndsWithItsStream() throws InterruptedException {
        Client client = new Client();
        client.ask(initialize("2024-11-05"));
        client.close();
        // The end of the connection takes its way through the network, be it ever so short.
        Thread.sleep(100);
        client.post(request(1, "ping")).statusCode(404);
        client.post(request(2, "ping")).statusCode(404);
    }

    @Test
    void badPostsAreRefused() {
        try (Client client = new Client()) {
            client.post("{").statusCode(400).body("error.code", equalTo(-32700));
            client.post("{\"foo\":1}").statusCode(400).body("error.code", equalTo(-32600));
            server.request()
                    .contentType("text/plain")
                    .body("x")
                    .post(client.messages)
                    .then()
                    .statusCode(415);
            assertEquals("2024-11-05", client.ask(initialize("2024-11-05")).get("result.protocolVersion"));
        }
        server.json(request(1, "ping")).post("/messages").then().statusCode(400);
        server.json(request(1, "ping")).post("/messages?sessionId=").then().statusCode(400);
        server.json(request(1, "ping"))
                .queryParam("sessionId", "a b")
                .post("/messages")
                .then()
                .statusCode(400);
        server.json(request(1, "ping"))
                .post("/messages?sessionId=00000000-0000-0000-0000-000000000000")
                .then()
                .statusCode(404);
    }
}

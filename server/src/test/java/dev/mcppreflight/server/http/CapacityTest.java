package dev.mcppreflight.server.http;

import static dev.mcppreflight.server.Messages.initialize;
import static dev.mcppreflight.server.Messages.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.MoveableClock;
import dev.mcppreflight.server.RawStream;
import dev.mcppreflight.server.TestServer;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/** Many clients, clients that leave, clients that forget. */
class CapacityTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int EARLY = 220;

    @Test
    void idleStreamsNeedNoThread() {
        List<RawStream> streams = new ArrayList<>();
        try (TestServer server = TestServer.with(TestServer.options(20, 600, Duration.ofSeconds(15)))) {
            assertTimeoutPreemptively(PATIENCE, () -> {
                for (int i = 0; i < 500; i++) {
                    streams.add(new RawStream(server.port(), "/sse"));
                }
                assertEquals(500, server.http().sessionCount());
                server.request().get("/health").then().statusCode(200);
                RawStream last = streams.get(499);
                post(server, last.data(), initialize("2024-11-05"));
                assertEquals(0, JsonPath.from(last.data()).getInt("id"));
            });
            assertTrue(Thread.getAllStackTraces().keySet().stream()
                            .filter(t -> t.getName().startsWith("http"))
                            .count()
                    <= 20);
        } finally {
            streams.forEach(RawStream::close);
        }
    }

    /** All of them are sent before anybody waits for an answer, and a newcomer is served in between. */
    @Test
    void requestsBeforeInitializeHoldNoThread() {
        List<RawStream> streams = new ArrayList<>();
        List<Socket> posts = new ArrayList<>();
        try (TestServer server = TestServer.with(TestServer.options(20, 600, Duration.ofSeconds(15)))) {
            assertTimeoutPreemptively(PATIENCE, () -> {
                for (int i = 0; i < EARLY; i++) {
                    streams.add(new RawStream(server.port(), "/sse"));
                }
                for (int i = 0; i < EARLY; i++) {
                    posts.add(rawPost(server.port(), streams.get(i).data(), request(i, "tools/list")));
                }
                try (RawStream newcomer = new RawStream(server.port(), "/sse")) {
                    String messages = newcomer.data();
                    post(server, messages, initialize("2024-11-05"));
                    assertEquals(0, JsonPath.from(newcomer.data()).getInt("id"));
                    post(server, messages, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
                    post(
                            server,
                            messages,
                            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
                                    + "{\"name\":\"list_documents\",\"arguments\":{\"limit\":1}}}");
                    JsonPath called = JsonPath.from(newcomer.data());
                    assertEquals(1, called.getInt("id"));
                    assertFalse(called.getBoolean("result.isError"));
                }
                for (int i = 0; i < EARLY; i++) {
                    JsonPath answer = JsonPath.from(streams.get(i).data());
                    assertEquals(i, answer.getInt("id"));
                    assertEquals(-32600, answer.getInt("error.code"));
                    assertEquals("HTTP/1.1 202 Accepted", statusLine(posts.get(i)));
                }
            });
        } finally {
            streams.forEach(RawStream::close);
        }
    }

    @Test
    void streamableSessionsAreLimited() {
        try (TestServer server = TestServer.with(TestServer.options(20, 2, Duration.ofSeconds(15)))) {
            String one = server.session("2025-11-25");
            server.session("2025-11-25");
            server.json(initialize("2025-11-25"))
                    .post("/mcp")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "5");
            server.json(one, request(1, "ping")).post("/mcp").then().statusCode(200);
            server.request().header("Mcp-Session-Id", one).delete("/mcp").then().statusCode(204);
            server.session("2025-11-25");
        }
    }

    /** Clients seldom send DELETE: who has been silent longest, without a stream, makes room for a new one. */
    @Test
    void theLongestSilentMakesRoom() {
        MoveableClock clock = new MoveableClock();
        try (TestServer server = TestServer.with(TestServer.options(20, 3, Duration.ofSeconds(15)), clock)) {
            String listening = server.session("2025-11-25");
            String silent = server.session("2025-11-25");
            String speaking = server.session("2025-11-25");
            try (RawStream stream = new RawStream(server.port(), "/mcp", "Mcp-Session-Id: " + listening)) {
                stream.data();
                clock.pass(Duration.ofSeconds(16));
                server.json(speaking, request(1, "ping")).post("/mcp").then().statusCode(200);
                String newcomer = server.session("2025-11-25");
                server.json(silent, request(1, "ping")).post("/mcp").then().statusCode(404);
                for (String kept : List.of(listening, speaking, newcomer)) {
                    server.json(kept, request(2, "ping")).post("/mcp").then().statusCode(200);
                }
                server.json(initialize("2025-11-25")).post("/mcp").then().statusCode(503);
            }
        }
    }

    @Test
    void clientsThatLeaveAreForgotten() {
        try (TestServer server = TestServer.with(TestServer.options(20, 50, Duration.ofMillis(50)))) {
            for (int i = 0; i < 50; i++) {
                RawStream stream = new RawStream(server.port(), "/sse");
                stream.data();
                stream.close();
            }
            await(0, () -> server.http().sessionCount());
            try (RawStream stream = new RawStream(server.port(), "/sse")) {
                stream.data();
                assertEquals("heartbeat", stream.next(": "));
                assertEquals("heartbeat", stream.next(": "));
            }
        }
    }

    @Test
    void unusedSessionsAreForgottenUnlessTheyListen() {
        MoveableClock clock = new MoveableClock();
        try (TestServer server = TestServer.with(TestServer.options(20, 50, Duration.ofMillis(50)), clock)) {
            String listening = server.session("2025-11-25");
            server.session("2025-11-25");
            try (RawStream stream = new RawStream(server.port(), "/mcp", "Mcp-Session-Id: " + listening)) {
                stream.data();
                clock.pass(Duration.ofMinutes(31));
                await(1, () -> server.http().sessionCount());
                server.json(listening, request(1, "ping")).post("/mcp").then().statusCode(200);
            }
        }
    }

    @Test
    void sseSessionsAreLimited() {
        try (TestServer server = TestServer.with(TestServer.options(20, 2, Duration.ofSeconds(15)));
                RawStream one = new RawStream(server.port(), "/sse");
                RawStream two = new RawStream(server.port(), "/sse")) {
            one.data();
            two.data();
            server.request().get("/sse").then().statusCode(503).header("Retry-After", "5");
        }
    }

    /** Posts without the tools for tests, whose way to a request takes longer than the request; nobody waits for the answer. */
    private static Socket rawPost(int port, String path, String body) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.getOutputStream()
                .write(("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                + body)
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /** Returns how the answer to a raw POST begins, and hangs up. */
    private static String statusLine(Socket post) throws IOException {
        try (post) {
            return new String(post.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    private static void post(TestServer server, String messages, String body) {
        server.json(body).urlEncodingEnabled(false).post(messages).then().statusCode(202);
    }

    private static void await(int expected, IntSupplier actual) {
        assertTimeoutPreemptively(PATIENCE, () -> {
            while (actual.getAsInt() != expected) {
                Thread.sleep(10);
            }
        });
    }
}

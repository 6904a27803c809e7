package dev.mcppreflight.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.Messages;
import dev.mcppreflight.server.OneTool;
import dev.mcppreflight.server.RawStream;
import dev.mcppreflight.server.protocol.RequestCancelled;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that is told to end takes nothing new and answers what it has taken, as long as that does not last too long. */
@Timeout(50)
class StopTest {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch cut = new CountDownLatch(1);
    private int port;

    private HttpServer server() throws IOException {
        HttpServer server = OneTool.server(context -> {
            begun.countDown();
            try {
                assertTrue(released.await(40, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                cut.countDown();
                throw new RequestCancelled();
            }
        });
        port = server.start();
        return server;
    }

    private Response post(String path, String session, String body) {
        var request = RestAssured.given()
                .baseUri("http://127.0.0.1:" + port)
                .urlEncodingEnabled(false)
                .contentType(ContentType.JSON)
                .accept("application/json, text/event-stream")
                .body(body);
        return (session == null ? request : request.header("Mcp-Session-Id", session)).post(path);
    }

    @Test
    void whatWasTakenIsAnswered() throws Exception {
        HttpServer server = server();
        String session = post("/mcp", null, Messages.initialize("2025-11-25")).getHeader("Mcp-Session-Id");
        CompletableFuture<Response> answer =
                CompletableFuture.supplyAsync(() -> post("/mcp", session, Messages.call(7, "wait", "{}")));
        CompletableFuture<Void> stopped = stop(server);
        assertEquals(200, answer.get().statusCode());
        assertEquals(7, answer.get().jsonPath().getInt("id"));
        stopped.get();
    }

    @Test
    void theAnswerStillComesOnItsStream() throws Exception {
        HttpServer server = server();
        try (RawStream stream = new RawStream(port, "/sse")) {
            String messages = stream.data();
            post(messages, null, Messages.initialize("2024-11-05"));
            stream.data();
            post(messages, null, Messages.call(8, "wait", "{}"));
            CompletableFuture<Void> stopped = stop(server);
            assertTrue(stream.data().contains("\"id\":8"));
            stopped.get();
            assertThrows(IllegalStateException.class, () -> stream.next("data:"));
        }
    }

    /** Tells the server to end while it works, and lets the work end once it takes nothing more. */
    private CompletableFuture<Void> stop(HttpServer server) throws Exception {
        assertTrue(begun.await(20, TimeUnit.SECONDS));
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> server.stop(Duration.ofSeconds(40)));
        awaitRefusal();
        // By now a server without patience would have cut the work.
        Thread.sleep(100);
        released.countDown();
        return stopped;
    }

    @Test
    void whatLastsTooLongIsCut() throws Exception {
        HttpServer server = server();
        try (RawStream stream = new RawStream(port, "/sse")) {
            String messages = stream.data();
            post(messages, null, Messages.initialize("2024-11-05"));
            stream.data();
            post(messages, null, Messages.call(8, "wait", "{}"));
            assertTrue(begun.await(20, TimeUnit.SECONDS));
            server.stop(Duration.ofMillis(50));
            assertTrue(cut.await(20, TimeUnit.SECONDS));
            assertThrows(IllegalStateException.class, () -> stream.next("data:"));
        }
    }

    private void awaitRefusal() throws Exception {
        while (true) {
            try {
                new Socket("127.0.0.1", port).close();
                Thread.sleep(10);
            } catch (ConnectException e) {
                return;
            }
        }
    }
}

package dev.mcppreflight.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.TestServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The database is killed while it is asked: every caller gets an answer, and none a wrong one. */
class DatabaseKilledTest {

    private static final int CALLERS = 6;
    private static final int ENOUGH = 20;
    /** Longer than any deadline: whoever waits for this long hangs. */
    private static final Duration PATIENCE = Database.READ_DEADLINE.plusSeconds(12);

    private static final String CALL = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":"
            + "{\"name\":\"search_documents\",\"arguments\":{\"query\":\"piano\",\"mode\":\"fulltext\"}}}";
    private static final String SEARCH = "{\"query\":\"piano\",\"mode\":\"fulltext\"}";

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger right = new AtomicInteger();
    private final AtomicInteger away = new AtomicInteger();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    @Test
    void everyCallerIsAnsweredAndNoneWrongly() throws Exception {
        PostgreSQLContainer container = TestDatabase.ownContainer();
        // The same port after the restart.
        int port = freePort();
        container.setPortBindings(List.of(port + ":5432"));
        container.start();
        try (PostgresDocumentStore store = new PostgresDocumentStore(
                        new DatabaseUrl("postgres://" + container.getUsername() + ":" + container.getPassword() + "@"
                                + container.getHost() + ":" + port + "/" + container.getDatabaseName()),
                        4);
                TestServer server = TestServer.over(store)) {
            store.save(DocumentStoreContract.indexed(
                    DocumentStoreContract.document("a", "fr", "Bail", "Le piano est dans la cave.")));
            String session = server.session("2025-11-25");
            ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
            for (int i = 0; i < CALLERS; i++) {
                boolean rest = i % 2 == 0;
                callers.execute(() -> {
                    while (!over.get() && wrong.isEmpty()) {
                        judge(rest ? post(server, "/api/search", SEARCH, null) : post(server, "/mcp", CALL, session));
                    }
                });
            }
            try {
                await("answers before", () -> right.get() >= ENOUGH);
                String id = container.getContainerId();
                container
                        .getDockerClient()
                        .killContainerCmd(id)
                        .withSignal("KILL")
                        .exec();
                await("failures", () -> away.get() >= CALLERS);
                server.request().get("/health").then().statusCode(200);
                server.request().get("/health/ready").then().statusCode(503);
                container.getDockerClient().startContainerCmd(id).exec();
                await("readiness", () -> server.request().get("/health/ready").statusCode() == 200);
                int before = right.get();
                await("answers after", () -> right.get() >= before + ENOUGH);
            } finally {
                over.set(true);
                callers.shutdown();
            }
            assertTrue(callers.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS), "a caller hangs");
            assertEquals(List.of(), List.copyOf(wrong));
        } finally {
            container.stop();
        }
    }

    private HttpResponse<String> post(TestServer server, String path, String body, String session) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(BodyPublishers.ofString(body));
        if (session != null) {
            request.header("Mcp-Session-Id", session).header("MCP-Protocol-Version", "2025-11-25");
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            wrong.add("no answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    private void judge(HttpResponse<String> answer) {
        String body = answer == null ? "" : answer.body();
        if (body.contains("database_unavailable")
                && (answer.statusCode() == 503 || body.contains("\"isError\":true"))) {
            away.incrementAndGet();
        } else if (answer != null && answer.statusCode() == 200 && body.contains("Le piano est dans la cave.")) {
            right.incrementAndGet();
        } else {
            wrong.add((answer == null ? "none" : answer.statusCode() + " ") + body);
        }
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!condition.getAsBoolean()) {
            assertEquals(List.of(), List.copyOf(wrong), what);
            assertTrue(System.nanoTime() < end, () -> "waited too long for " + what);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

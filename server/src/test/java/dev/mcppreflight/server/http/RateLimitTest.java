package dev.mcppreflight.server.http;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.Messages;
import dev.mcppreflight.server.MoveableClock;
import dev.mcppreflight.server.TestServer;
import dev.mcppreflight.server.app.DocumentServer;
import dev.mcppreflight.server.app.ServerConfig;
import dev.mcppreflight.server.auth.AccessPolicy;
import dev.mcppreflight.server.auth.RateLimit;
import dev.mcppreflight.server.auth.RateLimits;
import dev.mcppreflight.server.documents.BundledCorpus;
import dev.mcppreflight.server.store.LuceneDocumentStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One call too many fails and says how long to wait, the wait helps, and nobody else notices. */
class RateLimitTest {

    private static final String SEARCH =
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"search\",\"arguments\":{\"query\":\"x\"}}}";

    private final MoveableClock clock = new MoveableClock();

    private static ServerConfig config(String requests, Map<String, RateLimit> tools) {
        return new ServerConfig(
                HttpOptions.local(),
                AccessPolicy.open(),
                requests == null ? null : RateLimit.of(requests),
                tools,
                null);
    }

    @Test
    void requestsOverHttpAreRefusedUntilTheWaitIsOver() {
        try (TestServer server = TestServer.with(config("3/m", Map.of()), clock)) {
            for (int i = 0; i < 3; i++) {
                server.request().get("/api/stats").then().statusCode(200);
            }
            server.request()
                    .get("/api/stats")
                    .then()
                    .statusCode(429)
                    .header("Retry-After", "20")
                    .body("code", equalTo("rate_limited"));
            server.json(Messages.initialize("2025-11-25"))
                    .post("/mcp")
                    .then()
                    .statusCode(429)
                    .header("Retry-After", "20")
                    .body("error.code", equalTo(-32000));
            server.request().get("/health").then().statusCode(200);
            clock.pass(Duration.ofSeconds(20));
            server.request().get("/api/stats").then().statusCode(200);
            server.request().get("/api/stats").then().statusCode(429);
        }
    }

    @Test
    void aToolHasALimitOfItsOwn() {
        try (TestServer server = TestServer.with(config(null, Map.of("search", RateLimit.of("1/m"))), clock)) {
            String session = server.session("2025-11-25");
            server.json(session, SEARCH).post("/mcp").then().statusCode(200).body("result.isError", equalTo(false));
            server.json(session, SEARCH)
                    .post("/mcp")
                    .then()
                    .statusCode(200)
                    .body("result.isError", equalTo(true))
                    .body("result.content[0].text", containsString("\"code\":\"rate_limited\""));
            server.json("{\"query\":\"x\"}").post("/api/search").then().statusCode(200);
        }
        try (TestServer server =
                TestServer.with(config(null, Map.of("search_documents", RateLimit.of("1/m"))), clock)) {
            server.json("{\"query\":\"x\"}").post("/api/search").then().statusCode(200);
            server.json("{\"query\":\"x\"}")
                    .post("/api/search")
                    .then()
                    .statusCode(429)
                    .header("Retry-After", "60")
                    .body("code", equalTo("rate_limited"));
        }
    }

    @Test
    void overStdioTheToolSaysSo() throws IOException {
        String input = Messages.initialize("2025-11-25") + "\n" + SEARCH + "\n" + SEARCH + "\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new DocumentServer(new LuceneDocumentStore(new BundledCorpus().read()), clock, config("1/m", Map.of()))
                .stdio(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out)
                .run();
        String answers = out.toString(StandardCharsets.UTF_8);
        assertEquals(3, answers.lines().count(), answers);
        assertEquals(1, answers.lines().filter(l -> l.contains("rate_limited")).count(), answers);
    }

    @Test
    void principalsDoNotDisturbEachOther() {
        RateLimits limits = new RateLimits(RateLimit.of("1/s"), Map.of(), clock);
        assertEquals(0, limits.request("a"));
        assertEquals(1, limits.request("a"));
        assertEquals(0, limits.request("b"));
    }

    @Test
    void aLimitHasOneForm() {
        assertEquals(new RateLimit(60, Duration.ofMinutes(1)), RateLimit.of("60/m"));
        for (String wrong : new String[] {"60", "0/m", "-1/s", "1/d", "x/m", "99999999/s"}) {
            try {
                RateLimit.of(wrong);
                assertFalse(true, wrong);
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage().contains("60/m"), wrong);
            }
        }
    }
}

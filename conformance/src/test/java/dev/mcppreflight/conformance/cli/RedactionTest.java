package dev.mcppreflight.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that answers with everything that it was sent gets none of the operator's secrets into any output. */
class RedactionTest {

    private static final String SECRET = "pl4nted-s3cr3t";

    /** Enough of it to guess the rest. */
    private static final String HALF = "s3cr3t";

    private HttpServer echo;

    @BeforeEach
    void start() throws IOException {
        echo = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        echo.createContext("/", exchange -> {
            StringBuilder text = new StringBuilder(exchange.getRequestURI() + "\n");
            exchange.getRequestHeaders()
                    .forEach((name, values) ->
                            text.append(name).append(": ").append(values).append('\n'));
            String key = exchange.getRequestHeaders().getFirst("X-Key");
            exchange.getResponseHeaders().set("X-Echo", key == null ? "none" : key);
            exchange.getResponseHeaders().set("Location", "/login?from=" + exchange.getRequestURI());
            byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(exchange.getRequestMethod().equals("GET") ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        echo.start();
    }

    @AfterEach
    void stop() {
        echo.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"console", "html", "markdown", "json", "junit", "sarif", "badge", "shields"})
    void noOutputHoldsASecret(String format) {
        String host = "127.0.0.1:" + echo.getAddress().getPort();
        String plain = "http://" + host + "/mcp";
        List<Run> runs = List.of(
                Run.of("check", plain, "--format", format, "--header", "X-Key: " + SECRET),
                Run.of("check", plain, "--format", format, "--header", "Authorization: Token " + SECRET),
                Run.of("check", plain, "--format", format, "--bearer", SECRET),
                Run.of("check", plain, "--format", format, "--token-expired", SECRET),
                Run.of("check", plain, "--format", format, "--token-other-audience", SECRET),
                Run.of("check", plain, "--format", format, "--token-low-scope", SECRET),
                Run.of("check", plain, "--format", format, "--second-bearer", SECRET),
                Run.of(
                        "check",
                        plain,
                        "--format",
                        format,
                        "--oauth",
                        "--client-id",
                        "me",
                        "--client-secret",
                        SECRET,
                        "--oauth-grant",
                        "client-credentials"),
                Run.with(Map.of("PREFLIGHT_BEARER", SECRET), "check", plain, "--format", format),
                Run.of("check", "http://user:" + SECRET + "@" + host + "/mcp", "--format", format));
        for (Run run : runs) {
            assertTrue(run.out().length() > 90, run.err());
            assertFalse(run.out().contains(SECRET), run.out());
            assertFalse(run.err().contains(SECRET), run.err());
            assertFalse(run.out().contains(HALF), "a token that was made of it: " + run.out());
        }
    }
}

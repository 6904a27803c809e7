package dev.mcppreflight.conformance.innocents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.Preflight;
import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.report.Report;
import dev.mcppreflight.conformance.target.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** HTTP/2 beside HTTP/1.1 is no fault, and HTTP/2 alone is named. */
class Http2Test {

    private static final Path TLS = Path.of("..", "fixtures", "tls");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void whoSpeaksBothIsReadyForClients() throws IOException {
        Report report = check("both");
        assertTrue(
                report.causes().stream().noneMatch(found -> found.cause().severity() == Cause.Severity.BLOCKER),
                () -> report.causes().toString());
        assertEquals(
                List.of("ready-when-public", "ready-when-public"),
                report.clients().stream().map(client -> client.verdict()).toList());
    }

    @Test
    void whoSpeaksItAloneIsToldSo() throws IOException {
        Report report = check("alone");
        assertEquals("HTTP-026", report.causes().get(0).cause().id(), () -> report.causes()
                .toString());
        report.clients().forEach(client -> assertEquals(List.of("HTTP-026"), client.reasons()));
    }

    private static Report check(String kind) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(
                            "node",
                            Baseline.FOLDER.resolve("http2.mjs").toString(),
                            kind,
                            TLS.resolve("healthy.p12").toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw NpmServers.unavailable("Node does not start: " + e.getMessage(), e);
        }
        try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
            Target target = Target.of(URI.create("https://127.0.0.1:" + lines.readLine() + "/mcp"))
                    .withAuthority(TLS.resolve("ca.pem"))
                    .withTimeout(PATIENCE);
            return Preflight.of(target)
                    .tags("@MCP-REACH-003 or @MCP-CLIENT-001")
                    .clients(List.of("chatgpt", "claude"))
                    .run();
        } finally {
            process.destroyForcibly();
        }
    }
}

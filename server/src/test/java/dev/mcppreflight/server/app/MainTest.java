package dev.mcppreflight.server.app;

import static dev.mcppreflight.server.Messages.initialize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line: what it prints, where, and how it ends. */
class MainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Map<String, String> environment, String... args) {
        return new Main(
                        environment,
                        InputStream.nullInputStream(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(args);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--no-such-option",
                "extra",
                "--port x",
                "--port 70000",
                "--port",
                "--auth basic",
                "--auth-profile x",
                "--auth apikey",
                "--max-sessions 0",
                "--heartbeat-seconds 0",
                "--public-path docs",
                "--host 0.0.0.0",
                "--host no.such.host.invalid",
            })
    void wrongUsageIsOneLine(String args) {
        assertEquals(2, run(Map.of(), args.split(" ")));
        assertEquals(1, err.toString(StandardCharsets.UTF_8).lines().count(), err::toString);
        assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("preflight-server: "), err::toString);
        assertEquals(0, out.size());
    }

    @Test
    void weakKeysAreRefused() {
        assertEquals(2, run(Map.of("MCP_API_KEY", "your-secret-key-here"), "--auth", "apikey"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("MCP_API_KEY is a sample value"));
        assertEquals(2, run(Map.of("PORT", "many")));
    }

    @Test
    void helpAndVersion() {
        assertEquals(0, run(Map.of(), "--help"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("--allowed-host"));
        assertEquals(0, run(Map.of(), "--version"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("preflight-server 0."));
    }

    @Test
    void aTakenPortIsOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertEquals(1, run(Map.of(), "--port", Integer.toString(taken.getLocalPort())));
        }
        assertEquals(1, err.toString(StandardCharsets.UTF_8).lines().count(), err::toString);
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("cannot listen on 127.0.0.1:"));
        assertEquals(0, out.size());
    }

    @Test
    void theProcessSaysOneLineAndEndsWhenTold() throws Exception {
        Process process = start("--port", "0");
        try (BufferedReader reader = reader(process)) {
            String line = reader.readLine();
            assertTrue(line.matches("preflight-server ready http://127\\.0\\.0\\.1:\\d+"), line);
            String url = line.substring(line.lastIndexOf(' ') + 1);
            try (InputStream health = URI.create(url + "/health").toURL().openStream()) {
                assertEquals("{\"status\":\"ok\"}", new String(health.readAllBytes(), StandardCharsets.UTF_8));
            }
            // Process.destroy would close the stream that is read below.
            process.toHandle().destroy();
            assertTrue(process.waitFor(2, TimeUnit.SECONDS));
            assertNull(reader.readLine());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void onStdioTheProcessEndsWithItsInput() throws Exception {
        Process process = start("--stdio");
        try (BufferedReader reader = reader(process)) {
            process.getOutputStream().write((initialize("2025-11-25") + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            assertTrue(reader.readLine().contains("\"protocolVersion\":\"2025-11-25\""));
            assertNull(reader.readLine());
            assertTrue(process.waitFor(5, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(String... args) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
        builder.command().addAll(java.util.List.of(args));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        return builder.start();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    @Test
    void stdioServesUntilTheInputEnds() {
        byte[] input = (initialize("2024-11-05") + "\n").getBytes(StandardCharsets.UTF_8);
        int exit = new Main(
                        Map.of("PORT", "3000"),
                        new ByteArrayInputStream(input),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run("--stdio");
        assertEquals(0, exit);
        assertEquals(1, out.toString(StandardCharsets.UTF_8).lines().count());
    }
}

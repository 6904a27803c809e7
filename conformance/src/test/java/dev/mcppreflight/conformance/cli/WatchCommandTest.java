package dev.mcppreflight.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Resources;
import dev.mcppreflight.conformance.data.Schemas;
import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.fault.FaultyServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watching and replaying as users do. */
class WatchCommandTest {

    private static final Path README = Path.of("..", "README.md");
    private static final Pattern EXAMPLE =
            Pattern.compile("(?s)the fault (\\S+), watched\\. -->\n```console\n(.*?)\n```\n");
    private static final Pattern ADDRESS = Pattern.compile("at http://127\\.0\\.0\\.1:(\\d+) ");

    @TempDir
    Path folder;

    @Test
    void theExampleOfTheReadmeIsTrue() throws Exception {
        String readme = Files.readString(README);
        Matcher example = EXAMPLE.matcher(readme);
        assertTrue(example.find(), "no example");
        try (FaultyServer server = FaultyServer.start(Fault.load(example.group(1)))) {
            Run run = watched(server, discover());
            String shown = ("$ ./preflight watch --upstream http://127.0.0.1:3000 --save session.json\n" + run.err())
                    .replace("127.0.0.1:" + server.port(), "127.0.0.1:3000")
                    .replaceAll("at http://127\\.0\\.0\\.1:\\d+", "at http://127.0.0.1:8443")
                    .strip();
            if ("write".equals(System.getProperty("preflight.golden"))) {
                Files.writeString(
                        README, readme.substring(0, example.start(2)) + shown + readme.substring(example.end(2)));
                return;
            }
            assertEquals(stable(example.group(2)), stable(shown));
            assertEquals(1, run.exit(), run.err());
            assertTrue(run.out().contains("HTTP-006"), run.out());
        }
    }

    @Test
    void whatIsSavedFitsItsSchemaAndIsPlayedAgain() throws Exception {
        try (FaultyServer server = FaultyServer.start(Fault.load("HTTP-006"));
                FaultyServer healthy = FaultyServer.start(Fault.load("healthy-streamable"))) {
            watched(server, discover());
            Path session = folder.resolve("session.json");
            Json saved = Json.parse(Files.readString(session));
            assertEquals(Optional.empty(), Schemas.problemOf(saved, Json.parse(Resources.text("session.schema.json"))));
            Run alike = Run.of("replay", session.toString(), server.url());
            assertEquals(0, alike.exit(), alike.err() + alike.out());
            assertTrue(alike.err().contains("POST /mcp server/discover: 302, as recorded"), alike.err());
            Run other = Run.of("replay", session.toString(), healthy.url(), "--format", "json");
            assertEquals(1, other.exit(), other.err());
            assertTrue(other.err().contains("302, now 400 error -32601"), other.err());
            assertEquals(
                    "FAILED",
                    Json.parse(other.out()).get("checks").at(0).get("outcome").text());
            Json schema = Json.parse(Resources.text("report.schema.json"));
            assertEquals(Optional.empty(), Schemas.problemOf(Json.parse(other.out()), schema));
        }
    }

    /** Watches the server while one request is made of it. */
    private Run watched(FaultyServer server, String request) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        URI url = URI.create(server.url());
        String[] arguments = {
            "watch",
            "--upstream",
            url.getScheme() + "://" + url.getRawAuthority(),
            "--port",
            "0",
            "--requests",
            "1",
            "--save",
            folder.resolve("session.json").toString()
        };
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> Main.run(
                arguments,
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of()));
        Matcher address = ADDRESS.matcher(err.toString(StandardCharsets.UTF_8));
        while (!address.find() && !exit.isDone()) {
            Thread.sleep(10);
            address = ADDRESS.matcher(err.toString(StandardCharsets.UTF_8));
        }
        post(Integer.parseInt(address.group(1)), request);
        int code = exit.get(60, TimeUnit.SECONDS);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static void post(int port, String request) throws IOException {
        try (Socket client = new Socket("127.0.0.1", port)) {
            client.setSoTimeout(20_000);
            client.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }

    /** The first question of ChatGPT. */
    private static String discover() {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":\"openai-mcp-discover\",\"method\":\"server/discover\",\"params\":"
                + "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"openai-mcp\",\"version\":\"1.0.0\"},"
                + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
        return "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: openai-mcp/1.0.0\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String stable(String text) {
        return text.replaceAll("\\d\\d:\\d\\d:\\d\\d\\.\\d{3}", "CLOCK").replaceAll("\\d+ ms", "TIME");
    }
}

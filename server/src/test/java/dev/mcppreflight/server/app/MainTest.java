package dev.mcppreflight.server.app;

import static dev.mcppreflight.server.Messages.initialize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line: what it prints, where, and how it ends. */
class MainTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Map<String, String> environment, String... args) {
        return new Main(
                        environment,
                        folder,
                        InputStream.nullInputStream(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(args);
    }

    /** In a process of its own, because its server lives as long as the process. */
    @Test
    void aRehearsalStartsTheServerWhateverTheEnvironmentSaysAndSpeaksWithIt() throws Exception {
        ProcessBuilder java = new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "rehearse");
        java.environment().putAll(Map.of("MCP_AUTH", "apikey", "DATABASE_URL", "none"));
        Process process = java.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
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
                "--public-url docs.example.org",
                "--public-url https://user@docs.example.org",
                "--public-url https://docs.example.org/a?b=c",
                "--public-url https://docs.example.org/a --public-path /b",
                "--enable-write-tools",
                "--enable-write-tools --document-root no-such-folder",
                "--rate-limit 60",
                "--rate-limit 0/m",
                "--tool-rate-limit 60/m",
                "--log-level loud",
                "--granularity tiny",
                "--chunk-size 5",
                "index . --dry-run --granularity tiny",
                "index . --dry-run --extensions exe",
                "index . --dry-run --workers 0",
                "index . --dry-run --max-files 0",
                "index . --dry-run --chunk-size 100 --chunk-overlap 80",
                "index .",
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
    void flagsBeatTheEnvironmentWhichBeatsTheFile() throws IOException {
        Files.writeString(
                folder.resolve(".env"),
                "# ours\nexport MCP_THREADS=9\nMCP_MAX_SESSIONS=9 # few\nMCP_HEARTBEAT_SECONDS='9'\n"
                        + "MCP_API_KEY=\"Kx7-unit-test-key-93b1\"\nMCP_ALLOWED_HOSTS=a.example,b.example\n");
        Map<String, String> environment = Map.of("MCP_THREADS", "8", "MCP_MAX_SESSIONS", "8", "MCP_AUTH", "apikey");
        assertEquals(0, run(environment, "--threads", "10", "--print-config"), err::toString);
        String printed = out.toString(StandardCharsets.UTF_8);
        assertTrue(printed.contains("MCP_THREADS=10  # flag"), printed);
        assertTrue(printed.contains("MCP_MAX_SESSIONS=8  # environment"), printed);
        assertTrue(printed.contains("MCP_HEARTBEAT_SECONDS=9  # .env"), printed);
        assertTrue(printed.contains("MCP_ALLOWED_HOSTS=a.example,b.example  # .env"), printed);
        assertTrue(printed.contains("PORT=3000  # default"), printed);
        assertTrue(printed.contains("MCP_API_KEY=(hidden)  # .env"), printed);
        assertFalse(printed.contains("Kx7"), printed);
    }

    @Test
    void whereDocumentsAreAndWhatEmbedsIsPrintedWithoutPasswords() {
        Map<String, String> environment = Map.of(
                "DATABASE_URL", "postgres://docs:hush-93b1@db.example.org/docs",
                "OPENAI_API_KEY", "sk-hush-93b1",
                "EMBEDDING_BASE_URL", "https://me:hush-93b1@embeddings.example.org/v1",
                "EMBEDDING_MODEL", "small",
                "EMBEDDING_DIMENSIONS", "512");
        assertEquals(0, run(environment, "--print-config"), err::toString);
        String printed = out.toString(StandardCharsets.UTF_8);
        for (String line : List.of(
                "DATABASE_URL=(hidden)  # environment",
                "EMBEDDING_BASE_URL=https://(hidden)@embeddings.example.org/v1  # environment",
                "EMBEDDING_MODEL=small  # environment",
                "EMBEDDING_DIMENSIONS=512  # environment",
                "OPENAI_API_KEY=(hidden)  # environment")) {
            assertTrue(printed.lines().anyMatch(line::equals), line + " in " + printed);
        }
        assertFalse(printed.contains("hush"), printed);
        out.reset();
        assertEquals(0, run(environment, "--data", "letters", "--print-config"), err::toString);
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("MCP_DATA=letters  # flag"), out::toString);
        assertFalse(out.toString(StandardCharsets.UTF_8).contains("DATABASE_URL"), out::toString);
    }

    @Test
    void wrongVariablesAreNamed() throws IOException {
        for (Map<String, String> environment : List.of(
                Map.of("MCP_ALLOW_OPEN", "maybe"),
                Map.of("MCP_THREADS", "many"),
                Map.of("LOG_LEVEL", "loud"),
                Map.of("MCP_RATE_LIMIT", "fast"),
                Map.of("DATABASE_URL", "mysql://db.example.org/docs"),
                Map.of("DATABASE_URL", "postgres://db.example.org/docs", "MCP_DATA", "letters"),
                Map.of("EMBEDDING_MODEL", "small"),
                Map.of("MCP_API_KEY", "Kx7-unit-test-key-93b1"),
                Map.of("MCP_TOOL_RATE_LIMIT", "serach=1/m"),
                Map.of("DATABASE_URL", "postgres://db.example.org:99999/docs"),
                Map.of("EMBEDDING_DIMENSIONS", "512"),
                Map.of("EMBEDDING_BASE_URL", "localhost:11434/v1"),
                Map.of("EMBEDDING_BASE_URL", "http://"),
                Map.of("OPENAI_API_KEY", "sk", "EMBEDDING_DIMENSIONS", "0"),
                Map.of("OPENAI_API_KEY", "sk", "EMBEDDING_DIMENSIONS", "many"),
                Map.of("MCP_AUTH", "basic"))) {
            err.reset();
            assertEquals(2, run(environment), environment::toString);
            assertEquals(1, err.toString(StandardCharsets.UTF_8).lines().count(), err::toString);
        }
        Files.writeString(folder.resolve(".env"), "secret words\n");
        err.reset();
        assertEquals(2, run(Map.of()));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains(".env, line 1"), err::toString);
        assertFalse(err.toString(StandardCharsets.UTF_8).contains("secret"), err::toString);
    }

    @Test
    void whatTheReadmeShowsIsRight() throws IOException {
        List<String> commands = Files.readAllLines(Path.of("..", "README.md")).stream()
                .filter(line -> line.startsWith("./preflight serve --auth"))
                .toList();
        assertEquals(4, commands.size());
        for (String command : commands) {
            out.reset();
            String[] options = command.replaceFirst("^\\./preflight serve ", "").split(" ");
            String[] args = Arrays.copyOf(options, options.length + 1);
            args[options.length] = "--print-config";
            assertEquals(
                    0,
                    run(Map.of("MCP_OAUTH_CLIENT_ID", "us", "MCP_OAUTH_CLIENT_SECRET", "hush-93b1"), args),
                    () -> command + err);
            String printed = out.toString(StandardCharsets.UTF_8);
            assertTrue(printed.contains("MCP_AUTH=" + options[1] + "  # flag"), printed);
            assertTrue(printed.contains("MCP_OAUTH_CLIENT_SECRET=(hidden)"), printed);
            assertFalse(printed.contains("hush"), printed);
        }
    }

    @Test
    void documentsAreServedAsTheReadmeShows() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("letters")).resolve("a.txt"), "The tenants pay.");
        List<String> commands = Files.readAllLines(Path.of("..", "README.md")).stream()
                .filter(line -> line.matches("\\./preflight (index|serve --data) .*|\\./preflight serve --database .*"))
                .toList();
        assertEquals(3, commands.size(), commands::toString);
        for (String command : commands) {
            String[] words =
                    command.replaceFirst("^\\./preflight (serve )?", "").split(" ");
            boolean indexes = words[0].equals("index");
            List<String> args = new ArrayList<>();
            for (int i = 0; i < words.length; i++) {
                boolean path = i > 0 && Set.of("letters", "index").contains(words[i]);
                args.add(path ? folder.resolve(words[i]).toString() : words[i]);
            }
            args.add(indexes ? "--no-embeddings" : "--print-config");
            assertEquals(0, run(Map.of(), args.toArray(String[]::new)), () -> command + err);
            String printed = out.toString(StandardCharsets.UTF_8);
            assertTrue(printed.contains(indexes ? "1 created" : "MCP_PUBLIC_URL="), printed);
            assertFalse(printed.contains("SECRET"), printed);
            out.reset();
        }
    }

    @Test
    void keysAreMadeAndListed() throws IOException {
        assertEquals(0, run(Map.of(), "--new-api-key", "ci:documents:read"), err::toString);
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertTrue(lines.get(0).matches("pf_[0-9a-f]{64}"), lines::toString);
        assertTrue(lines.get(1).matches("ci documents:read sha256:[0-9a-f]{64}"), lines::toString);
        Path list = Files.writeString(folder.resolve("keys"), "# ours\n" + lines.get(1) + "\n");
        assertEquals(0, run(Map.of(), "--auth", "apikey", "--api-keys", list.toString(), "--print-config"));
        Files.writeString(list, "ci documents:read " + lines.get(0) + "\n");
        err.reset();
        assertEquals(2, run(Map.of(), "--auth", "apikey", "--api-keys", list.toString()));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("--api-keys, line 1: "), err::toString);
        assertFalse(err.toString(StandardCharsets.UTF_8).contains("pf_"), err::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--demo-issuer",
                "--oauth-issuer https://issuer.example.org",
                "--auth oauth",
                "--auth oauth --oauth-issuer http://issuer.example.org",
                "--auth oauth --oauth-issuer nonsense",
                "--auth oauth --oauth-issuer https://issuer.example.org --demo-issuer",
                "--auth oauth --demo-issuer --host 0.0.0.0",
                "--auth oauth --demo-issuer --host 0.0.0.0 --allow-open",
                "--auth oauth --demo-issuer --public-url https://docs.example.org",
                "--auth oauth --demo-issuer --stdio",
                "--auth oauth --demo-issuer --demo-issuer-port 70000",
                "--auth oauth --demo-issuer --open-tool search",
                "--auth apikey --api-keys no-such-file",
                "--api-keys no-such-file",
                "--new-api-key not/a/label",
                "--new-api-key ci:root"
            })
    void wrongSignInIsOneLine(String args) {
        wrongUsageIsOneLine(args);
    }

    @Test
    void anIssuerOnAnUnknownHostWithoutTlsIsNotTakenForTheHostOfTheServer() {
        assertEquals(2, run(Map.of(), "--auth", "oauth", "--oauth-issuer", "http://issuer.invalid"));
        String said = err.toString(StandardCharsets.UTF_8);
        assertTrue(said.contains("--oauth-issuer must be an https URL"), said);
    }

    @Test
    void indexingIsSummedUpAndFailsWithItsFiles() throws IOException {
        Path documents = Files.createDirectory(folder.resolve("documents"));
        Files.writeString(documents.resolve("a.txt"), "The tenants pay the rent in advance. ".repeat(100));
        Files.writeString(documents.resolve("b.md"), "b");
        String data = folder.resolve("data").toString();
        assertEquals(0, run(Map.of(), "index", documents.toString(), "--data", data, "--no-embeddings"), err::toString);
        String usual = out.toString(StandardCharsets.UTF_8);
        assertTrue(usual.matches("2 created, 0 updated, 0 unchanged, 0 failed; [5-8] chunks\\s*"), usual);
        out.reset();
        Map<String, String> fine = Map.of("GRANULARITY_LEVEL", "FINE", "MCP_DATA", data);
        assertEquals(0, run(fine, "index", documents.toString(), "--no-embeddings", "--extensions", ".TXT"));
        String finer = out.toString(StandardCharsets.UTF_8);
        assertTrue(finer.matches("(?s)0 created, 1 updated, 0 unchanged, 0 failed; 1\\d chunks.*"), finer);
        Files.writeString(documents.resolve("blank.txt"), " ");
        out.reset();
        assertEquals(1, run(fine, "index", documents.toString(), "--dry-run"));
        String dry = out.toString(StandardCharsets.UTF_8);
        assertTrue(dry.startsWith("would be: 2 created") && dry.contains("failed: blank.txt: no text in it"), dry);
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
        builder.command().addAll(List.of(args));
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
                        folder,
                        new ByteArrayInputStream(input),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run("--stdio");
        assertEquals(0, exit);
        assertEquals(1, out.toString(StandardCharsets.UTF_8).lines().count());
    }
}

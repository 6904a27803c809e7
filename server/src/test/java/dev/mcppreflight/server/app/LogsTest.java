package dev.mcppreflight.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.Messages;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the process writes to its log, with a database that is away. */
class LogsTest {

    private static final String SECRET = "hush-hush-7";
    private static final String QUERY = "sesame-words";

    @TempDir
    private Path folder;

    private String log(String level) throws IOException, InterruptedException {
        Path log = folder.resolve(level);
        ProcessBuilder builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        withoutTests(),
                        Main.class.getName(),
                        "--stdio")
                .directory(folder.toFile())
                .redirectError(log.toFile())
                .redirectOutput(folder.resolve("out-" + level).toFile());
        builder.environment().put("LOG_LEVEL", level);
        builder.environment().put("MCP_API_KEY", SECRET + "-key-of-the-server");
        builder.environment().put("DATABASE_URL", "postgres://user:" + SECRET + "@127.0.0.1:1/none");
        Process process = builder.start();
        try (Writer in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write(Messages.initialize("2025-11-25") + "\n");
            in.write("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n");
            in.write("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/call\",\"params\":{\"name\":\"search\","
                    + "\"arguments\":{\"query\":\"" + QUERY + "\"}}}\n");
        }
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends with its input");
        String answers = Files.readString(folder.resolve("out-" + level));
        assertTrue(answers.contains("database_unavailable"), answers);
        assertTrue(answers.lines().allMatch(line -> line.startsWith("{")), answers);
        return Files.readString(log);
    }

    /** What tests say of levels would hide what the server logs. */
    private static String withoutTests() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Test
    void callsAreToldWithoutWhatTheySay() throws Exception {
        String log = log("INFO");
        List<String> calls =
                log.lines().filter(line -> line.contains("tool=search ")).toList();
        assertEquals(1, calls.size(), log);
        assertTrue(calls.get(0).matches(".*call request=\\S+ tool=search outcome=database_unavailable ms=\\d+"), log);
        assertFalse(log.contains(QUERY), log);
        assertFalse(log.contains(SECRET), log);
        assertFalse(log.contains(" DEBUG "), log);
    }

    @Test
    void moreIsToldWhenAskedForAndStillNoSecret() throws Exception {
        String log = log("DEBUG");
        assertTrue(log.contains(" DEBUG "), log);
        assertFalse(log.contains(SECRET), log);
    }
}

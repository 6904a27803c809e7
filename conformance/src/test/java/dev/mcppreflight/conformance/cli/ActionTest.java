package dev.mcppreflight.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Yaml;
import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.fault.FaultyServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The GitHub Action, its steps played as a runner plays them, and the way that the README shows to newcomers. */
@DisabledOnOs(OS.WINDOWS)
class ActionTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path FOLDER = ROOT.resolve(".github/actions/preflight");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{ *([a-z_]+)\\.([a-z_-]+)[^}]*}}");

    @TempDir
    private Path folder;

    private Path output;
    private Path summary;

    @BeforeEach
    void prepare() throws IOException {
        output = Files.createFile(folder.resolve("output"));
        summary = Files.createFile(folder.resolve("summary.md"));
        // The launcher would build the jar that this test is a part of.
        Path program = folder.resolve("preflight");
        Files.writeString(
                program, """
                #!/bin/sh
                exec "%s/bin/java" -XX:TieredStopAtLevel=1 -cp "%s" dev.mcppreflight.conformance.cli.Main "$@"
                """.formatted(System.getProperty("java.home"), System.getProperty("java.class.path")));
        assertTrue(program.toFile().setExecutable(true));
    }

    @Test
    void aFailingServerIsToldInEveryPlace() throws Exception {
        try (FaultyServer server = FaultyServer.start(Fault.load("HTTP-006"))) {
            Played played = play(Map.of("url", server.url()));
            assertEquals(1, played.exit(), played.log());
            assertTrue(played.log().contains("::error title=HTTP-006 The endpoint redirects"), played.log());
        }
        assertTrue(Files.readString(summary).startsWith("## ❌ not ready: `http://127.0.0.1:"));
        Map<String, String> outputs = outputs();
        assertEquals("not-ready", outputs.get("verdict"));
        assertEquals(
                "not-ready",
                Json.parse(Files.readString(Path.of(outputs.get("report"))))
                        .get("verdict")
                        .text());
        assertTrue(Files.size(Path.of(outputs.get("html"))) > 1000);
        assertTrue(Files.readString(Path.of(outputs.get("sarif"))).contains("\"2.1.0\""));
    }

    @Test
    void aHealthyServerPassesWithItsHeaders() throws Exception {
        try (FaultyServer server = FaultyServer.start(Fault.load("healthy-apikey"))) {
            Played played = play(Map.of("url", server.url(), "header", "X-Api-Key: preflight-key\n", "language", "fr"));
            assertEquals(0, played.exit(), played.log());
            assertFalse(played.log().contains("preflight-key"), played.log());
        }
        assertTrue(Files.readString(summary).contains("prêt"), Files.readString(summary));
        assertEquals("ready", outputs().get("verdict").substring(0, 5));
    }

    @Test
    void whatIsWrongWithTheInputsIsWrongUsage() throws Exception {
        assertEquals(2, play(Map.of()).exit());
        assertEquals(
                2,
                play(Map.of("url", "http://127.0.0.1:1/", "fail-on", "sunday")).exit());
        assertEquals(
                2,
                play(Map.of("url", "http://127.0.0.1:1/", "baseline", "no-such.yaml"))
                        .exit());
        // A value is never a part of the script.
        Path trap = folder.resolve("trap");
        play(Map.of("url", "$(touch " + trap + ")", "client", "`touch " + trap + "`", "header", "\"; touch " + trap));
        assertFalse(Files.exists(trap));
    }

    @Test
    void whatFailsIsForTheUserToSay() throws Exception {
        try (FaultyServer server = FaultyServer.start(Fault.load("HTTP-006"))) {
            assertEquals(
                    0, play(Map.of("url", server.url(), "fail-on", "never")).exit());
        }
        assertEquals("not-ready", outputs().get("verdict"));
    }

    /** From the page to the summary in a pull request: the workflow of the README, played. */
    @Test
    void theWorkflowOfTheReadmeLeadsToASummary() throws Exception {
        String readme = Files.readString(ROOT.resolve("README.md"));
        Matcher block = Pattern.compile("(?s)```yaml\\n(.*?)```").matcher(readme);
        assertTrue(block.find(), "no workflow");
        Json workflow = Yaml.parse(block.group(1), "the workflow of the README");
        assertTrue(workflow.get("on").isString() || workflow.get("on").isPresent());
        List<Json> steps = workflow.get("jobs").get("preflight").get("steps").items();
        Json step = steps.stream()
                .filter(one -> one.get("uses").text().endsWith("/.github/actions/preflight"))
                .findFirst()
                .orElseThrow();
        try (FaultyServer server = FaultyServer.start(Fault.load("HTTP-006"))) {
            Map<String, String> inputs = new HashMap<>();
            step.get("with")
                    .names()
                    .forEach(name -> inputs.put(name, step.get("with").get(name).text()));
            assertEquals("http://localhost:3000/mcp", inputs.put("url", server.url()));
            Played played = play(inputs);
            assertEquals(1, played.exit(), played.log());
        }
        String text = Files.readString(summary);
        assertTrue(text.contains("not ready"), text);
        assertTrue(text.contains("**Fix** Exclude the MCP path from the web login"), text);
    }

    @Test
    void ourOwnWorkflowUsesIt() throws IOException {
        Json workflow = Yaml.parse(Files.readString(ROOT.resolve(".github/workflows/ci.yml")), "ci.yml");
        assertTrue(workflow.walk().anyMatch(value -> value.get("uses").text().equals("./.github/actions/preflight")));
    }

    /** Inputs that nobody declared would be ignored in silence. */
    private Played play(Map<String, String> inputs) throws Exception {
        Json action = Yaml.parse(Files.readString(FOLDER.resolve("action.yml")), "action.yml");
        assertTrue(action.get("inputs").names().containsAll(inputs.keySet()), inputs.toString());
        Map<String, String> values = new HashMap<>();
        for (String name : action.get("inputs").names()) {
            values.put(
                    name,
                    inputs.getOrDefault(
                            name, action.get("inputs").get(name).get("default").text()));
        }
        Played last = null;
        for (Json step : action.get("runs").get("steps").items()) {
            assertEquals("bash", step.get("shell").text());
            last = play(step, values);
            if (last.exit() != 0) {
                break;
            }
        }
        return last;
    }

    private Played play(Json step, Map<String, String> inputs) throws Exception {
        File log = folder.resolve("log").toFile();
        // As the runner calls it.
        Path script = folder.resolve("step.sh");
        Files.writeString(script, step.get("run").text());
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log);
        Map<String, String> environment = builder.environment();
        environment.put("PREFLIGHT", folder.resolve("preflight").toString());
        environment.put("RUNNER_TEMP", folder.toString());
        environment.put("GITHUB_OUTPUT", output.toString());
        environment.put("GITHUB_STEP_SUMMARY", summary.toString());
        for (String name : step.get("env").names()) {
            Matcher expression = EXPRESSION.matcher(step.get("env").get(name).text());
            assertTrue(expression.matches(), name);
            environment.put(
                    name, expression.group(1).equals("inputs") ? inputs.get(expression.group(2)) : FOLDER.toString());
        }
        Process process = builder.start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it ends");
        return new Played(process.exitValue(), Files.readString(log.toPath()));
    }

    private Map<String, String> outputs() throws IOException {
        Map<String, String> outputs = new HashMap<>();
        Files.readAllLines(output)
                .forEach(line ->
                        outputs.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return outputs;
    }

    private record Played(int exit, String log) {}
}

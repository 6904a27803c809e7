package dev.mcppreflight.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.fault.FaultyServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what happens; {@code -Dpreflight.golden=write} writes its example anew. */
class ReadmeTest {

    private static final Path README = Path.of("..", "README.md");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)the fault (\\S+)\\. -->\n```console\n(.*?)\n```\n");
    private static final String PORT = "127.0.0.1:3000";

    @Test
    void theExampleIsTrue() throws IOException {
        String readme = Files.readString(README);
        Matcher example = EXAMPLE.matcher(readme);
        assertTrue(example.find(), "no example");
        String shown = shown(Fault.load(example.group(1)));
        if ("write".equals(System.getProperty("preflight.golden"))) {
            Files.writeString(README, readme.substring(0, example.start(2)) + shown + readme.substring(example.end(2)));
            return;
        }
        assertEquals(stable(shown), stable(example.group(2)));
    }

    private static String shown(Fault fault) {
        try (FaultyServer server = FaultyServer.start(fault)) {
            Run run = Run.of("check", server.url());
            assertEquals(1, run.exit(), run.err());
            String port = "127.0.0.1:" + server.port();
            return ("$ ./preflight check " + server.url() + "\n" + run.out())
                    .replace(port, PORT)
                    .strip();
        }
    }

    /** Without what differs from run to run, and without counts, which every new check changes. */
    private static String stable(String text) {
        return text.replaceAll("\\s+", " ")
                .replaceAll("\\d+(\\.\\d+)? m?s\\b", "TIME")
                .replaceAll("\\d+ (checks?|passed|failed|warned|not|blocked)", "N $1");
    }

    /** The list of the README with servers of ours in it, and its command word for word. */
    @Test
    void theListOfTargetsIsTrue(@TempDir Path folder) throws IOException {
        Matcher block = Pattern.compile("(?s)A test reads this list.*?<<END\n(.*?)END\n\\./preflight (.*?)\n```")
                .matcher(Files.readString(README));
        assertTrue(block.find(), "no list");
        try (FaultyServer login = FaultyServer.start(Fault.load("HTTP-006"));
                FaultyServer healthy = FaultyServer.start(Fault.load("healthy-streamable"))) {
            String list = block.group(1)
                    .replace("https://mcp.example.com/mcp", login.url())
                    .replace("http://localhost:3000/mcp", healthy.url())
                    .replaceAll("-- npx .*", "-- no-such-program");
            Files.writeString(folder.resolve("servers.txt"), list);
            String[] command = ShellWords.of(block.group(2)
                            .replace(
                                    "servers.txt", folder.resolve("servers.txt").toString())
                            .replace("html=", "html=" + folder + "/"))
                    .toArray(String[]::new);
            Run run = Run.of(command);
            assertEquals(1, run.exit(), run.err());
            assertTrue(run.out().contains("3 targets in "), run.out());
            assertTrue(Files.readString(folder.resolve("all.html")).contains("href=\"docs.html\""));
            assertTrue(Files.exists(folder.resolve("memory.html")));
        }
    }

    /** The newcomer's path by hand: a server that is wrong in one terminal, the check and its summary in another. */
    @Test
    void whatItShowsByHandIsTrue(@TempDir Path folder) throws IOException {
        Matcher block = Pattern.compile("(?s)To see it fail.*?```sh\n(.*?)```").matcher(Files.readString(README));
        assertTrue(block.find(), "no commands");
        List<List<String>> commands = block.group(1)
                .lines()
                .map(line -> ShellWords.of(line.replaceFirst(" #.*", "")))
                .toList();
        List<String> fault = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        fault.addAll(commands.get(0).subList(1, commands.get(0).size()));
        Process server = new ProcessBuilder(fault).start();
        try (BufferedReader said = server.inputReader()) {
            Matcher address = Pattern.compile("http://\\S+").matcher(said.readLine());
            assertTrue(address.find(), "no address");
            for (List<String> command : commands.subList(1, commands.size())) {
                Run run = Run.of(command.stream()
                        .skip(1)
                        .map(word -> word.replace("ADDRESS", address.group()).replace("$URL", address.group()))
                        .map(word -> word.replaceFirst("^(markdown|junit|html)=", "$1=" + folder + "/"))
                        .toArray(String[]::new));
                assertEquals(1, run.exit(), run.err());
            }
        } finally {
            server.destroy();
        }
        assertTrue(Files.readString(folder.resolve("summary.md")).contains("**Fix** Exclude the MCP path"));
        assertTrue(Files.exists(folder.resolve("target/preflight.xml")));
        assertTrue(Files.exists(folder.resolve("report.html")));
    }

    @Test
    void thePagesItNamesAreThere() throws IOException {
        Matcher links = Pattern.compile("]\\(([^)#:]+)\\)").matcher(Files.readString(README));
        while (links.find()) {
            assertTrue(Files.exists(README.resolveSibling(links.group(1))), links.group(1));
        }
    }
}

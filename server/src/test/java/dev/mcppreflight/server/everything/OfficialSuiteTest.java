package dev.mcppreflight.server.everything;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.NpmPackages;
import dev.mcppreflight.server.app.EverythingServer;
import dev.mcppreflight.server.app.ServerConfig;
import dev.mcppreflight.server.http.HttpServer;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** An independent witness: the official conformance suite against the profile that has what it asks for. */
@TestInstance(Lifecycle.PER_CLASS)
class OfficialSuiteTest {

    private static final Pattern SCENARIO = Pattern.compile("(?m)^✓ ([a-z0-9-]+): (\\d+) passed, 0 failed");
    private static final Pattern NOT_SCORED = Pattern.compile("(?m)^ +[✓✗] ([a-z0-9-]+) \\(");

    private OfficialSuite suite;
    private HttpServer server;
    private String url;

    @BeforeAll
    void start() throws IOException {
        suite = OfficialSuite.install();
        server = new EverythingServer().http(ServerConfig.local());
        url = "http://127.0.0.1:" + server.start() + "/mcp";
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void allThirtyScoredScenariosOf20251125Pass() throws IOException {
        NpmPackages.Run run = suite.check(url, "--requirements", "2025-11-25");
        Set<String> scored = new LinkedHashSet<>(passed(run));
        scored.removeAll(names(NOT_SCORED, run));
        assertEquals(30, scored.size(), run::output);
        assertEquals(33, passed(run).size(), run::output);
        assertEquals(0, run.exit(), run::output);
    }

    @Test
    void allThirtySevenScoredScenariosOf20260728Pass() throws IOException {
        NpmPackages.Run run = suite.check(url, "--requirements", "2026-07-28");
        Set<String> scored = new LinkedHashSet<>(passed(run));
        scored.removeAll(names(NOT_SCORED, run));
        assertEquals(37, scored.size(), run::output);
        // All that is not scored passes but the extension for tasks, which this server does not declare.
        assertEquals(41, passed(run).size(), run::output);
        Set<String> notScored = names(NOT_SCORED, run);
        notScored.removeAll(passed(run));
        assertEquals(
                9, notScored.stream().filter(name -> name.startsWith("tasks-")).count(), run::output);
        assertEquals(9, notScored.size(), run::output);
        assertEquals(0, run.exit(), run::output);
    }

    @Test
    void all73ChecksOfTheActiveSuitePass() throws IOException {
        NpmPackages.Run run = suite.check(url, "--suite", "active");
        assertTrue(run.output().contains("Total: 73 passed, 0 failed"), run::output);
        assertEquals(31, passed(run).size(), run::output);
        assertEquals(0, run.exit(), run::output);
    }

    private static Set<String> passed(NpmPackages.Run run) {
        return names(SCENARIO, run);
    }

    private static Set<String> names(Pattern pattern, NpmPackages.Run run) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = pattern.matcher(run.output());
        matcher.results().map((MatchResult found) -> found.group(1)).forEach(names::add);
        return names;
    }
}

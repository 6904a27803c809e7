package dev.mcppreflight.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.fault.FaultyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accepting what is known, and comparing reports, from the arguments to the exit codes. */
class BaselineCommandTest {

    private static final String FAULT = "MCP-010";

    @TempDir
    private Path folder;

    @Test
    void whatIsAcceptedStopsNobodyUntilItIsMended() throws IOException {
        String file = folder.resolve("baseline.yaml").toString();
        try (FaultyServer server = FaultyServer.start(Fault.load(FAULT))) {
            assertEquals(1, Run.of("check", server.url()).exit());
            Run written = Run.of("check", server.url(), "--write-baseline", file);
            assertEquals(0, written.exit(), written.out() + written.err());
            Run known = Run.of("check", server.url(), "--baseline", file);
            assertEquals(0, known.exit(), known.out());
            assertTrue(known.out().contains("accepted"), known.out());
        }
        try (FaultyServer server = FaultyServer.start(Fault.load("healthy-streamable"))) {
            Run stale = Run.of("check", server.url(), "--baseline", file);
            assertEquals(1, stale.exit(), stale.out());
            assertTrue(stale.out().contains("stale: "), stale.out());
            assertEquals(
                    0,
                    Run.of("check", server.url(), "--baseline", file, "--fail-on", "never")
                            .exit());
        }
    }

    @Test
    void aNewFindingStopsTheBuild() throws IOException {
        Path file = folder.resolve("empty.yaml");
        Files.writeString(file, "checks: {}\n");
        try (FaultyServer server = FaultyServer.start(Fault.load(FAULT))) {
            assertEquals(
                    1,
                    Run.of("check", server.url(), "--baseline", file.toString()).exit());
        }
    }

    @Test
    void anOutageIsNotAccepted() {
        Path file = folder.resolve("outage.yaml");
        try (FaultyServer server = FaultyServer.start(Fault.load("NET-005"))) {
            assertEquals(
                    1,
                    Run.of("check", server.url(), "--write-baseline", file.toString())
                            .exit());
        }
        assertFalse(Files.exists(file));
    }

    @Test
    void aDifferenceTellsWhatBrokeAndWhatWasMended() {
        String good = folder.resolve("good.json").toString();
        String bad = folder.resolve("bad.json").toString();
        try (FaultyServer server = FaultyServer.start(Fault.load("healthy-streamable"))) {
            Run.of("check", server.url(), "--format", "json=" + good);
        }
        try (FaultyServer server = FaultyServer.start(Fault.load(FAULT))) {
            Run.of("check", server.url(), "--format", "json=" + bad);
        }
        Run broken = Run.of("diff", good, bad);
        assertEquals(1, broken.exit(), broken.err());
        assertTrue(broken.out().contains("broke"), broken.out());
        assertTrue(broken.out().contains(FAULT), broken.out());
        Run mended = Run.of("diff", bad, good);
        assertEquals(0, mended.exit());
        assertTrue(mended.out().contains("mended"), mended.out());
        assertTrue(Run.of("diff", good, good).out().contains("Nothing broke"));
        assertTrue(Run.of("diff", good, bad, "--format", "markdown").out().startsWith("## "));
        assertTrue(Run.of("diff", good, bad, "--format", "json").out().contains("\"broken\""));
        assertTrue(Run.of("diff", good, bad, "--lang", "fr").out().contains("dégradation"));
    }

    @Test
    void theLanguageFollowsTheLocaleUnlessItIsNamed() {
        try (FaultyServer server = FaultyServer.start(Fault.load("NET-005"))) {
            assertTrue(Run.with(Map.of("LANG", "fr_FR.UTF-8"), "check", server.url())
                    .out()
                    .startsWith("PAS PRÊT"));
            assertTrue(Run.with(Map.of("LC_ALL", "C", "LANG", "fr_FR.UTF-8"), "check", server.url())
                    .out()
                    .startsWith("NOT READY"));
            assertTrue(Run.with(Map.of("LANG", "fr_FR.UTF-8"), "check", server.url(), "--lang", "en")
                    .out()
                    .startsWith("NOT READY"));
            assertTrue(Run.with(Map.of("LANG", "fr_FR.UTF-8"), "check", server.url(), "--format", "json")
                    .out()
                    .contains("\"Nobody listens on the port\""));
        }
    }

    @Test
    void quietAndVerboseSayLessAndMore() {
        try (FaultyServer server = FaultyServer.start(Fault.load("HTTP-006"))) {
            String quiet = Run.of("check", server.url(), "--quiet").out();
            String normal = Run.of("check", server.url()).out();
            String verbose = Run.of("check", server.url(), "--verbose").out();
            assertTrue(quiet.contains("HTTP-006"), quiet);
            assertFalse(quiet.contains("resilience"), quiet);
            assertTrue(quiet.length() < normal.length());
            assertTrue(normal.length() < verbose.length());
            assertTrue(verbose.contains("< Location: "), verbose);
        }
    }
}

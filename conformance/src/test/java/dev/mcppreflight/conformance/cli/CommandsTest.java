package dev.mcppreflight.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Resources;
import dev.mcppreflight.conformance.data.Schemas;
import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.fault.FaultyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on real targets, from their arguments to their exit codes. */
class CommandsTest {

    private static final Json SCHEMA = Json.parse(Resources.text("report.schema.json"));

    @TempDir
    private Path folder;

    @Test
    void aHealthyServerIsReady() {
        try (FaultyServer server = FaultyServer.start(Fault.load("healthy-streamable"))) {
            Run run = Run.of("check", server.url());
            assertEquals(0, run.exit(), run.out());
            assertTrue(run.out().startsWith("READY  " + server.url()), run.out());
            assertEquals("", run.err());
        }
    }

    @Test
    void aRefusedPortIsAFindingAndNothingPasses() {
        try (FaultyServer server = FaultyServer.start(Fault.load("NET-005"))) {
            Run run = Run.of("check", server.url(), "--format", "json");
            Json report = Json.parse(run.out());
            assertEquals(1, run.exit());
            assertEquals("not-ready", report.get("verdict").text());
            assertEquals(0, report.get("totals").get("PASSED").number(-1));
            assertEquals(1, report.get("totals").get("FAILED").number(-1));
            assertEquals(Optional.empty(), Schemas.problemOf(report, SCHEMA));
        }
    }

    @Test
    void realReportsAreValid() throws IOException {
        for (String id :
                new String[] {"healthy-sse", "healthy-stateless", "AUTH-004", "MCP-010", "SSE-003", "NET-023"}) {
            try (FaultyServer server = FaultyServer.start(Fault.load(id))) {
                Run run = Run.of("check", server.url(), "--format", "json", "--timeout", "2");
                assertEquals(Optional.empty(), Schemas.problemOf(Json.parse(run.out()), SCHEMA), id);
            }
        }
    }

    @Test
    void eachFormGoesWhereItIsSent() throws IOException {
        Path xml = folder.resolve("new/report.xml");
        Path json = folder.resolve("report.json");
        try (FaultyServer server = FaultyServer.start(Fault.load("healthy-sse"))) {
            Run run = Run.of(
                    "check",
                    server.url(),
                    "--level",
                    "must",
                    "--tags",
                    "not @clients",
                    "--quiet",
                    "--format",
                    "console",
                    "--format",
                    "junit=" + xml,
                    "--format",
                    "json=" + json);
            assertEquals(0, run.exit(), run.err());
            assertTrue(run.out().startsWith("READY"));
        }
        assertTrue(Files.readString(xml).contains("<testsuites"));
        Json.parse(Files.readString(json))
                .get("checks")
                .items()
                .forEach(check -> assertEquals("MUST", check.get("level").text()));
    }

    @Test
    void aSelectionOfNothingIsAMistake() {
        try (FaultyServer server = FaultyServer.start(Fault.load("healthy-sse"))) {
            Run run = Run.of("check", server.url(), "--tags", "@no-such-tag");
            assertEquals(2, run.exit());
            assertTrue(run.err().contains("no check fits"), run.err());
        }
    }

    @Test
    void whatIsNotTestedCountsWhereAllIsRequired() {
        try (FaultyServer server = FaultyServer.start(Fault.load("healthy-apikey"))) {
            assertEquals(1, Run.of("check", server.url(), "--require-all").exit());
            assertEquals(
                    0,
                    Run.of("check", server.url(), "--bearer", "preflight-key").exit());
            assertEquals(
                    0,
                    Run.with(Map.of("PREFLIGHT_BEARER", "preflight-key"), "check", server.url())
                            .exit());
            assertEquals(
                    0,
                    Run.of("check", server.url(), "--header", "X-API-Key: preflight-key")
                            .exit());
        }
    }

    @Test
    void coloursAreUsedOnlyWhereTheyAreAskedFor() {
        try (FaultyServer server = FaultyServer.start(Fault.load("NET-005"))) {
            assertTrue(Run.of("check", server.url(), "--color", "always").out().contains("\u001b["));
            assertTrue(!Run.of("check", server.url()).out().contains("\u001b["));
        }
    }

    @Test
    void aMissingReferenceServerIsAFailureOfThisTool() {
        String before = System.getProperty("preflight.server");
        System.setProperty("preflight.server", folder.resolve("none.jar").toString());
        try {
            Run run = Run.of("check");
            assertEquals(3, run.exit());
            assertTrue(run.err().startsWith("preflight: the reference server is not there"), run.err());
        } finally {
            if (before == null) {
                System.clearProperty("preflight.server");
            } else {
                System.setProperty("preflight.server", before);
            }
        }
    }

    @Test
    void aFaultRunsUntilItsStandardInputEnds() {
        Run run = Run.of("fault", "net-005");
        assertEquals(0, run.exit());
        String[] lines = run.out().split("\n");
        assertTrue(lines[0].matches("http://127\\.0\\.0\\.1:\\d+/mcp"), run.out());
        assertTrue(run.out().contains("Try: preflight check " + lines[0]), run.out());
    }

    @Test
    void aStdioFaultIsTheServerItself() {
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}\n";
        Run run = Run.with(Map.of(), new java.io.ByteArrayInputStream(ping.getBytes()), "fault", "STDIO-001");
        assertTrue(run.out().startsWith("Starting server"), run.out());
        assertTrue(run.out().contains("\"id\":7"), run.out());
        assertEquals("", run.err());
    }

    @Test
    void aCheckIsExplained() {
        Run run = Run.of("explain", "mcp-sse-003");
        assertEquals(0, run.exit(), run.err());
        assertTrue(run.out().contains("MCP-SSE-003"), run.out());
        assertTrue(run.out().contains("revisions"), run.out());
    }

    @Test
    void aCauseIsExplained() {
        Run run = Run.of("explain", "NET-005");
        assertEquals(0, run.exit(), run.err());
        for (String label : new String[] {"users see", "because", "evidence", "fix", "read"}) {
            assertTrue(run.out().contains("  " + label), run.out());
        }
    }

    @Test
    void listsAreTextAndJson() {
        for (String what : new String[] {"checks", "causes", "clients", "faults", "requirements"}) {
            Run text = Run.of("list", what);
            Run json = Run.of("list", what, "--format", "json");
            assertEquals(0, text.exit(), text.err());
            assertTrue(text.out().startsWith("ID "), text.out());
            assertEquals(text.out().lines().count() - 1, Json.parse(json.out()).size(), what);
        }
    }
}

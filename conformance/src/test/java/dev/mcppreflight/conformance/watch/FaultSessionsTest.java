package dev.mcppreflight.conformance.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.diagnosis.Diagnosis;
import dev.mcppreflight.conformance.diagnosis.Diagnostician;
import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.fault.mcp.Trait;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client fails at a server that is wrong in one way, and whoever watches is told in which; at one that is right, nothing. */
class FaultSessionsTest {

    /** ChatGPT asks another question first, to which these have another answer. */
    @ParameterizedTest
    @ValueSource(strings = {"MCP-002", "MCP-024", "MCP-010-encoded"})
    void theCauseIsNamedFirstToClaude(String fault) {
        theCauseIsNamedFirst(fault, "claude");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AUTH-002",
                "AUTH-006",
                "AUTH-008",
                "AUTH-011",
                "AUTH-013",
                "HTTP-001",
                "HTTP-001-sse",
                "HTTP-002",
                "HTTP-003",
                "HTTP-004",
                "HTTP-006",
                "HTTP-007",
                "HTTP-013",
                "HTTP-014",
                "HTTP-019",
                "HTTP-024",
                "HTTP-025",
                "MCP-001-500",
                "MCP-001-empty",
                "MCP-004",
                "MCP-005",
                "MCP-009",
                "MCP-010",
                "MCP-016",
                "NET-005",
                "NET-009",
                "NET-009-plain-to-tls",
                "NET-010",
                "NET-011",
                "NET-013",
                "NET-017",
                "NET-019",
                "NET-021",
                "NET-025",
                "NET-029",
                "NET-030",
                "PERF-004",
                "SEC-001",
                "SESS-001",
                "SESS-002",
                "SESS-006",
                "SSE-002",
                "SSE-003",
                "SSE-012",
                "SSE-013",
                "SSE-017",
                "SSE-018",
                "SSE-022",
                "TOOL-001",
                "TOOL-002",
                "TOOL-004",
                "TOOL-005",
                "TOOL-012",
                "TOOL-032",
                "TOOL-034",
            })
    void theCauseIsNamedFirstToChatGpt(String fault) {
        theCauseIsNamedFirst(fault, "chatgpt");
    }

    private static void theCauseIsNamedFirst(String fault, String client) {
        // What is only of older clients is no cause for the verdict of the server.
        String cause = Fault.load(fault).cause().orElse(fault);
        try (Session session = Session.before(fault)) {
            Watched seen = session.visitedBy(client).seen();
            Watched.Visit last = seen.visits().get(seen.visits().size() - 1);
            List<String> causes = causes(last);
            assertTrue(
                    causes.indexOf(cause) == 0,
                    () -> fault + ": " + causes + "\n" + String.join("\n", session.lines()));
            assertTrue(
                    session.lines().stream().anyMatch(line -> line.contains("✗ " + cause)),
                    () -> String.join("\n", session.lines()));
        }
    }

    static Stream<String> healthy() {
        return Fault.all().stream()
                .filter(fault -> fault.isHealthy() && fault.transport() != Fault.Transport.STDIO)
                .map(Fault::id);
    }

    @ParameterizedTest
    @MethodSource("healthy")
    void ofServersThatAreRightNothingIsSaid(String server) {
        try (Session session = Session.before(server)) {
            boolean alone = Fault.load(server).traits().contains(Trait.MODERN_ONLY);
            for (String client : alone ? List.of("chatgpt") : List.of("chatgpt", "claude", "mcp-remote")) {
                session.visitedBy(client);
            }
            for (Watched.Visit visit : session.seen().visits()) {
                assertEquals(List.of(), causes(visit), () -> String.join("\n", session.lines()));
            }
        }
    }

    private static List<String> causes(Watched.Visit visit) {
        return Diagnostician.diagnose(visit.overheard().evidence()).stream()
                .map(Diagnosis::cause)
                .toList();
    }
}

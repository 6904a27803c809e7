package dev.mcppreflight.conformance.diagnosis;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which causes are but consequences of others. A new pair is one more line here. */
final class Precedence {

    /** What is worth telling although the first contact broke for another cause. */
    private static final Set<String> INDEPENDENT = Set.of("HOST-009", "NET-008", "NET-020", "SEC-003", "SEC-004");

    /** Each cause with those that it explains away where both show. */
    private static final Map<String, List<String>> HIDES = Map.ofEntries(
            Map.entry("NET-003", List.of("NET-005", "NET-006", "NET-008")),
            Map.entry("NET-009", List.of("NET-008")),
            Map.entry("NET-017", List.of("HTTP-014", "HTTP-001", "HTTP-025", "AUTH-004")),
            Map.entry(
                    "NET-021",
                    List.of(
                            "SEC-004",
                            "HTTP-017",
                            "HTTP-024",
                            "MCP-003",
                            "MCP-025",
                            "HTTP-009",
                            "MCP-011",
                            "MCP-017",
                            "TOOL-022",
                            "TOOL-032",
                            "NET-023")),
            Map.entry("HTTP-008", List.of("AUTH-001", "AUTH-004", "HTTP-024")),
            Map.entry("HTTP-013", List.of("HTTP-009", "HTTP-014")),
            Map.entry("NET-022", List.of("SSE-024", "NET-021", "HTTP-008", "HTTP-024")),
            Map.entry("NET-023", List.of("MCP-001", "AUTH-004", "SEC-002")),
            Map.entry("STDIO-005", List.of("STDIO-003", "STDIO-007", "STDIO-020")),
            Map.entry("STDIO-020", List.of("STDIO-003", "STDIO-007")),
            Map.entry("STDIO-004", List.of("STDIO-003", "STDIO-007")),
            Map.entry("STDIO-021", List.of("STDIO-003", "STDIO-007")),
            Map.entry("HOST-003", List.of("STDIO-003", "STDIO-007")),
            Map.entry("HOST-009", List.of("STDIO-003")),
            Map.entry("MCPR-001", List.of("STDIO-003", "STDIO-007", "MCP-006")),
            Map.entry("MCPR-002", List.of("STDIO-003", "STDIO-007", "MCP-006")),
            Map.entry("MCP-016", List.of("SESS-003")),
            Map.entry("HTTP-023", List.of("HTTP-001", "HTTP-014", "HTTP-025", "AUTH-004", "NET-021", "HTTP-007")),
            Map.entry("MCPR-006", List.of("NET-011", "NET-012")),
            Map.entry("PERF-001", List.of("TOOL-022", "MCP-014", "PERF-008")),
            Map.entry("PERF-002", List.of("TOOL-022", "MCP-014")),
            Map.entry("NET-026", List.of("TOOL-022", "AUTH-004")),
            Map.entry("SSE-014", List.of("SSE-018", "TOOL-022", "SSE-017", "HTTP-019")),
            Map.entry("SSE-006", List.of("SSE-005", "MCP-010")),
            Map.entry("NET-029", List.of("HTTP-001", "HTTP-014", "HTTP-024", "HTTP-025", "AUTH-004")),
            Map.entry("NET-030", List.of("AUTH-004", "SEC-002", "SEC-004", "HTTP-025")),
            Map.entry(
                    "NET-025",
                    List.of(
                            "HTTP-014",
                            "AUTH-001",
                            "AUTH-002",
                            "AUTH-004",
                            "AUTH-006",
                            "AUTH-007",
                            "AUTH-008",
                            "AUTH-009",
                            "AUTH-051",
                            "SEC-004")),
            Map.entry(
                    "AUTH-003", List.of("AUTH-010", "MCP-010", "MCP-015", "MCP-017", "MCP-020", "MCP-027", "TOOL-032")),
            Map.entry("AUTH-035", List.of("AUTH-028", "AUTH-033")),
            Map.entry("AUTH-008", List.of("AUTH-006", "AUTH-007", "AUTH-015")),
            Map.entry("AUTH-009", List.of("AUTH-006", "AUTH-007", "AUTH-015")),
            Map.entry("AUTH-027", List.of("AUTH-051")),
            Map.entry("AUTH-029", List.of("AUTH-028", "AUTH-033")),
            Map.entry("AUTH-038", List.of("AUTH-051", "AUTH-027")),
            Map.entry("AUTH-041", List.of("AUTH-051", "AUTH-027")),
            Map.entry("AUTH-046", List.of("AUTH-002")),
            Map.entry("AUTH-042", List.of("AUTH-002", "AUTH-037", "AUTH-038")),
            Map.entry("NET-020", List.of("AUTH-002", "AUTH-011", "AUTH-012", "AUTH-015")),
            Map.entry("PERF-004", List.of("SEC-004")),
            Map.entry("HTTP-003", List.of("NET-008")),
            Map.entry("HTTP-006", List.of("AUTH-001")),
            Map.entry("HTTP-017", List.of("MCP-027", "HTTP-024", "HTTP-025")),
            Map.entry(
                    "HTTP-020",
                    List.of(
                            "HTTP-011",
                            "HTTP-012",
                            "SEC-004",
                            "SESS-001",
                            "SESS-003",
                            "SESS-007",
                            "HTTP-009",
                            "MCP-011",
                            "TOOL-032",
                            "MCP-017",
                            "MCP-020")),
            Map.entry("SEC-001", List.of("AUTH-004", "SEC-002", "SEC-004")),
            Map.entry("SEC-002", List.of("SEC-004")),
            Map.entry("SSE-005", List.of("MCP-001", "MCP-015")),
            Map.entry("SSE-024", List.of("HTTP-010")),
            Map.entry("SSE-012", List.of("MCP-010")),
            Map.entry("SSE-013", List.of("MCP-010")),
            Map.entry("MCP-025", List.of("MCP-003", "MCP-005", "MCP-006", "HTTP-017", "HTTP-018", "NET-023")),
            Map.entry(
                    "SSE-016",
                    List.of(
                            "MCP-014",
                            "MCP-006",
                            "MCP-009",
                            "MCP-015",
                            "MCP-017",
                            "MCP-020",
                            "MCP-001",
                            "PERF-001",
                            "TOOL-022",
                            "HTTP-017")),
            Map.entry("HTTP-019", List.of("TOOL-032")),
            Map.entry(
                    "SSE-017",
                    List.of(
                            "MCP-006",
                            "SSE-024",
                            "NET-022",
                            "PERF-001",
                            "PERF-003",
                            "TOOL-022",
                            "TOOL-032",
                            "MCP-001")),
            Map.entry("SSE-018", List.of("SESS-001", "MCP-006")),
            Map.entry("SSE-019", List.of("SSE-018")),
            Map.entry("SSE-022", List.of("SSE-018", "SSE-024", "SSE-001")),
            Map.entry(
                    "SESS-001",
                    List.of(
                            "HTTP-011",
                            "HTTP-012",
                            "SESS-003",
                            "SESS-007",
                            "HTTP-009",
                            "MCP-011",
                            "MCP-015",
                            "MCP-017",
                            "MCP-020",
                            "TOOL-032")),
            Map.entry(
                    "SESS-012",
                    List.of(
                            "SESS-001",
                            "SESS-003",
                            "SESS-007",
                            "HTTP-009",
                            "MCP-011",
                            "MCP-015",
                            "MCP-017",
                            "MCP-020",
                            "MCP-025",
                            "TOOL-022",
                            "TOOL-032")),
            Map.entry("SESS-002", List.of("HTTP-011", "HTTP-012", "MCP-011", "TOOL-032", "HTTP-009", "SESS-003")),
            Map.entry(
                    "SESS-005",
                    List.of(
                            "HTTP-011",
                            "HTTP-012",
                            "SESS-001",
                            "SESS-002",
                            "SESS-003",
                            "MCP-011",
                            "TOOL-032",
                            "HTTP-009")),
            Map.entry("MCP-005", List.of("SEC-004", "MCP-011", "TOOL-032", "HTTP-009", "SESS-003", "MCP-017")),
            Map.entry("MCP-010", List.of("MCP-017", "MCP-018", "TOOL-034")),
            Map.entry("MCP-003", List.of("MCP-027", "HTTP-024", "HTTP-025")),
            Map.entry("MCP-014", List.of("MCP-001", "MCP-015", "MCP-025", "TOOL-022", "MCP-020")),
            Map.entry("MCP-015", List.of("MCP-001", "MCP-020")),
            Map.entry("MCP-018", List.of("MCP-015", "MCP-020", "MCP-017")),
            Map.entry("MCP-019", List.of("MCP-008", "MCP-017", "MCP-010", "TOOL-004", "TOOL-016", "TOOL-033")),
            Map.entry("TOOL-002", List.of("TOOL-003")),
            Map.entry("TOOL-004", List.of("TOOL-005")),
            Map.entry("TOOL-013", List.of("TOOL-001", "TOOL-012", "TOOL-014")),
            Map.entry("TOOL-016", List.of("TOOL-017")),
            Map.entry("TOOL-017", List.of("TOOL-020", "TOOL-021")),
            Map.entry("TOOL-022", List.of("TOOL-020", "TOOL-021")),
            Map.entry("AUTH-039", List.of("TOOL-020", "TOOL-021")),
            Map.entry("STDIO-006", List.of("STDIO-007")),
            Map.entry("STDIO-008", List.of("STDIO-001", "STDIO-002")),
            Map.entry("STDIO-009", List.of("STDIO-001", "STDIO-002")),
            Map.entry("STDIO-010", List.of("STDIO-001", "STDIO-002")),
            Map.entry("STDIO-013", List.of("STDIO-001")),
            Map.entry("STDIO-014", List.of("STDIO-001")),
            Map.entry(
                    "STDIO-017",
                    List.of("STDIO-007", "MCP-001", "MCP-014", "MCP-015", "MCP-017", "MCP-020", "TOOL-022")));

    private Precedence() {}

    /** Being turned away without a credential breaks nothing: whatever is wrong with signing in is so by itself. */
    static boolean isIndependent(String cause) {
        return INDEPENDENT.contains(cause) || cause.startsWith("AUTH-");
    }

    /** Whether the first explains the second away. */
    static boolean hides(String cause, String consequence) {
        return HIDES.getOrDefault(cause, List.of()).contains(consequence);
    }

    /** All causes that are named here. */
    static List<String> named() {
        return java.util.stream.Stream.of(
                        INDEPENDENT.stream(),
                        HIDES.keySet().stream(),
                        HIDES.values().stream().flatMap(List::stream))
                .flatMap(causes -> causes)
                .distinct()
                .toList();
    }
}

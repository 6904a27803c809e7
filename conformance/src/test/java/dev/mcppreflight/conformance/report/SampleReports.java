package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.catalogue.Check;
import dev.mcppreflight.conformance.catalogue.Level;
import dev.mcppreflight.conformance.catalogue.Stage;
import dev.mcppreflight.conformance.data.JsonText;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.SseEvent;
import dev.mcppreflight.conformance.wire.SseFacts;
import dev.mcppreflight.conformance.wire.Timings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reports made by hand, with everything in them that a renderer may meet. */
public final class SampleReports {

    /** What a hostile server would like to print: colours, a cleared screen, turned text, invisible text, broken XML. */
    public static final String NASTY =
            "\u001b[2J\u001b[31mowned\u0007 \u202etxt.exe\u2066 \u200bhidden \u0000\u009b ]]> </failure>"
                    + "<![CDATA[ &amp; \uD800 \uFFFE \uDB40\uDC41 \r\nsecond line\ttab \u4F60\u597D \uD83D\uDE80 \"quoted\" 'so'";

    private static final Instant STARTED = Instant.parse("2026-11-23T09:30:00Z");
    private static final Timings TIMINGS = new Timings(1, -1, 40, 41, -1, 41);

    private SampleReports() {}

    /** Nothing wrong. */
    public static Report healthy() {
        return new Report(
                "0.1.0",
                "https://mcp.example.com/mcp",
                "streamable",
                "2025-11-25",
                false,
                STARTED,
                812,
                List.of(),
                List.of(),
                List.of(
                        ClientReadiness.of("chatgpt", "ready", List.of()),
                        ClientReadiness.of("claude", "ready", List.of())),
                List.of(
                        plain("MCP-REACH-001", Stage.REACH, Outcome.PASSED, ""),
                        plain("MCP-STREAM-001", Stage.TRANSPORT, Outcome.PASSED, ""),
                        plain("MCP-AUTH-001", Stage.AUTHORIZATION, Outcome.NOT_APPLICABLE, "declared open"),
                        plain("MCP-LIFE-001", Stage.HANDSHAKE, Outcome.PASSED, ""),
                        plain("MCP-TOOL-001", Stage.DISCOVERY, Outcome.PASSED, ""),
                        plain("MCP-TOOL-020", Stage.CALLS, Outcome.NOT_TESTED, "no tool may be called: see --call"),
                        plain("MCP-CLIENT-001", Stage.CLIENTS, Outcome.PASSED, ""),
                        plain("MCP-BASE-030", Stage.RESILIENCE, Outcome.PASSED, "")),
                Baseline.Standing.NONE);
    }

    /** A fleet with a target in each state. */
    public static Fleet fleet() {
        return new Fleet(
                "0.1.0",
                STARTED,
                12_345,
                List.of(
                        new Fleet.Member(
                                "documents",
                                "https://mcp.example.com/mcp",
                                java.util.Optional.of(healthy().withoutExchanges()),
                                "",
                                "reports/documents.html"),
                        new Fleet.Member(
                                "http://127.0.0.1:1/mcp",
                                "http://127.0.0.1:1/mcp",
                                java.util.Optional.of(refused().withoutExchanges()),
                                "",
                                ""),
                        new Fleet.Member(
                                NASTY,
                                "https://mcp.example.com/sse",
                                java.util.Optional.of(everything().withoutExchanges()),
                                "",
                                ""),
                        new Fleet.Member(
                                "broken", "node server.js", java.util.Optional.empty(), "an error of this tool", ""),
                        Fleet.Member.notChecked("late", "https://late.example.com/mcp")));
    }

    /** Nobody listens. */
    public static Report refused() {
        Cause cause = new Cause(
                "NET-005",
                "The connection is refused",
                Cause.Severity.BLOCKER,
                Stage.REACH,
                "\"Could not connect\"",
                "Nothing listens on that port of that host.",
                "TCP RST",
                "Start the server, or correct the port.",
                List.of("any"),
                List.of("https://www.rfc-editor.org/rfc/rfc9293"));
        Exchange exchange = new Exchange(
                "initialize",
                "POST",
                "http://127.0.0.1:1/mcp",
                List.of(),
                JsonText.of("{}"),
                0,
                List.of(),
                "",
                SseFacts.NONE,
                null,
                new Failure(Failure.Kind.REFUSED, "127.0.0.1:1"),
                new Timings(-1, -1, -1, -1, -1, 1),
                null,
                false,
                "",
                null);
        return new Report(
                "0.1.0",
                "http://127.0.0.1:1/mcp",
                "auto",
                "",
                false,
                STARTED,
                31,
                List.of(new CauseFinding(
                        cause, List.of("POST /mcp refused: 127.0.0.1:1"), List.of("MCP-REACH-001"), 1)),
                List.of(),
                List.of(ClientReadiness.of("chatgpt", "not-ready", List.of("NET-005"))),
                List.of(
                        finding("MCP-REACH-001", Level.MUST, "a connection", "refused", "NET-005", exchange),
                        blocked("MCP-LIFE-001", Stage.HANDSHAKE, "NET-005")),
                Baseline.Standing.NONE);
    }

    /** A server that is wrong in a way that nobody has seen. */
    public static Report unknown() {
        Report sample = everything();
        return new Report(
                sample.version(),
                sample.address(),
                sample.transport(),
                sample.revision(),
                false,
                STARTED,
                sample.durationMillis(),
                List.of(),
                List.of(),
                List.of(ClientReadiness.of("chatgpt", "not-ready", List.of("MCP-SSE-004"))),
                sample.checks().stream()
                        .filter(result -> List.of("MCP-SSE-004", "MCP-SSE-010")
                                .contains(result.check().id()))
                        .toList(),
                Baseline.Standing.NONE);
    }

    /** Every outcome, every kind of section, and a server that tries to spoil the report. */
    public static Report everything() {
        Cause root = new Cause(
                "SSE-024",
                "The event stream is held back " + NASTY,
                Cause.Severity.BLOCKER,
                Stage.TRANSPORT,
                "\"Error creating connector\"",
                "A proxy collects the answer before it passes it on. "
                        + "It waits for more, and no more comes. ".repeat(4),
                "headers at once, first event late",
                "Turn buffering off: X-Accel-Buffering: no.",
                List.of("chatgpt"),
                List.of("https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering"));
        Cause other = new Cause(
                "SEC-003",
                "No check of Origin",
                Cause.Severity.MINOR,
                Stage.RESILIENCE,
                "",
                "Any web page may call the server.",
                "",
                "Answer 403 to a foreign Origin.",
                List.of(),
                List.of());
        List<CheckResult> checks = new ArrayList<>();
        checks.add(plain("MCP-REACH-001", Stage.REACH, Outcome.PASSED, ""));
        checks.add(finding("MCP-SSE-003", Level.MUST, "an endpoint event", NASTY, "SSE-024", answered()));
        checks.add(finding("MCP-SSE-004", Level.MUST, "one endpoint event", NASTY.repeat(9), "", answered()));
        checks.add(finding("MCP-SSE-010", Level.SHOULD, "a retry field", "none", "", stream()));
        checks.add(plain("MCP-AUTH-001", Stage.AUTHORIZATION, Outcome.NOT_TESTED, "needs --bearer"));
        checks.add(blocked("MCP-LIFE-001", Stage.HANDSHAKE, "SSE-024"));
        checks.add(plain("MCP-TOOL-001", Stage.DISCOVERY, Outcome.NOT_APPLICABLE, "no tools: " + NASTY));
        checks.add(plain("MCP-TOOL-002", Stage.DISCOVERY, Outcome.HARNESS_ERROR, "NullPointerException"));
        checks.add(finding("MCP-SEC-003", Level.SHOULD, "403", "200", "SEC-003", answered()));
        return new Report(
                        "0.1.0",
                        "https://[redacted]@mcp.example.com/sse",
                        "sse",
                        "2024-11-05",
                        true,
                        STARTED,
                        12_345,
                        List.of(
                                new CauseFinding(
                                        root,
                                        List.of("GET /sse 200, first byte after 10.0 s", NASTY),
                                        List.of("MCP-SSE-003"),
                                        1),
                                new CauseFinding(other, List.of("POST /mcp 200"), List.of("MCP-SEC-003"), 0)),
                        List.of(new Advice("NET-008", "The address is not public", "before ChatGPT can reach it")),
                        List.of(
                                ClientReadiness.of("chatgpt", "not-ready", List.of("SSE-024")),
                                ClientReadiness.of("claude", "not-ready", List.of("SSE-024")),
                                ClientReadiness.of("claude-code", "ready-with-warnings", List.of())),
                        checks,
                        Baseline.Standing.NONE)
                .against(
                        new Baseline(Map.of("MCP-SSE-010", Outcome.WARNED, "MCP-REACH-001", Outcome.FAILED), Set.of()));
    }

    private static CheckResult plain(String id, Stage stage, Outcome outcome, String reason) {
        return new CheckResult(check(id, stage, Level.MUST), outcome, reason, "", "", "", "", "", "", List.of(), 7);
    }

    private static CheckResult blocked(String id, Stage stage, String cause) {
        return new CheckResult(
                check(id, stage, Level.MUST),
                Outcome.BLOCKED,
                "the connection did not stand",
                "",
                "",
                "",
                "",
                "",
                cause,
                List.of(),
                0);
    }

    private static CheckResult finding(
            String id, Level level, String expected, String observed, String cause, Exchange exchange) {
        return new CheckResult(
                check(id, Stage.TRANSPORT, level),
                level == Level.MUST ? Outcome.FAILED : Outcome.WARNED,
                "",
                expected,
                observed,
                "Clients wait for it.",
                "Send it first.",
                "https://modelcontextprotocol.io/specification/2024-11-05/basic/transports#http-with-sse",
                cause,
                List.of(exchange),
                12);
    }

    private static Check check(String id, Stage stage, Level level) {
        return new Check(
                id,
                "The check named " + id,
                stage.word() + "/sample",
                stage,
                level,
                List.of(id),
                Set.of("sse"),
                "2024-11-05",
                "2025-11-25");
    }

    private static Exchange answered() {
        return new Exchange(
                "ping",
                "POST",
                "https://mcp.example.com/messages",
                List.of(new Header("Accept", "application/json, text/event-stream"), new Header("X-Twice", "1")),
                JsonText.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"),
                302,
                List.of(new Header("Location", "/login" + NASTY), new Header("Set-Cookie", "sid=[redacted]")),
                "<html>" + "x".repeat(3000) + "</html>",
                SseFacts.NONE,
                null,
                null,
                TIMINGS,
                null,
                true,
                "",
                null);
    }

    private static Exchange stream() {
        List<SseEvent> events = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            events.add(new SseEvent("endpoint", "/messages?n=" + i, null, i == 0 ? "3000" : null, true, i));
        }
        return new Exchange(
                "open the event stream",
                "GET",
                "https://mcp.example.com/sse",
                List.of(),
                JsonText.of(""),
                200,
                List.of(new Header("Content-Type", "text/event-stream")),
                "",
                new SseFacts(events, 1, List.of(), "", "", false, false),
                null,
                null,
                TIMINGS,
                null,
                false,
                "a line on standard error",
                3);
    }
}

package dev.mcppreflight.conformance.diagnosis;

import static dev.mcppreflight.conformance.diagnosis.Rule.rule;

import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure.Kind;
import dev.mcppreflight.conformance.wire.Purpose;
import java.util.List;

/** Provocations that a server should take calmly, and what it does when a session ends. */
final class ResilienceRules {

    private static final String SESSION = "Mcp-Session-Id";
    private static final String[] NONSENSE = {Sent.NOT_JSON, Sent.EMPTY, Sent.NOT_RPC, Sent.OLD_RPC, Sent.PING_NULL_ID};
    private static final long COLD_MILLIS = 3_000;
    private static final long SLOW_MILLIS = 380;

    private ResilienceRules() {}

    static List<Rule> all() {
        return List.of(
                rule("NET-022", it -> it.contact()
                                .first()
                                .whose(exchange -> Facts.wait(exchange) >= COLD_MILLIS)
                                .when(it.toolPages().any()
                                        && it.toolPages().stream().allMatch(page -> Facts.wait(page) < COLD_MILLIS / 6))
                                .and(it.knock()
                                        .status(503)
                                        .and(it.others().sentFor(Purpose.AGAIN))
                                        .when(it.others()
                                                .sentFor(Purpose.AGAIN)
                                                .result(result -> true)
                                                .any())))
                        .provenBy(),
                rule("PERF-005", it -> it.others()
                        .sentFor(Purpose.BESIDE_STREAMS)
                        .whose(exchange -> exchange.status() >= 500
                                || exchange.failedBy(
                                        Kind.NO_ANSWER,
                                        Kind.UNFINISHED,
                                        Kind.CONNECT_TIMEOUT,
                                        Kind.REFUSED,
                                        Kind.CLOSED))),
                rule("SESS-010", it -> it.others()
                        .sentFor(Purpose.CROWD)
                        .whose(exchange -> exchange.status() >= 500 || exchange.failure() != null)),
                rule("SESS-009", it -> it.others().sentFor(Purpose.AFTER_REST).status(400, 404)),
                rule("PERF-008", it -> it.others()
                        .sentFor(Purpose.PING_BESIDE)
                        .whose(ping -> it.others().sentFor(Purpose.PING_ALONE).stream()
                                .anyMatch(alone -> ResultRules.took(alone) < ResultRules.took(ping) / 2))
                        .when(it.others().sentFor(Purpose.PING_BESIDE).stream().count() > 1)
                        .noting(ping -> it.others().sentFor(Purpose.SLOW_CALL).stream()
                                .map(ResultRules::took)
                                .filter(call -> it.others().sentFor(Purpose.PING_BESIDE).stream()
                                        .allMatch(each -> call >= SLOW_MILLIS && ResultRules.took(each) >= call / 2))
                                .limit(1)
                                .map(call -> "the ping waited " + ResultRules.took(ping) + " ms beside a call of "
                                        + call + " ms")
                                .toList())),
                rule("MCP-014", it -> it.findings()
                        .about(NONSENSE)
                        .whose(exchange -> !exchange.isStdio() && exchange.failedBy(Kind.CLOSED, Kind.RESET))
                        .and(it.afterItsEnd()
                                .when(it.findings()
                                        .about(NONSENSE)
                                        .failedBy(Kind.CLOSED, Kind.RESET)
                                        .any()))
                        .and(it.findings()
                                .sentFor(Sent.STILL_SERVING)
                                .unanswered()
                                .whose(exchange -> !exchange.isStdio())
                                .unless(servesOthers(it))
                                .when(it.findings().about(NONSENSE).any()
                                        || it.findings()
                                                .about(Sent.MALFORMED_CANCELLATION)
                                                .any()))),
                rule("STDIO-017", it -> it.findings()
                        .about(
                                Sent.DISCOVER,
                                Sent.UNKNOWN_METHOD,
                                Sent.SHUTDOWN,
                                Sent.RESOURCES,
                                Sent.PROMPTS,
                                Sent.COMPLETION,
                                Sent.LOG_LEVEL)
                        .failedBy(Kind.EXITED)
                        .and(it.findings()
                                .about(Sent.DISCOVER)
                                .whose(Exchange::isStdio)
                                .failedBy(Kind.NO_ANSWER))
                        .and(it.findings()
                                .about(NONSENSE)
                                .whose(exchange -> exchange.isStdio() && exchange.exitCode() != null))
                        .and(it.findings()
                                .sentFor(Sent.STILL_SERVING)
                                .whose(Exchange::isStdio)
                                .failedBy(Kind.EXITED, Kind.NO_ANSWER))),
                rule("SESS-007", it -> it.all()
                        .sentFor(Purpose.DELETE)
                        .statusOtherThan(200, 202, 204, 401, 403, 405)
                        .and(it.all().sentFor(Purpose.DELETE).silent())
                        .and(it.findings().by(Sent.ENDED).sending(SESSION, ".").result(result -> true))),
                rule("SESS-003", it -> it.findings()
                        .by(Sent.ENDED, Sent.INVENTOR)
                        .sending(SESSION, ".")
                        .statusOtherThan(404)
                        .whose(exchange -> Facts.answer(exchange).get("result").isMissing())),
                rule("SESS-006", it -> it.handshake()
                                .noting(exchange -> exchange
                                        .header(SESSION)
                                        .filter(id -> !id.matches("[\\x21-\\x7E]{1,256}"))
                                        .map(id -> "the session id '" + id + "'")
                                        .stream()
                                        .toList())
                                // Ids that the next one can be guessed from.
                                .and(it.finding("MCP-SEC-004").header(SESSION, "^.{1,300}$")))
                        .provenBy("MCP-SEC-004", "MCP-SESS-003", "MCP-CLIENT-011", "MCP-CLIENT-012"),
                rule("SEC-003", it -> it.findings()
                        .statusBetween(200, 299)
                        .noting(exchange -> exchange.requestHeaders().stream()
                                .filter(header -> header.value().contains("evil.example"))
                                .map(header -> header.name() + ": " + header.value() + " was accepted")
                                .toList())),
                rule("HTTP-016", it -> it.findings()
                        .sentFor(Sent.HEAD)
                        .whose(exchange -> exchange.status() >= 500 || exchange.status() == 0)
                        .and(it.everything()
                                .sentFor(Sent.PREFLIGHT)
                                .whose(exchange -> exchange.status() >= 500 && exchange.status() != 501
                                        || exchange.status() == 0))),
                rule("STDIO-018", it -> it.everything()
                                .whose(exchange -> exchange.standardError().matches("(?s)\\d{5,} octets, at last:\n.*"))
                                .first()
                                .noting(exchange -> List.of(
                                        "it wrote " + exchange.standardError().split(",")[0] + " to standard error")))
                        .provenBy(),
                rule("STDIO-015", it -> it.finding("MCP-LIFE-024").whose(Exchange::isStdio)),
                rule("SSE-023", it -> it.knock()
                                .method("POST")
                                .status(400, 404, 405)
                                .when(it.speaks("sse") && !it.isBroken())
                                // A server may have Streamable HTTP at an address of its own.
                                .when(it.triedElsewhere().any()
                                        && it.elsewhere().none()))
                        .provenBy());
    }

    /** Whether a new client was answered when the one that had sent nonsense was not. */
    private static boolean servesOthers(Case it) {
        return it.findings()
                .sentFor(Sent.SERVING_OTHERS)
                .whose(exchange -> Facts.answer(exchange).isPresent())
                .any();
    }
}

package dev.mcppreflight.conformance.diagnosis;

import static dev.mcppreflight.conformance.diagnosis.Rule.rule;

import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure.Kind;
import java.util.List;

/** Standard streams: what a process writes between its messages, and how it writes these. */
final class LineRules {

    private LineRules() {}

    static List<Rule> all() {
        return List.of(
                rule("STDIO-010", it -> noisy(it.contact(), "^\uFEFF.*|.*[\uFFFD\u0000].*")),
                rule("STDIO-009", it -> noisy(it.contact(), "(?i)Content-Length: *\\d+")),
                rule("STDIO-008", it -> noisy(it.contact(), "\\{|\\{ *\"jsonrpc\": *\"2\\.0\",")),
                rule("STDIO-013", it -> noisy(it.handshake(), "> [\\w@./-]+@\\d.*|Need to install the following.*")),
                rule("STDIO-014", it -> noisy(it.handshake(), "\\[dotenv@.*|.*(tip:|telemetry|█).*")),
                rule("STDIO-001", it -> noisy(it.handshake(), "[^\\[{\"\uFEFF].*"))
                        .provenBy(
                                "MCP-STDIO-001", "MCP-STDIO-002", "MCP-STDIO-013", "MCP-CLIENT-011", "MCP-CLIENT-012"),
                rule(
                        "STDIO-012",
                        it -> it.handshake()
                                .whose(
                                        exchange -> exchange.isStdio()
                                                && exchange.timings().end() >= 2_000
                                                && exchange.standardError()
                                                        .matches(
                                                                "(?is).*(npm (warn|http|notice)|downloading|pulling|unable to find image).*"))),
                rule("STDIO-011", it -> it.handshake()
                        .whose(Exchange::isStdio)
                        .failedBy(Kind.NO_ANSWER)
                        .answer(Facts::isResponse)));
    }

    /** Those in which a process wrote a line that is no message and fits. */
    static Exchanges noisy(Exchanges exchanges, String line) {
        return exchanges.noting(exchange -> Facts.noise(exchange).stream()
                .filter(candidate -> candidate.matches("(?s)" + line))
                .limit(1)
                .map(found -> "the line '" + (found.length() > 80 ? found.substring(0, 80) : found) + "'")
                .toList());
    }
}

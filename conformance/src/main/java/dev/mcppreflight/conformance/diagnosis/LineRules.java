package dev.mcppreflight.conformance.diagnosis;

import static dev.mcppreflight.conformance.diagnosis.Rule.rule;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure.Kind;
import java.util.List;
import java.util.stream.IntStream;

/** Standard streams: what a process writes between its messages, and how it writes these. */
final class LineRules {

    /** What is said beside messages, which may well speak of them. */
    static final String AS_WELL = "(?!\uFEFF|\\[\\s*\\{.*\"jsonrpc\"|\"\\{.*jsonrpc).+";

    /** What is said in place of messages, and is not one of them that is written wrongly. */
    private static final String NO_MESSAGE = "(?!\uFEFF|.*jsonrpc).+";

    private static final int SHOWN = 80;

    private LineRules() {}

    static List<Rule> all() {
        return List.of(
                rule("STDIO-010", it -> noisy(it.contact(), "^\uFEFF.*|.*[\uFFFD\u0000].*")),
                rule("STDIO-009", it -> noisy(it.contact(), "(?i)Content-Length: *\\d+")),
                rule("STDIO-008", it -> it.contact().noting(LineRules::overSeveralLines)),
                rule(
                        "STDIO-013",
                        it -> noisy(
                                it.handshake(),
                                "> [\\w@./-]+@\\d.*|Need to install the following.*|yarn run v\\d.*|\\$ (node|tsx|ts-node|bun) .*")),
                rule("STDIO-014", it -> noisy(it.handshake(), "\\[dotenv@.*|.*(tip:|telemetry|█).*")),
                rule(
                                "STDIO-001",
                                it -> noisy(
                                        it.handshake(),
                                        it.handshake().unanswered().any() ? NO_MESSAGE : AS_WELL))
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
                .map(LineRules::shown)
                .toList());
    }

    private static String shown(String line) {
        return "the line '" + (line.length() > SHOWN ? line.substring(0, SHOWN) : line) + "'";
    }

    /** JSON that goes on in the next line. What another program prints of its objects has no quotation marks. */
    private static List<String> overSeveralLines(Exchange exchange) {
        List<String> lines = Facts.noise(exchange);
        return IntStream.range(0, Math.max(0, lines.size() - 1))
                .filter(i ->
                        lines.get(i).strip().equals("{") && lines.get(i + 1).matches("\\s*\"[^\"]+\"\\s*:.*")
                                || lines.get(i).matches("\\{\\s*\"[^\"]+\"\\s*:.*")
                                        && (lines.get(i).endsWith(",") || Json.isCut(lines.get(i))))
                .limit(1)
                .mapToObj(i -> shown(lines.get(i)))
                .toList();
    }
}

package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.catalogue.Check;
import dev.mcppreflight.conformance.wire.Exchange;
import java.util.ArrayList;
import java.util.List;

/**
 * A check and what became of it.
 *
 * @param check the check
 * @param outcome what became of it
 * @param reason why it is not applicable, not tested, blocked or an error of ours; empty otherwise
 * @param expected what was expected; empty unless failed or warned
 * @param observed what was observed in its place; empty unless failed or warned
 * @param because why that matters; empty unless failed or warned
 * @param fix what to do; empty unless failed or warned
 * @param source where to read; empty when there is no place
 * @param cause the id of the cause behind it, or the empty string
 * @param exchanges the evidence
 * @param durationMillis how long it took
 */
public record CheckResult(
        Check check,
        Outcome outcome,
        String reason,
        String expected,
        String observed,
        String because,
        String fix,
        String source,
        String cause,
        List<Exchange> exchanges,
        long durationMillis) {

    /** Whether something is wrong with the target. */
    public boolean isFinding() {
        return outcome == Outcome.FAILED || outcome == Outcome.WARNED;
    }

    /** The same, explained. */
    public CheckResult explained(String why, String remedy, String where, String causeId) {
        return new CheckResult(
                check, outcome, reason, expected, observed, why, remedy, where, causeId, exchanges, durationMillis);
    }

    /** The last exchange, which decided: what was sent, what came back; nothing where nothing was recorded. */
    List<String> lastWords() {
        if (exchanges.isEmpty()) {
            return List.of();
        }
        Exchange last = exchanges.get(exchanges.size() - 1);
        List<String> lines = new ArrayList<>();
        lines.add(last.summary());
        if (!last.requestBody().isEmpty() && (last.status() != 0 || last.isStdio())) {
            lines.add("> " + last.requestBody());
        }
        String answer = last.answer() == null || last.answer().isEmpty() ? last.body() : last.answer();
        if (!answer.isEmpty()) {
            lines.add("< " + answer);
        }
        return lines;
    }

    /** The same without its evidence. */
    CheckResult withoutExchanges() {
        return new CheckResult(
                check, outcome, reason, expected, observed, because, fix, source, cause, List.of(), durationMillis);
    }
}

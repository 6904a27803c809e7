package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.catalogue.Cause;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that a run found; all renderers are functions of it.
 *
 * @param version of this tool
 * @param address of the target, redacted
 * @param transport how it was spoken to, in a word; {@code auto} when that was not found out
 * @param revision that was negotiated; empty when none was
 * @param insecure whether certificates were not judged
 * @param startedAt when the run began
 * @param durationMillis of the whole run
 * @param causes the root cause first
 * @param advice what matters elsewhere or later
 * @param clients whether each client will get on with the target
 * @param checks every check that was selected, in the order of the ladder
 * @param baseline what of it was accepted beforehand
 */
public record Report(
        String version,
        String address,
        String transport,
        String revision,
        boolean insecure,
        Instant startedAt,
        long durationMillis,
        List<CauseFinding> causes,
        List<Advice> advice,
        List<ClientReadiness> clients,
        List<CheckResult> checks,
        Baseline.Standing baseline) {

    /** Copies the lists. */
    public Report {
        causes = List.copyOf(causes);
        advice = List.copyOf(advice);
        clients = List.copyOf(clients);
        checks = List.copyOf(checks);
    }

    /** The same beside a baseline. It changes no verdict: what is accepted is still wrong. */
    public Report against(Baseline accepted) {
        return new Report(
                version,
                address,
                transport,
                revision,
                insecure,
                startedAt,
                durationMillis,
                causes,
                advice,
                clients,
                checks,
                accepted.against(this));
    }

    /** The same with these checks. */
    public Report with(List<CheckResult> others) {
        return new Report(
                version,
                address,
                transport,
                revision,
                insecure,
                startedAt,
                durationMillis,
                causes,
                advice,
                clients,
                others,
                baseline);
    }

    /** A MUST broken, a blocker found or no handshake is not-ready; any other finding is ready-with-warnings. */
    public Verdict verdict() {
        Map<Outcome, Integer> totals = totals();
        boolean blocker = causes.stream().anyMatch(found -> found.cause().severity() == Cause.Severity.BLOCKER);
        // Without a handshake nobody can use it, whatever the reason is called.
        boolean mute = revision.isEmpty() && totals.get(Outcome.BLOCKED) > 0;
        if (blocker || mute || totals.get(Outcome.FAILED) > 0) {
            return Verdict.NOT_READY;
        }
        boolean minded = causes.stream().anyMatch(found -> found.cause().severity() != Cause.Severity.INFO);
        // What could not be tried for want of a credential or because of our own error is no success either.
        boolean open = totals.get(Outcome.HARNESS_ERROR) > 0
                || totals.get(Outcome.BLOCKED) > 0
                || totals.get(Outcome.PASSED) == 0;
        return minded || totals.get(Outcome.WARNED) > 0 || open ? Verdict.READY_WITH_WARNINGS : Verdict.READY;
    }

    /** How many checks had each outcome; every outcome is there. */
    public Map<Outcome, Integer> totals() {
        Map<Outcome, Integer> totals = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            totals.put(outcome, 0);
        }
        checks.forEach(result -> totals.merge(result.outcome(), 1, Integer::sum));
        return totals;
    }

    /** The findings that no cause accounts for, the broken ones first. */
    public List<CheckResult> unexplained() {
        Set<String> explained = causes.stream()
                .flatMap(found -> Stream.concat(Stream.of(found.cause().id()), found.checks().stream()))
                .collect(Collectors.toSet());
        return checks.stream()
                .filter(CheckResult::isFinding)
                .filter(result -> !explained.contains(result.cause())
                        && !explained.contains(result.check().id()))
                .sorted(Comparator.comparing(CheckResult::outcome))
                .toList();
    }

    /** The broken checks that no cause accounts for: nobody knows yet what is behind them. */
    public List<CheckResult> unknown() {
        return unexplained().stream()
                .filter(result -> result.outcome() == Outcome.FAILED)
                .toList();
    }

    /** The same without the exchanges, which take the most room by far. */
    public Report withoutExchanges() {
        return new Report(
                version,
                address,
                transport,
                revision,
                insecure,
                startedAt,
                durationMillis,
                causes,
                advice,
                clients.stream().map(ClientReadiness::withoutExchanges).toList(),
                checks.stream().map(CheckResult::withoutExchanges).toList(),
                baseline);
    }
}

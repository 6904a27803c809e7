package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.catalogue.Cause.Severity;
import dev.mcppreflight.conformance.report.Baseline;
import dev.mcppreflight.conformance.report.CheckResult;
import dev.mcppreflight.conformance.report.Outcome;
import dev.mcppreflight.conformance.report.Report;
import java.util.Locale;

/** How grave a finding has to be to stop a build. */
enum Threshold {
    /** A broken MUST, or a cause for which a client cannot connect. */
    BLOCKER(Severity.BLOCKER, Outcome.FAILED),
    /** Also a cause that only some clients mind. */
    MAJOR(Severity.MAJOR, Outcome.FAILED),
    /** Anything that is not as it should be. */
    WARNING(Severity.MINOR, Outcome.WARNED),
    /** Nothing: the report is all that is wanted. */
    NEVER(null, null);

    private final Severity severity;
    private final Outcome outcome;

    Threshold(Severity severity, Outcome outcome) {
        this.severity = severity;
        this.outcome = outcome;
    }

    /** The threshold of that word. */
    static Threshold of(String word) {
        try {
            return valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--fail-on cannot be '" + word + "'", "blocker, major, warning or never.");
        }
    }

    /** Whether the report holds something of that weight that its baseline does not accept, or a stale entry. */
    boolean isReachedBy(Report report) {
        if (this == NEVER) {
            return false;
        }
        Baseline.Standing baseline = report.baseline();
        return !baseline.stale().isEmpty()
                || report.causes().stream()
                        .filter(found -> !baseline.accepts(found.cause().id()))
                        .anyMatch(found -> found.cause().severity().compareTo(severity) <= 0)
                || report.checks().stream()
                        .filter(CheckResult::isFinding)
                        .filter(result -> !baseline.accepts(result.check().id()))
                        .anyMatch(result -> result.outcome().compareTo(outcome) <= 0);
    }
}

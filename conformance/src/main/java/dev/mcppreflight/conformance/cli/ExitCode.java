package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.report.Outcome;
import dev.mcppreflight.conformance.report.Report;
import java.util.Map;

/** What the process says to the one that started it. */
final class ExitCode {

    /** Nothing is wrong; a warning alone is no reason to stop a build. */
    static final int OK = 0;

    /** Something is wrong with the target. */
    static final int FINDINGS = 1;

    /** Something is wrong with the arguments. */
    static final int USAGE = 2;

    /** Something is wrong with this tool. */
    static final int HARNESS = 3;

    private ExitCode() {}

    /**
     * The exit code for this report.
     *
     * @param failOn how grave a finding has to be
     * @param requireAll whether what was not tested or blocked counts as a finding
     */
    static int of(Report report, Threshold failOn, boolean requireAll) {
        Map<Outcome, Integer> totals = report.totals();
        int open = totals.get(Outcome.NOT_TESTED) + totals.get(Outcome.BLOCKED);
        boolean lost = failOn != Threshold.NEVER
                && report.clients().stream()
                        .anyMatch(client -> client.asked() && client.verdict().equals("not-ready"));
        if (failOn.isReachedBy(report) || lost || requireAll && open > 0) {
            return FINDINGS;
        }
        if (totals.get(Outcome.HARNESS_ERROR) > 0) {
            return HARNESS;
        }
        // A run in which nothing was seen to be right proves nothing.
        return totals.get(Outcome.PASSED) == 0 && failOn != Threshold.NEVER ? FINDINGS : OK;
    }
}

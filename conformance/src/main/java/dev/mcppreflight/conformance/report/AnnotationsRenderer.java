package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.catalogue.Cause;
import java.util.Set;
import java.util.stream.Collectors;

/** The causes and the findings that none accounts for, as commands of a GitHub workflow: one line each, and no other. */
public final class AnnotationsRenderer {

    /** GitHub shows ten of a kind in a step. */
    private static final int MOST = 10;

    private static final int LONGEST_TEXT = 1_000;

    /** The report as lines; empty where nothing was found. */
    public String render(Report report) {
        StringBuilder lines = new StringBuilder();
        report.causes().stream().limit(MOST).forEach(found -> {
            Cause cause = found.cause();
            boolean known = report.baseline().accepts(cause.id());
            line(
                    lines,
                    known ? "notice" : kind(cause.severity()),
                    cause.id() + " " + cause.title(),
                    cause.because() + " Fix: " + cause.fix());
        });
        Set<String> explained = report.causes().stream()
                .flatMap(found -> found.checks().stream())
                .collect(Collectors.toSet());
        report.checks().stream()
                .filter(CheckResult::isFinding)
                .filter(result -> !explained.contains(result.check().id()))
                .limit(MOST)
                .forEach(result -> {
                    boolean known = report.baseline().accepts(result.check().id());
                    line(
                            lines,
                            known ? "notice" : result.outcome() == Outcome.FAILED ? "error" : "warning",
                            result.check().id() + " " + result.check().name(),
                            "Expected " + result.expected() + ", observed " + result.observed() + ". " + result.fix());
                });
        report.baseline()
                .stale()
                .forEach(entry -> line(
                        lines,
                        "error",
                        "baseline " + entry.id(),
                        Words.ENGLISH.say("baseline.stale", entry.id(), Words.ENGLISH.word(entry.now()))));
        return lines.toString();
    }

    private static String kind(Cause.Severity severity) {
        return switch (severity) {
            case BLOCKER, MAJOR -> "error";
            case MINOR -> "warning";
            case INFO -> "notice";
        };
    }

    private static void line(StringBuilder lines, String kind, String title, String text) {
        lines.append("::")
                .append(kind)
                .append(" title=")
                .append(data(title).replace(":", "%3A").replace(",", "%2C"))
                .append("::")
                .append(data(text))
                .append('\n');
    }

    /** As GitHub's runner reads it back. */
    private static String data(String text) {
        return Printable.line(text, LONGEST_TEXT).replace("%", "%25");
    }
}

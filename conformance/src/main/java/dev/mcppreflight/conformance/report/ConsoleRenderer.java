package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.catalogue.Level;
import dev.mcppreflight.conformance.report.Page.Style;
import dev.mcppreflight.conformance.wire.Exchange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * The report for people: the verdict, then the root cause with what shows it and what to do, then everything else in the
 * order in which one would work on it.
 */
public final class ConsoleRenderer {

    private static final int LONGEST_TEXT = 300;
    private static final int MOST_CHECKS = 4;
    private static final int MOST_REASONS = 5;
    private static final int MOST_ERRORS = 3;

    private final boolean colour;
    private final int width;

    /**
     * A renderer for one kind of terminal.
     *
     * @param colour whether to colour
     * @param width the columns to stay within
     */
    public ConsoleRenderer(boolean colour, int width) {
        this.colour = colour;
        this.width = width;
    }

    /** The report as text, ending with a line break. */
    public String render(Report report) {
        Page page = new Page(colour, width);
        heading(page, report);
        for (CauseFinding found : report.causes()) {
            page.blank();
            cause(page, report, found);
        }
        for (CheckResult result : unexplained(report)) {
            page.blank();
            finding(page, result);
        }
        harnessErrors(page, report);
        page.blank();
        LadderSummary.print(page, report);
        page.blank();
        clients(page, report);
        advice(page, report);
        untested(page, report);
        page.blank();
        totals(page, report);
        return page.text();
    }

    private void heading(Page page, Report report) {
        Style style =
                switch (report.verdict()) {
                    case READY -> Style.GOOD;
                    case READY_WITH_WARNINGS -> Style.DUBIOUS;
                    case NOT_READY -> Style.BAD;
                };
        String word = report.verdict().word().replace('-', ' ').toUpperCase(Locale.ROOT);
        page.line(page.styled(style, word), "  ", page.styled(Style.BOLD, Printable.line(report.address(), 200)));
        page.paragraph("  ", spokenOver(report));
        if (report.insecure()) {
            page.paragraph("  ", "Certificates were not judged (--insecure).");
        }
    }

    private static String spokenOver(Report report) {
        String transport =
                switch (report.transport()) {
                    case "sse" -> "HTTP+SSE";
                    case "streamable" -> "Streamable HTTP";
                    case "stdio" -> "stdio";
                    default -> "transport not found out";
                };
        return transport + (report.revision().isEmpty() ? "" : ", revision " + report.revision());
    }

    private static void cause(Page page, Report report, CauseFinding found) {
        Cause cause = found.cause();
        boolean grave = cause.severity() == Cause.Severity.BLOCKER || cause.severity() == Cause.Severity.MAJOR;
        page.title(
                grave ? "✗" : "!",
                grave ? Style.BAD : Style.DUBIOUS,
                cause.id(),
                cause.title(),
                cause.severity().word());
        page.field("because", cause.because());
        for (int i = 0; i < found.evidence().size(); i++) {
            page.field(i == 0 ? "evidence" : "", Printable.line(found.evidence().get(i), LONGEST_TEXT));
        }
        page.field("fix", cause.fix());
        checks(page, report, found);
        cause.sources().stream()
                .map(Page::link)
                .filter(source -> source.startsWith("https://"))
                .findFirst()
                .ifPresent(source -> page.field("read", source));
        page.field("more", "preflight explain " + cause.id());
    }

    private static void checks(Page page, Report report, CauseFinding found) {
        Map<String, CheckResult> results = report.checks().stream()
                .collect(Collectors.toMap(result -> result.check().id(), result -> result, (first, second) -> first));
        List<String> lines = new ArrayList<>();
        for (String id :
                found.checks().subList(0, Math.min(MOST_CHECKS, found.checks().size()))) {
            CheckResult result = results.get(id);
            lines.add(result == null ? id : id + "  " + result.check().name());
        }
        if (found.checks().size() > MOST_CHECKS) {
            lines.add("and " + (found.checks().size() - MOST_CHECKS) + " more");
        }
        if (found.blocked() > 0) {
            lines.add(counted(found.blocked(), "check") + " could not be made because of this");
        }
        for (int i = 0; i < lines.size(); i++) {
            page.field(i == 0 ? "checks" : "", lines.get(i));
        }
    }

    /** What no cause accounts for: it has to speak for itself. */
    private static List<CheckResult> unexplained(Report report) {
        Set<String> explained =
                report.causes().stream().map(found -> found.cause().id()).collect(Collectors.toSet());
        return report.checks().stream()
                .filter(CheckResult::isFinding)
                .filter(result -> !explained.contains(result.cause()))
                .filter(result -> report.causes().stream().noneMatch(found -> found.checks()
                        .contains(result.check().id())))
                .sorted((a, b) -> a.outcome().compareTo(b.outcome()))
                .toList();
    }

    private static void finding(Page page, CheckResult result) {
        boolean failed = result.outcome() == Outcome.FAILED;
        Level level = result.check().level();
        page.title(
                failed ? "✗" : "!",
                failed ? Style.BAD : Style.DUBIOUS,
                result.check().id(),
                result.check().name(),
                level == Level.ADVISORY ? "advisory" : level.name());
        page.field("expected", Printable.line(result.expected(), LONGEST_TEXT));
        page.field("observed", Printable.line(result.observed(), LONGEST_TEXT));
        page.field("because", result.because());
        page.field("fix", result.fix());
        page.field("read", result.source());
        if (failed) {
            wire(page, result.exchanges());
        }
        page.field("more", "preflight explain " + result.check().id());
    }

    /** The last exchange is the one that decided. */
    private static void wire(Page page, List<Exchange> exchanges) {
        if (exchanges.isEmpty()) {
            return;
        }
        Exchange last = exchanges.get(exchanges.size() - 1);
        long millis = last.timings().end();
        page.field("wire", last.summary() + (millis < 0 ? "" : " after " + millis + " ms"));
        if (!last.requestBody().isEmpty() && (last.status() != 0 || last.isStdio())) {
            page.verbatim("> ", last.requestBody());
        }
        String answer = last.answer() == null || last.answer().isEmpty() ? last.body() : last.answer();
        if (!answer.isEmpty()) {
            page.verbatim("< ", answer);
        }
    }

    private static void harnessErrors(Page page, Report report) {
        List<CheckResult> errors = report.checks().stream()
                .filter(result -> result.outcome() == Outcome.HARNESS_ERROR)
                .toList();
        for (CheckResult result : errors.subList(0, Math.min(MOST_ERRORS, errors.size()))) {
            page.blank();
            page.title("?", Style.DUBIOUS, result.check().id(), result.check().name(), "error of this tool");
            page.field("reason", Printable.line(result.reason(), LONGEST_TEXT));
        }
        if (errors.size() > MOST_ERRORS) {
            page.blank();
            page.paragraph("? ", "and " + counted(errors.size() - MOST_ERRORS, "more error") + " of this tool");
        }
    }

    private static void clients(Page page, Report report) {
        Map<String, StringJoiner> byVerdict = new LinkedHashMap<>();
        for (ClientReadiness client : report.clients()) {
            String reasons = client.reasons().isEmpty() ? "" : " (" + String.join(", ", client.reasons()) + ")";
            byVerdict
                    .computeIfAbsent(client.verdict().replace('-', ' ') + reasons, verdict -> new StringJoiner(", "))
                    .add(client.client());
        }
        List<String> lines = new ArrayList<>();
        byVerdict.forEach((verdict, clients) -> lines.add(clients + ": " + verdict));
        for (int i = 0; i < lines.size(); i++) {
            page.field(i == 0 ? "clients" : "", lines.get(i));
        }
    }

    /** Grouped by when it will matter. */
    private static void advice(Page page, Report report) {
        Map<String, List<Advice>> byTime = report.advice().stream()
                .collect(Collectors.groupingBy(Advice::when, LinkedHashMap::new, Collectors.toList()));
        byTime.forEach((when, advices) -> {
            page.field("advice", when + ":");
            advices.forEach(advice -> page.field("", advice.id() + " " + advice.title()));
        });
    }

    /** What was left out, by what it would take to try it. */
    private static void untested(Page page, Report report) {
        Map<String, Integer> reasons = new LinkedHashMap<>();
        report.checks().stream()
                .filter(result -> result.outcome() == Outcome.NOT_TESTED)
                .forEach(result -> reasons.merge(result.reason(), 1, Integer::sum));
        reasons.entrySet().stream()
                .limit(MOST_REASONS)
                .forEach(reason -> page.field("not tested", reason.getValue() + ": " + reason.getKey()));
        if (reasons.size() > MOST_REASONS) {
            page.field("", "and " + (reasons.size() - MOST_REASONS) + " more reasons");
        }
    }

    private static void totals(Page page, Report report) {
        StringJoiner words = new StringJoiner(", ");
        report.totals().forEach((outcome, count) -> {
            if (count > 0) {
                words.add(count + " " + LadderSummary.word(outcome));
            }
        });
        page.paragraph(
                "",
                counted(report.checks().size(), "check") + " in "
                        + String.format(Locale.ROOT, "%.1f s", report.durationMillis() / 1000.0)
                        + (words.length() == 0 ? "" : ": " + words));
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}

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

    /** How much is told. */
    public enum Detail {
        /** The verdict, and what is behind it. */
        CAUSES,
        NORMAL,
        /** Each finding with its exchanges. */
        EXCHANGES
    }

    private final Words words;
    private final Detail detail;
    private final boolean colour;
    private final int width;

    /**
     * A renderer for one kind of terminal.
     *
     * @param words the language
     * @param detail how much is told
     * @param colour whether to colour
     * @param width the columns to stay within
     */
    public ConsoleRenderer(Words words, Detail detail, boolean colour, int width) {
        this.words = words;
        this.detail = detail;
        this.colour = colour;
        this.width = width;
    }

    /** The report as text, ending with a line break. */
    public String render(Report english) {
        Report report = words.told(english);
        Page page = new Page(colour, width);
        heading(page, report);
        for (CauseFinding found : report.causes()) {
            page.blank();
            cause(page, report, found);
        }
        if (!report.unknown().isEmpty()) {
            page.blank();
            page.paragraph("", words.counted(report.unknown().size(), "unknown"));
        }
        for (CheckResult result : detail == Detail.EXCHANGES ? findings(report) : report.unexplained()) {
            page.blank();
            finding(page, result);
        }
        harnessErrors(page, report);
        page.blank();
        if (detail != Detail.CAUSES) {
            ladder(page, report);
            page.blank();
            new ClientSummary(page, words).print(report);
            advice(page, report);
            untested(page, report);
            page.blank();
        } else {
            // Who asks for a client wants to know of it.
            new ClientSummary(page, words).printAsked(report);
        }
        baseline(page, report);
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
        String word = words.verdict(report.verdict().word()).toUpperCase(Locale.ROOT);
        page.line(page.styled(style, word), "  ", page.styled(Style.BOLD, Printable.line(report.address(), 200)));
        page.paragraph("  ", spokenOver(report));
        if (report.insecure()) {
            page.paragraph("  ", words.say("insecure"));
        }
    }

    private String spokenOver(Report report) {
        String transport = words.transport(report.transport());
        return report.revision().isEmpty() ? transport : words.say("revision", transport, report.revision());
    }

    private void cause(Page page, Report report, CauseFinding found) {
        Cause cause = found.cause();
        boolean grave = cause.severity() == Cause.Severity.BLOCKER || cause.severity() == Cause.Severity.MAJOR;
        page.title(
                grave ? "✗" : "!",
                grave ? Style.BAD : Style.DUBIOUS,
                cause.id(),
                cause.title(),
                words.word(cause.severity()));
        page.field(words.say("because"), cause.because());
        for (int i = 0; i < found.evidence().size(); i++) {
            page.field(
                    i == 0 ? words.say("evidence") : "",
                    Printable.line(found.evidence().get(i), LONGEST_TEXT));
        }
        page.field(words.say("fix"), cause.fix());
        checks(page, report, found);
        cause.sources().stream()
                .map(Page::link)
                .filter(source -> source.startsWith("https://"))
                .findFirst()
                .ifPresent(source -> page.field(words.say("read"), source));
        page.field(words.say("more"), "preflight explain " + cause.id());
    }

    private void checks(Page page, Report report, CauseFinding found) {
        Map<String, CheckResult> results = report.checks().stream()
                .collect(Collectors.toMap(result -> result.check().id(), result -> result, (first, second) -> first));
        List<String> lines = new ArrayList<>();
        for (String id :
                found.checks().subList(0, Math.min(MOST_CHECKS, found.checks().size()))) {
            CheckResult result = results.get(id);
            lines.add(result == null ? id : id + "  " + result.check().name());
        }
        if (found.checks().size() > MOST_CHECKS) {
            lines.add(words.say("checks.more", found.checks().size() - MOST_CHECKS));
        }
        if (found.blocked() > 0) {
            lines.add(words.counted(found.blocked(), "checks.blocked"));
        }
        for (int i = 0; i < lines.size(); i++) {
            page.field(i == 0 ? words.say("checks") : "", lines.get(i));
        }
    }

    private static List<CheckResult> findings(Report report) {
        return report.checks().stream().filter(CheckResult::isFinding).toList();
    }

    private void finding(Page page, CheckResult result) {
        boolean failed = result.outcome() == Outcome.FAILED;
        Level level = result.check().level();
        page.title(
                failed ? "✗" : "!",
                failed ? Style.BAD : Style.DUBIOUS,
                result.check().id(),
                result.check().name(),
                words.word(level));
        page.field(words.say("expected"), Printable.line(result.expected(), LONGEST_TEXT));
        page.field(words.say("observed"), Printable.line(result.observed(), LONGEST_TEXT));
        page.field(words.say("because"), result.because());
        page.field(words.say("fix"), result.fix());
        page.field(words.say("read"), result.source());
        if (detail == Detail.EXCHANGES) {
            result.exchanges().forEach(exchange -> ExchangeText.print(page, exchange, words));
        } else if (failed) {
            wire(page, result.exchanges());
        }
        page.field(words.say("more"), "preflight explain " + result.check().id());
    }

    /** The last exchange is the one that decided. */
    private void wire(Page page, List<Exchange> exchanges) {
        if (exchanges.isEmpty()) {
            return;
        }
        Exchange last = exchanges.get(exchanges.size() - 1);
        long millis = last.timings().end();
        page.field(
                words.say("wire"),
                millis < 0 ? words.line(last.summary()) : words.say("after", words.line(last.summary()), millis));
        if (!last.requestBody().isEmpty() && (last.status() != 0 || last.isStdio())) {
            page.verbatim("> ", last.requestBody());
        }
        String answer = last.answer() == null || last.answer().isEmpty() ? last.body() : last.answer();
        if (!answer.isEmpty()) {
            page.verbatim("< ", answer);
        }
    }

    private void harnessErrors(Page page, Report report) {
        List<CheckResult> errors = report.checks().stream()
                .filter(result -> result.outcome() == Outcome.HARNESS_ERROR)
                .toList();
        for (CheckResult result : errors.subList(0, Math.min(MOST_ERRORS, errors.size()))) {
            page.blank();
            page.title("?", Style.DUBIOUS, result.check().id(), result.check().name(), words.say("harness.error"));
            page.field(words.say("reason"), Printable.line(result.reason(), LONGEST_TEXT));
        }
        if (errors.size() > MOST_ERRORS) {
            page.blank();
            page.paragraph("? ", words.counted(errors.size() - MOST_ERRORS, "harness.more"));
        }
    }

    /** One line for each rung: how far the target got. */
    private void ladder(Page page, Report report) {
        for (Rung rung : Rung.of(report)) {
            StringJoiner counts = new StringJoiner(", ");
            rung.counts().forEach((outcome, count) -> counts.add(words.counted(count, outcome)));
            page.marked(rung.mark().sign(), rung.mark().style(), words.word(rung.stage()), counts.toString());
        }
    }

    /** Grouped by when it will matter. */
    private void advice(Page page, Report report) {
        Map<String, List<Advice>> byTime = report.advice().stream()
                .collect(Collectors.groupingBy(Advice::when, LinkedHashMap::new, Collectors.toList()));
        byTime.forEach((when, advices) -> {
            page.field(words.say("advice"), words.say("advice.when", when));
            advices.forEach(advice -> page.field("", advice.id() + " " + advice.title()));
        });
    }

    /** What was left out, by what it would take to try it. */
    private void untested(Page page, Report report) {
        Map<String, Integer> reasons = new LinkedHashMap<>();
        report.checks().stream()
                .filter(result -> result.outcome() == Outcome.NOT_TESTED)
                .forEach(result -> reasons.merge(result.reason(), 1, Integer::sum));
        reasons.entrySet().stream()
                .limit(MOST_REASONS)
                .forEach(reason ->
                        page.field(words.say("not-tested"), words.say("pair", reason.getValue(), reason.getKey())));
        if (reasons.size() > MOST_REASONS) {
            page.field("", words.say("reasons.more", reasons.size() - MOST_REASONS));
        }
    }

    private void baseline(Page page, Report report) {
        if (!report.baseline().given()) {
            return;
        }
        page.field(
                words.say("baseline"), words.counted(report.baseline().known().size(), "baseline.known"));
        for (Baseline.Stale entry : report.baseline().stale()) {
            page.field("", words.say("baseline.stale", entry.id(), words.word(entry.now())));
        }
        page.blank();
    }

    private void totals(Page page, Report report) {
        StringJoiner counts = new StringJoiner(", ");
        report.totals().forEach((outcome, count) -> {
            if (count > 0) {
                counts.add(words.counted(count, outcome));
            }
        });
        String checks = words.counted(report.checks().size(), "checks");
        String time = words.seconds(report.durationMillis());
        page.paragraph(
                "",
                counts.length() == 0
                        ? words.say("summary", checks, time)
                        : words.say("summary.counts", checks, time, counts));
    }
}

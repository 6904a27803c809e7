package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.catalogue.Cause;
import java.util.List;
import java.util.StringJoiner;

/**
 * The report as GitHub-flavoured Markdown, for the summary of a workflow or a comment on a pull request: the verdict, the
 * root cause with its fix, then tables. What a server said stands as code, where nothing in it is a link or a mention.
 */
public final class MarkdownRenderer {

    private static final int MOST_FINDINGS = 50;
    private static final int LONGEST_TEXT = 300;

    private final Words words;

    /** @param words the language */
    public MarkdownRenderer(Words words) {
        this.words = words;
    }

    /** The report as Markdown, ending with a line break. */
    public String render(Report english) {
        Report report = words.told(english);
        MarkdownText text = new MarkdownText();
        heading(text, report);
        report.causes().forEach(found -> cause(text, report, found));
        unknown(text, report);
        findings(text, report);
        ladder(text, report);
        clients(text, report);
        advice(text, report);
        baseline(text, report);
        text.line(totals(report));
        return text.toString();
    }

    private void heading(MarkdownText text, Report report) {
        String sign =
                switch (report.verdict()) {
                    case READY -> "✅";
                    case READY_WITH_WARNINGS -> "⚠️";
                    case NOT_READY -> "❌";
                };
        String verdict = words.verdict(report.verdict().word());
        text.line("## " + sign + " " + words.say("md.heading", verdict, MarkdownText.code(report.address())));
        text.blank();
        String transport = words.transport(report.transport());
        text.line(
                report.revision().isEmpty()
                        ? transport
                        : words.say("revision", transport, MarkdownText.prose(report.revision())));
        if (report.insecure()) {
            text.line(MarkdownText.prose(words.say("insecure")));
        }
        text.blank();
    }

    private void cause(MarkdownText text, Report report, CauseFinding found) {
        Cause cause = found.cause();
        text.line("### " + MarkdownText.prose(cause.id() + " " + cause.title()) + " · " + words.word(cause.severity()));
        text.blank();
        labelled(text, "because", MarkdownText.prose(cause.because()));
        labelled(text, "fix", MarkdownText.prose(cause.fix()));
        if (!found.evidence().isEmpty()) {
            text.line("**" + words.say("md.evidence") + "**");
            text.blank();
            text.fenced(found.evidence().stream()
                    .map(line -> Printable.line(line, LONGEST_TEXT))
                    .toList());
        }
        if (found.blocked() > 0) {
            text.line(words.counted(found.blocked(), "checks.blocked") + ".");
            text.blank();
        }
        cause.sources().stream()
                .map(Page::link)
                .filter(source -> source.startsWith("https://"))
                .findFirst()
                .ifPresent(source -> labelled(text, "read", "<" + MarkdownText.address(source) + ">"));
        if (report.baseline().accepts(cause.id())) {
            text.line("_" + words.say("accepted") + "_");
            text.blank();
        }
    }

    /** What nobody can explain speaks for itself: the first check that failed, with what went over the wire. */
    private void unknown(MarkdownText text, Report report) {
        List<CheckResult> unknown = report.unknown();
        if (unknown.isEmpty()) {
            return;
        }
        CheckResult first = unknown.get(0);
        text.line("### " + words.say("unknown.title"));
        text.blank();
        text.line(words.counted(unknown.size(), "unknown"));
        text.blank();
        text.line(MarkdownText.prose(first.check().id() + " " + first.check().name()));
        text.blank();
        labelled(text, "expected", MarkdownText.prose(first.expected()));
        labelled(text, "observed", MarkdownText.code(Printable.line(first.observed(), LONGEST_TEXT)));
        List<String> lines = first.lastWords();
        if (!lines.isEmpty()) {
            text.fenced(lines.stream()
                    .map(line -> Printable.line(line, LONGEST_TEXT))
                    .toList());
        }
    }

    private void labelled(MarkdownText text, String key, String value) {
        if (!value.isBlank()) {
            text.line("**" + words.say("md." + key) + "** " + value);
            text.blank();
        }
    }

    private void findings(MarkdownText text, Report report) {
        List<CheckResult> findings =
                report.checks().stream().filter(CheckResult::isFinding).toList();
        if (findings.isEmpty()) {
            return;
        }
        text.line("### " + words.counted(findings.size(), "findings"));
        text.blank();
        text.row(
                words.say("check"),
                words.say("outcome"),
                words.say("expected"),
                words.say("observed"),
                words.say("fix"));
        text.rule(5);
        for (CheckResult result : findings.subList(0, Math.min(MOST_FINDINGS, findings.size()))) {
            String accepted = report.baseline().accepts(result.check().id()) ? ", " + words.say("accepted") : "";
            text.row(
                    result.check().id() + " "
                            + MarkdownText.prose(result.check().name()),
                    words.word(result.outcome()) + " ("
                            + words.word(result.check().level()) + ")" + accepted,
                    MarkdownText.prose(result.expected()),
                    MarkdownText.code(Printable.line(result.observed(), LONGEST_TEXT)),
                    MarkdownText.prose(result.fix()));
        }
        if (findings.size() > MOST_FINDINGS) {
            text.line(words.say("checks.more", findings.size() - MOST_FINDINGS));
        }
        text.blank();
    }

    private void ladder(MarkdownText text, Report report) {
        text.row(words.say("rung"), "", words.say("checks"));
        text.rule(3);
        for (Rung rung : Rung.of(report)) {
            StringJoiner counts = new StringJoiner(", ");
            rung.counts().forEach((outcome, count) -> counts.add(words.counted(count, outcome)));
            text.row(words.word(rung.stage()), rung.mark().emblem(), counts.toString());
        }
        text.blank();
    }

    private void clients(MarkdownText text, Report report) {
        if (report.clients().isEmpty()) {
            return;
        }
        text.row(words.say("client"), words.say("verdict"), words.say("because"));
        text.rule(3);
        for (ClientReadiness client : report.clients()) {
            text.row(
                    MarkdownText.prose(client.client()),
                    words.verdict(client.verdict()),
                    MarkdownText.prose(String.join(", ", client.reasons())));
        }
        text.blank();
    }

    private void advice(MarkdownText text, Report report) {
        for (Advice advice : report.advice()) {
            text.line("- " + MarkdownText.prose(advice.id() + " " + advice.title()) + " · "
                    + MarkdownText.prose(advice.when()));
        }
        text.blank();
    }

    private void baseline(MarkdownText text, Report report) {
        if (!report.baseline().given()) {
            return;
        }
        text.line(words.counted(report.baseline().known().size(), "baseline.known") + ".");
        for (Baseline.Stale entry : report.baseline().stale()) {
            text.line("- " + MarkdownText.prose(words.say("baseline.stale", entry.id(), words.word(entry.now()))));
        }
        text.blank();
    }

    private String totals(Report report) {
        String checks = words.counted(report.checks().size(), "checks");
        return words.say("summary", checks, words.seconds(report.durationMillis())) + " · preflight "
                + MarkdownText.prose(report.version());
    }
}

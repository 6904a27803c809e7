package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.catalogue.Cause;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The report as one HTML page that needs nothing else: no network, no other file. Its policy lets only its own style and
 * script run, so that nothing a server said could, even if it got in.
 */
public final class HtmlRenderer {

    private static final int LONGEST_LINE = 500;

    private final Words words;

    /** @param words the language */
    public HtmlRenderer(Words words) {
        this.words = words;
    }

    /** The report as a page, ending with a line break. */
    public String render(Report english) {
        Report report = words.told(english);
        Html html = new Html();
        HtmlFrame frame = new HtmlFrame(words);
        frame.head(
                html, words.say("pair", capital(words.verdict(report.verdict().word())), report.address()), true);
        html.open("body");
        html.element("a", words.say("html.skip"), "class", "skip", "href", "#checks");
        header(html, report);
        html.open("main");
        causes(html, report);
        unknown(html, report);
        new HtmlLadder(words).write(html, report);
        new HtmlClients(words).write(html, report);
        advice(html, report);
        baseline(html, report);
        new HtmlChecks(words).write(html, report);
        new HtmlCoverage(words).write(html, report);
        html.closeLine();
        frame.footer(html, report.version());
        html.open("script").verbatim(HtmlFrame.script()).closeLine();
        return html.close().close() + "\n";
    }

    private void header(Html html, Report report) {
        String verdict = report.verdict().word();
        html.open("header", "class", "page " + verdict);
        html.element("p", words.say("html.brand"), "class", "brand");
        html.open("h1");
        html.element("span", capital(words.verdict(verdict)), "class", "verdict")
                .text(" ");
        html.element("span", report.address(), "class", "address").close();
        html.open("p", "class", "meta");
        String transport = words.transport(report.transport());
        html.text(report.revision().isEmpty() ? transport : words.say("revision", transport, report.revision()));
        html.text(" · " + HtmlFrame.time(report.startedAt()) + " · ");
        html.text(words.say(
                "summary", words.counted(report.checks().size(), "checks"), words.seconds(report.durationMillis())));
        html.closeLine();
        if (report.insecure()) {
            html.element("p", words.say("insecure"), "class", "note").verbatim("\n");
        }
        if (report.causes().isEmpty()) {
            html.element("p", words.say("html.verdict." + verdict), "class", "lead");
        }
        html.closeLine();
    }

    private void causes(Html html, Report report) {
        for (int i = 0; i < report.causes().size(); i++) {
            if (i == 0) {
                html.open("section", "class", "causes", "aria-labelledby", "root");
                html.element("h2", words.say("html.root"), "id", "root").verbatim("\n");
            } else if (i == 1) {
                html.element("h2", words.say("html.others"), "class", "others").verbatim("\n");
            }
            cause(html, report, report.causes().get(i), i == 0);
        }
        if (!report.causes().isEmpty()) {
            html.closeLine();
        }
    }

    /** What nobody can explain speaks for itself: the first check that failed, with what went over the wire. */
    private void unknown(Html html, Report report) {
        List<CheckResult> unknown = report.unknown();
        if (unknown.isEmpty()) {
            return;
        }
        CheckResult first = unknown.get(0);
        html.open("section", "class", "unknown", "aria-labelledby", "unknown");
        html.element("h2", words.say("unknown.title"), "id", "unknown").verbatim("\n");
        html.element("p", words.counted(unknown.size(), "unknown")).open("article", "class", "cause");
        html.open("h3").open("a", "href", "#check-" + first.check().id());
        html.element("code", first.check().id())
                .close()
                .text(" " + first.check().name());
        html.closeLine();
        html.open("dl").element("dt", words.say("expected")).element("dd", first.expected());
        html.element("dt", words.say("observed"));
        html.element("dd", Printable.line(first.observed(), LONGEST_LINE)).closeLine();
        List<String> lines = first.lastWords();
        if (!lines.isEmpty()) {
            html.open("ul", "class", "evidence");
            lines.forEach(line -> html.open("li")
                    .element("code", Printable.line(line, LONGEST_LINE))
                    .close());
            html.closeLine();
        }
        html.closeLine().closeLine();
    }

    private void cause(Html html, Report report, CauseFinding found, boolean root) {
        Cause cause = found.cause();
        html.open(
                "article",
                "class",
                "cause " + cause.severity().word() + (root ? " root" : ""),
                "id",
                "cause-" + cause.id());
        html.open("h3").element("code", cause.id()).text(" ");
        html.text(cause.title()).text(" ");
        html.element(
                "span",
                words.word(cause.severity()),
                "class",
                "tag " + cause.severity().word());
        if (report.baseline().accepts(cause.id())) {
            html.text(" ").element("span", words.say("accepted"), "class", "tag");
        }
        html.closeLine();
        html.open("div", "class", "fix").element("h4", words.say("md.fix"));
        html.open("p").prose(cause.fix()).close().closeLine();
        html.open("p", "class", "because").prose(cause.because()).closeLine();
        if (!found.evidence().isEmpty()) {
            html.element("h4", words.say("md.evidence"));
            html.open("ul", "class", "evidence");
            found.evidence().forEach(line -> html.open("li")
                    .element("code", Printable.line(line, LONGEST_LINE))
                    .close());
            html.closeLine();
        }
        html.open("p", "class", "meta");
        if (found.blocked() > 0) {
            html.text(words.counted(found.blocked(), "checks.blocked")).text(". ");
        }
        places(html, cause);
        html.closeLine();
        html.closeLine();
    }

    private void places(Html html, Cause cause) {
        List<String> places = cause.sources().stream()
                .map(Page::link)
                .filter(source -> source.startsWith("https://"))
                .toList();
        for (int i = 0; i < places.size(); i++) {
            html.text(i == 0 ? words.say("md.read") + " " : ", ").link(places.get(i), label(places.get(i)));
        }
    }

    /** An address without what says nothing. */
    static String label(String place) {
        return place.replaceFirst("^https://(www\\.)?", "")
                .replaceFirst("[#?].*", "")
                .replaceFirst("/$", "");
    }

    private void advice(Html html, Report report) {
        if (report.advice().isEmpty()) {
            return;
        }
        html.open("section", "aria-labelledby", "advice");
        html.element("h2", words.say("html.advice"), "id", "advice");
        Map<String, List<Advice>> byTime = report.advice().stream()
                .collect(Collectors.groupingBy(words::when, LinkedHashMap::new, Collectors.toList()));
        byTime.forEach((when, advices) -> {
            html.element("p", capital(words.say("advice.when", when)), "class", "meta")
                    .open("ul", "class", "plain");
            for (Advice advice : advices) {
                html.open("li").element("code", advice.id()).text(" ");
                html.element("span", advice.title()).closeLine();
            }
            html.close();
        });
        html.closeLine();
    }

    private void baseline(Html html, Report report) {
        if (!report.baseline().given()) {
            return;
        }
        html.open("section", "aria-labelledby", "baseline");
        html.element("h2", words.say("html.baseline"), "id", "baseline");
        html.element("p", words.counted(report.baseline().known().size(), "baseline.known"));
        html.open("ul", "class", "plain");
        for (Baseline.Stale entry : report.baseline().stale()) {
            html.element("li", words.say("baseline.stale", entry.id(), words.word(entry.now())));
        }
        html.close().closeLine();
    }

    static String capital(String words) {
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + words.substring(1);
    }
}

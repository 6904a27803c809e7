package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.catalogue.Revision;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How much of each revision of the specification was seen to be right, from the checks that hold in it. */
final class HtmlCoverage {

    private final Words words;

    HtmlCoverage(Words words) {
        this.words = words;
    }

    void write(Html html, Report report) {
        List<Outcome> outcomes = new ArrayList<>();
        report.totals().forEach((outcome, count) -> {
            if (count > 0) {
                outcomes.add(outcome);
            }
        });
        html.open("section", "aria-labelledby", "coverage");
        html.element("h2", words.say("html.coverage"), "id", "coverage");
        html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-labelledby", "coverage");
        html.open("table").open("thead").open("tr").element("th", words.say("html.revision"), "scope", "col");
        html.element("th", words.say("checks"), "scope", "col");
        outcomes.forEach(outcome -> html.element("th", words.word(outcome), "scope", "col"));
        html.close().close().open("tbody").verbatim("\n");
        for (String revision : Revision.ALL) {
            row(html, report, revision, outcomes);
        }
        html.close().close().close();
        html.element("p", words.say("html.coverage.note"), "class", "meta").closeLine();
    }

    private void row(Html html, Report report, String revision, List<Outcome> outcomes) {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        report.checks().stream()
                .filter(result -> result.check().revisions().contains(revision))
                .forEach(result -> counts.merge(result.outcome(), 1, Integer::sum));
        boolean judged = revision.equals(report.revision());
        html.open("tr", "class", judged ? "judged" : null).open("th", "scope", "row");
        html.link("https://modelcontextprotocol.io/specification/" + revision, revision);
        if (judged) {
            html.text(" ").element("span", words.say("html.negotiated"), "class", "tag");
        }
        html.close();
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        html.element("td", String.valueOf(all));
        outcomes.forEach(outcome -> html.element("td", String.valueOf(counts.getOrDefault(outcome, 0))));
        html.closeLine();
    }
}

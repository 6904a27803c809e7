package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.catalogue.Check;
import dev.mcppreflight.conformance.catalogue.Requirement;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** The checks by feature, to be filtered and searched; without a script they can all be opened and read as well. */
final class HtmlChecks {

    private static final int LONGEST_TEXT = 2_048;

    private final Words words;
    private final HtmlExchanges exchanges;
    private final Catalogue catalogue = new Catalogue();

    HtmlChecks(Words words) {
        this.words = words;
        this.exchanges = new HtmlExchanges(words);
    }

    void write(Html html, Report report) {
        html.open("section", "aria-labelledby", "checks");
        html.element("h2", words.say("html.checks"), "id", "checks", "tabindex", "-1")
                .verbatim("\n");
        filters(html, report);
        Map<String, List<CheckResult>> features = report.checks().stream()
                .collect(Collectors.groupingBy(
                        result -> result.check().feature(), LinkedHashMap::new, Collectors.toList()));
        features.forEach((feature, results) -> feature(html, report, feature, results));
        html.element("p", words.say("html.nothing"), "class", "no-match", "hidden", "hidden");
        html.closeLine();
    }

    private void filters(Html html, Report report) {
        html.open(
                "form",
                "class",
                "filters",
                "role",
                "search",
                "hidden",
                "hidden",
                "aria-label",
                words.say("html.filter"));
        html.open("label", "class", "search").text(words.say("html.search")).text(" ");
        html.open("input", "type", "search", "id", "search", "autocomplete", "off", "spellcheck", "false")
                .close();
        html.open("fieldset").element("legend", words.say("outcome"), "class", "quiet");
        report.totals().forEach((outcome, count) -> {
            if (count > 0) {
                html.open("label", "class", "chip " + style(outcome));
                html.open(
                        "input", "type", "checkbox", "name", "outcome", "value", outcome.name(), "checked", "checked");
                html.text(" ").element("span", words.counted(count, outcome)).close();
            }
        });
        html.close();
        html.open(
                "output",
                "for",
                "search",
                "id",
                "shown",
                "aria-live",
                "polite",
                "data-some",
                words.say("html.shown", "#", report.checks().size()));
        html.close().closeLine();
    }

    private void feature(Html html, Report report, String feature, List<CheckResult> results) {
        boolean findings = results.stream().anyMatch(CheckResult::isFinding);
        html.open("details", "class", "feature", "open", findings ? "open" : null);
        html.open("summary").element("h3", feature).text(" ");
        html.element("span", counts(results), "class", "meta").closeLine();
        results.forEach(result -> check(html, report, result));
        html.closeLine();
    }

    private String counts(List<CheckResult> results) {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        results.forEach(result -> counts.merge(result.outcome(), 1, Integer::sum));
        StringJoiner said = new StringJoiner(", ");
        counts.forEach((outcome, count) -> said.add(words.counted(count, outcome)));
        return said.toString();
    }

    private void check(Html html, Report report, CheckResult result) {
        Check check = result.check();
        html.open(
                "details",
                "class",
                "check " + style(result.outcome()),
                "id",
                "check-" + check.id(),
                "data-outcome",
                result.outcome().name());
        html.open("summary");
        html.element("span", words.word(result.outcome()), "class", "outcome").text(" ");
        html.element("code", check.id()).text(" ");
        html.element("span", check.name(), "class", "name", "lang", "en").text(" ");
        html.element("span", words.word(check.level()), "class", "tag");
        if (report.baseline().accepts(check.id())) {
            html.text(" ").element("span", words.say("accepted"), "class", "tag");
        }
        html.closeLine();
        facts(html, result);
        exchanges.write(html, result.exchanges());
        html.closeLine();
    }

    private void facts(Html html, CheckResult result) {
        Requirement requirement = catalogue.requirement(result.check().id()).orElse(null);
        html.open("dl");
        fact(html, "reason", result.reason());
        fact(html, "expected", result.expected());
        fact(html, "observed", result.observed());
        fact(html, "because", result.because());
        fact(html, "fix", result.fix());
        if (!result.cause().isEmpty()) {
            html.element("dt", words.say("html.cause"));
            html.open("dd")
                    .element("a", result.cause(), "href", "#cause-" + result.cause())
                    .close();
        }
        if (requirement != null) {
            fact(html, "html.says", words.sentence(requirement.says()));
        }
        String source = result.source().isEmpty() && requirement != null ? requirement.source() : result.source();
        if (!source.isEmpty()) {
            html.element("dt", words.say("md.read"))
                    .open("dd")
                    .link(source, HtmlRenderer.label(source))
                    .close();
        }
        fact(html, "html.revisions", String.join(", ", result.check().revisions()));
        html.closeLine();
    }

    private void fact(Html html, String key, String text) {
        if (!text.isEmpty()) {
            html.element("dt", HtmlRenderer.capital(words.say(key)));
            html.open("dd").prose(Printable.line(text, LONGEST_TEXT)).close();
        }
    }

    /** A class of the style sheet for it. */
    static String style(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

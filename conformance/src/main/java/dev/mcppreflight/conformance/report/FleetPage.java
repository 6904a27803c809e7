package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.catalogue.Cause;
import java.util.List;

/** Many targets as one HTML page that needs nothing else: a table, and each target with its causes and what to do. */
public final class FleetPage {

    private static final int LONGEST_LINE = 500;

    private final Words words;

    /** @param words the language */
    public FleetPage(Words words) {
        this.words = words;
    }

    /** The fleet as a page, ending with a line break. */
    public String render(Fleet fleet) {
        Html html = new Html();
        HtmlFrame frame = new HtmlFrame(words);
        frame.head(html, words.say("fleet.heading"), false);
        html.open("body");
        html.element("a", words.say("fleet.skip"), "class", "skip", "href", "#targets");
        header(html, fleet);
        html.open("main");
        table(html, fleet.members());
        for (int i = 0; i < fleet.members().size(); i++) {
            member(html, fleet.members().get(i), i);
        }
        html.closeLine();
        frame.footer(html, fleet.version());
        return html.close().close() + "\n";
    }

    private void header(Html html, Fleet fleet) {
        html.open("header", "class", "page " + frameOf(fleet.worst()));
        html.element("p", words.say("html.brand"), "class", "brand");
        html.open("h1");
        html.element("span", words.say("fleet.heading"), "class", "verdict").closeLine();
        html.open("p", "class", "meta");
        html.text(HtmlFrame.time(fleet.startedAt()) + " · " + fleet.summary(words));
        html.closeLine().closeLine();
    }

    /** What has no verdict looks like a warning. */
    private static String frameOf(String state) {
        return state.equals(Fleet.ERROR) || state.equals(Fleet.NOT_CHECKED) ? "ready-with-warnings" : state;
    }

    private void table(Html html, List<Fleet.Member> members) {
        html.open("section", "aria-labelledby", "targets");
        html.element("h2", words.say("fleet.targets"), "id", "targets");
        html.open("table", "class", "fleet").open("thead").open("tr");
        for (String heading : List.of("target", "verdict", "cause")) {
            html.element("th", words.say(heading), "scope", "col");
        }
        html.close().close().open("tbody");
        for (int i = 0; i < members.size(); i++) {
            Fleet.Member member = members.get(i);
            html.open("tr", "class", frameOf(member.state()));
            html.open("th", "scope", "row");
            html.element("a", member.name(), "href", "#target-" + (i + 1)).close();
            html.element("td", words.state(member.state()), "class", "state");
            html.element("td", member.headline(words)).closeLine();
        }
        html.close().close().closeLine();
    }

    private void member(Html html, Fleet.Member member, int index) {
        String id = "target-" + (index + 1);
        html.open("section", "aria-labelledby", id);
        html.element("h2", member.name(), "id", id);
        html.open("p", "class", "meta");
        html.element("code", member.address()).text(" · " + words.state(member.state()));
        if (!member.page().isEmpty()) {
            html.text(" · ").element("a", words.say("fleet.report"), "href", member.page());
        }
        html.closeLine();
        if (!member.problem().isEmpty()) {
            html.element("p", member.problem(), "class", "note");
        }
        member.report().map(words::told).ifPresent(report -> {
            report.causes().forEach(found -> cause(html, found));
            if (report.causes().isEmpty()) {
                unexplained(html, report.unexplained());
            }
        });
        html.closeLine();
    }

    private void cause(Html html, CauseFinding found) {
        Cause cause = found.cause();
        html.open("article", "class", "cause " + cause.severity().word());
        html.open("h3").element("code", cause.id()).text(" " + cause.title() + " ");
        html.element(
                        "span",
                        words.word(cause.severity()),
                        "class",
                        "tag " + cause.severity().word())
                .closeLine();
        html.open("div", "class", "fix").element("h4", words.say("md.fix"));
        html.open("p").prose(cause.fix()).close().closeLine();
        html.open("p", "class", "because").prose(cause.because()).closeLine();
        html.open("ul", "class", "evidence");
        found.evidence().forEach(line -> html.open("li")
                .element("code", Printable.line(line, LONGEST_LINE))
                .close());
        html.close().closeLine();
    }

    private void unexplained(Html html, List<CheckResult> findings) {
        if (findings.isEmpty()) {
            return;
        }
        html.open("ul", "class", "plain");
        for (CheckResult result : findings) {
            html.open("li").element("code", result.check().id());
            html.text(" " + result.check().name() + " · " + words.word(result.outcome()))
                    .closeLine();
        }
        html.close();
    }
}

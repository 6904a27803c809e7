package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.catalogue.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * The ladder as a picture, read from its foot: each rung is a drawing beside its words. A broken rung hangs in two halves,
 * and above it nothing could be climbed.
 */
final class HtmlLadder {

    private static final String WHOLE = "M14 28H50";
    private static final String BROKEN = "M14 28L27 35M37 21L50 28";

    private final Words words;

    HtmlLadder(Words words) {
        this.words = words;
    }

    void write(Html html, Report report) {
        List<Rung> rungs = new ArrayList<>(Rung.of(report));
        Collections.reverse(rungs);
        html.open("section", "aria-labelledby", "ladder");
        html.element("h2", words.say("html.ladder"), "id", "ladder");
        html.open("ol", "class", "ladder", "reversed", "reversed");
        for (Rung rung : rungs) {
            rung(html, report, rung);
        }
        html.close().closeLine();
    }

    private void rung(Html html, Report report, Rung rung) {
        Rung.Mark mark = rung.mark();
        CauseFinding root = report.causes().isEmpty() ? null : report.causes().get(0);
        boolean brokenHere = root != null && rung.stage() == stage(report, root);
        html.open("li", "class", "rung " + mark.name().toLowerCase(Locale.ROOT));
        picture(html, mark == Rung.Mark.BAD ? BROKEN : WHOLE);
        html.open("div").open("p", "class", "name").text(HtmlRenderer.capital(words.word(rung.stage())));
        html.close().element("p", counts(rung), "class", "meta").close();
        if (brokenHere) {
            html.open("p", "class", "why");
            html.element(
                    "a", root.cause().id(), "href", "#cause-" + root.cause().id());
            html.text(" " + root.cause().title());
            if (root.blocked() > 0) {
                html.element("span", words.counted(root.blocked(), "html.blocks"), "class", "meta");
            }
            html.close();
        }
        html.closeLine();
    }

    /** Where the cause shows: the lowest rung with a check that it fails, or else the one that it is filed under. */
    private static Stage stage(Report report, CauseFinding root) {
        return report.checks().stream()
                .filter(result -> root.checks().contains(result.check().id()))
                .filter(result -> result.outcome() == Outcome.FAILED)
                .map(result -> result.check().stage())
                .min(Comparator.naturalOrder())
                .orElse(root.cause().stage());
    }

    /** The words beside it say the same, so that whoever cannot see it misses nothing. */
    private static void picture(Html html, String bar) {
        html.open(
                "svg",
                "viewBox",
                "0 0 64 56",
                "preserveAspectRatio",
                "none",
                "aria-hidden",
                "true",
                "focusable",
                "false");
        html.open("path", "class", "rail", "d", "M14 0V56M50 0V56");
        html.open("path", "class", "bar", "d", bar).close();
    }

    private String counts(Rung rung) {
        StringJoiner counts = new StringJoiner(", ");
        rung.counts().forEach((outcome, count) -> counts.add(words.counted(count, outcome)));
        return counts.toString();
    }
}

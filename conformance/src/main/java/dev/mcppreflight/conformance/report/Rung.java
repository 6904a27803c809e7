package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.catalogue.Stage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How the target did on one rung of the ladder.
 *
 * @param stage the rung
 * @param counts how many checks had each outcome; outcomes that none had are left out
 */
record Rung(Stage stage, Map<Outcome, Integer> counts) {

    /** The rungs on which anything was selected, in their order. */
    static List<Rung> of(Report report) {
        List<Rung> rungs = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
            report.checks().stream()
                    .filter(result -> result.check().stage() == stage)
                    .forEach(result -> counts.merge(result.outcome(), 1, Integer::sum));
            if (!counts.isEmpty()) {
                rungs.add(new Rung(stage, counts));
            }
        }
        return rungs;
    }

    /** The worst that happened on it. */
    Mark mark() {
        for (Mark mark : Mark.values()) {
            if (mark.shownBy.stream().anyMatch(counts::containsKey)) {
                return mark;
            }
        }
        return Mark.NOTHING;
    }

    /** From worst to nothing; a rung without a pass is never good. */
    enum Mark {
        BAD("✗", "❌", Page.Style.BAD, Outcome.FAILED),
        DUBIOUS("!", "⚠️", Page.Style.DUBIOUS, Outcome.WARNED, Outcome.HARNESS_ERROR),
        OPEN("-", "⛔", Page.Style.DIM, Outcome.BLOCKED),
        GOOD("✓", "✅", Page.Style.GOOD, Outcome.PASSED),
        NOTHING("-", "➖", Page.Style.DIM, Outcome.values());

        private final String sign;
        private final String emblem;
        private final Page.Style style;
        private final List<Outcome> shownBy;

        Mark(String sign, String emblem, Page.Style style, Outcome... shownBy) {
            this.sign = sign;
            this.emblem = emblem;
            this.style = style;
            this.shownBy = List.of(shownBy);
        }

        /** One column on a terminal. */
        String sign() {
            return sign;
        }

        /** A picture of Unicode, for where one is shown in colour. */
        String emblem() {
            return emblem;
        }

        Page.Style style() {
            return style;
        }
    }
}

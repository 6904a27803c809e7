package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.catalogue.Stage;
import dev.mcppreflight.conformance.report.Page.Style;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** One line for each rung: how far the target got. */
final class LadderSummary {

    private LadderSummary() {}

    static void print(Page page, Report report) {
        for (Stage stage : Stage.values()) {
            Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
            report.checks().stream()
                    .filter(result -> result.check().stage() == stage)
                    .forEach(result -> counts.merge(result.outcome(), 1, Integer::sum));
            if (!counts.isEmpty()) {
                print(page, stage, counts);
            }
        }
    }

    private static void print(Page page, Stage stage, Map<Outcome, Integer> counts) {
        StringJoiner words = new StringJoiner(", ");
        counts.forEach((outcome, count) -> words.add(count + " " + word(outcome)));
        Mark mark = Mark.of(counts);
        page.marked(mark.sign, mark.style, stage.word(), words.toString());
    }

    /** The outcome in a sentence. */
    static String word(Outcome outcome) {
        return switch (outcome) {
            case HARNESS_ERROR -> "not finished by this tool";
            default -> outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    /** The worst that happened on a rung; a rung without a pass is never good. */
    private enum Mark {
        BAD("✗", Style.BAD, List.of(Outcome.FAILED)),
        DUBIOUS("!", Style.DUBIOUS, List.of(Outcome.WARNED, Outcome.HARNESS_ERROR)),
        OPEN("-", Style.DIM, List.of(Outcome.BLOCKED)),
        GOOD("✓", Style.GOOD, List.of(Outcome.PASSED)),
        NOTHING("-", Style.DIM, List.of(Outcome.values()));

        private final String sign;
        private final Style style;
        private final List<Outcome> shownBy;

        Mark(String sign, Style style, List<Outcome> shownBy) {
            this.sign = sign;
            this.style = style;
            this.shownBy = shownBy;
        }

        static Mark of(Map<Outcome, Integer> counts) {
            for (Mark mark : values()) {
                if (mark.shownBy.stream().anyMatch(counts::containsKey)) {
                    return mark;
                }
            }
            return NOTHING;
        }
    }
}

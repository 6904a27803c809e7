package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.report.Difference.Change;
import java.util.List;
import java.util.Locale;

/** A difference for people and for programs: what broke comes first. */
public final class DifferenceRenderer {

    private final Words words;

    /** @param words the language of the text; JSON is English */
    public DifferenceRenderer(Words words) {
        this.words = words;
    }

    /** Puts it on a page for the console. */
    public void print(Difference difference, Page page) {
        page.line(
                page.styled(Page.Style.BOLD, words.verdict(difference.before())),
                " -> ",
                page.styled(Page.Style.BOLD, words.verdict(difference.after())));
        section(page, "✗", Page.Style.BAD, "broken", difference.broken());
        section(page, "✓", Page.Style.GOOD, "mended", difference.mended());
        section(page, "-", Page.Style.DIM, "changed", difference.changed());
        if (difference.broken().isEmpty() && difference.mended().isEmpty()) {
            page.blank();
            page.paragraph("", words.say("diff.none"));
        }
    }

    private void section(Page page, String mark, Page.Style style, String key, List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        page.blank();
        page.line(page.styled(style, mark), " ", words.counted(changes.size(), "diff." + key));
        for (Change change : changes) {
            page.paragraph("    ", line(change));
        }
    }

    /** As Markdown, ending with a line break. */
    public String markdown(Difference difference) {
        StringBuilder text = new StringBuilder("## ")
                .append(words.verdict(difference.before()))
                .append(" → ")
                .append(words.verdict(difference.after()))
                .append('\n');
        section(text, "❌", "broken", difference.broken());
        section(text, "✅", "mended", difference.mended());
        section(text, "➖", "changed", difference.changed());
        if (difference.broken().isEmpty() && difference.mended().isEmpty()) {
            text.append('\n').append(words.say("diff.none")).append('\n');
        }
        return text.toString();
    }

    private void section(StringBuilder text, String emblem, String key, List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        text.append("\n### ").append(emblem).append(' ').append(words.counted(changes.size(), "diff." + key));
        text.append("\n\n");
        for (Change change : changes) {
            text.append("- ").append(MarkdownText.prose(line(change))).append('\n');
        }
    }

    private String line(Change change) {
        String name = change.name().isEmpty() ? change.id() : change.id() + " " + change.name();
        return words.say("diff.line", name, word(change, change.before()), word(change, change.after()));
    }

    private String word(Change change, String value) {
        if (value.isEmpty()) {
            return words.say("diff.absent");
        }
        return switch (change.kind()) {
            case "client" -> words.verdict(value);
            case "cause" -> words.say("severity." + value);
            default -> words.say("outcome." + value.toUpperCase(Locale.ROOT));
        };
    }

    /** As JSON text, ending with a line break. */
    public static String json(Difference difference) {
        Json json = Json.object(
                "verdict",
                Json.object("before", difference.before(), "after", difference.after()),
                "broken",
                changes(difference.broken()),
                "mended",
                changes(difference.mended()),
                "changed",
                changes(difference.changed()));
        return Printable.json(json.pretty()) + "\n";
    }

    private static List<Json> changes(List<Change> changes) {
        return changes.stream()
                .map(change -> Json.object(
                        "kind",
                        change.kind(),
                        "id",
                        change.id(),
                        "name",
                        change.name(),
                        "before",
                        change.before(),
                        "after",
                        change.after()))
                .toList();
    }
}

package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.report.Page.Style;
import java.util.List;

/** Many targets on a terminal: a table with a line for each, and on demand the report of each behind it. */
public final class FleetConsole {

    private static final int WIDEST_NAME = 28;
    private static final int NARROWEST = 60;

    private final Words words;
    private final ConsoleRenderer.Detail detail;
    private final boolean colour;
    private final int width;

    /**
     * A renderer for one kind of terminal.
     *
     * @param words the language
     * @param detail how much is told: only what is not ready, or every target, or each with its report as well
     * @param colour whether to colour
     * @param width the columns to stay within
     */
    public FleetConsole(Words words, ConsoleRenderer.Detail detail, boolean colour, int width) {
        this.words = words;
        this.detail = detail;
        this.colour = colour;
        this.width = Math.max(NARROWEST, width);
    }

    /** The table as text, ending with a line break. */
    public String render(Fleet fleet) {
        List<Fleet.Member> shown = detail == ConsoleRenderer.Detail.CAUSES
                ? fleet.members().stream()
                        .filter(member -> !member.state().startsWith("ready"))
                        .toList()
                : fleet.members();
        Page page = new Page(colour, width);
        if (!shown.isEmpty()) {
            table(page, shown);
            page.blank();
        }
        page.paragraph("", fleet.summary(words));
        StringBuilder text = new StringBuilder(page.text());
        if (detail == ConsoleRenderer.Detail.EXCHANGES) {
            ConsoleRenderer one = new ConsoleRenderer(words, ConsoleRenderer.Detail.NORMAL, colour, width);
            for (Fleet.Member member : shown) {
                member.report().ifPresent(report -> text.append('\n')
                        .append("── ")
                        .append(Printable.line(member.name()))
                        .append(" ──\n")
                        .append(one.render(report)));
            }
        }
        return text.toString();
    }

    private void table(Page page, List<Fleet.Member> members) {
        String target = words.say("target");
        String verdict = words.say("verdict");
        int name = Math.min(WIDEST_NAME, widest(members.stream().map(Fleet.Member::name), target));
        int state = widest(members.stream().map(member -> words.state(member.state())), verdict);
        page.line(
                "  ",
                page.styled(
                        Style.DIM, padded(target, name) + "  " + padded(verdict, state) + "  " + words.say("cause")));
        for (Fleet.Member member : members) {
            page.line(
                    page.styled(member.style(), member.mark()),
                    " ",
                    padded(cut(member.name(), name), name),
                    "  ",
                    page.styled(member.style(), words.state(member.state())),
                    " ".repeat(state - length(words.state(member.state())) + 2),
                    cut(member.headline(words), width - 2 - name - 2 - state - 2));
        }
    }

    private static int widest(java.util.stream.Stream<String> cells, String heading) {
        return Math.max(
                length(heading),
                cells.mapToInt(cell -> length(Printable.line(cell))).max().orElse(0));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - length(text)));
    }

    private static String cut(String text, int most) {
        String line = Printable.line(text);
        return length(line) <= most ? line : line.substring(0, line.offsetByCodePoints(0, most - 3)) + "...";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}

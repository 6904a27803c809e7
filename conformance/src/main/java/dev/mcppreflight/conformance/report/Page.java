package dev.mcppreflight.conformance.report;

import java.util.ArrayList;
import java.util.List;

/** A page of text of some width, with or without colour. Everything that is put on it is made printable. */
public final class Page {

    private static final int LABEL = 11;
    private static final int WIDE_LABEL = 15;
    private static final int NARROWEST = 40;

    /** Ways to print, as the terminal codes of ECMA-48. */
    public enum Style {
        PLAIN(""),
        BOLD("1"),
        DIM("2"),
        GOOD("32"),
        BAD("1;31"),
        DUBIOUS("33");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    private final StringBuilder text = new StringBuilder();
    private final boolean colour;
    private final int width;

    /** An empty page. */
    public Page(boolean colour, int width) {
        this.colour = colour;
        this.width = Math.max(NARROWEST, width);
    }

    /** The text in this style, where there is colour. */
    public String styled(Style style, String words) {
        String clean = Printable.line(words);
        return colour && style != Style.PLAIN && !clean.isEmpty()
                ? "\u001b[" + style.code + "m" + clean + "\u001b[0m"
                : clean;
    }

    /** A line of parts that were made by {@link #styled}. */
    public void line(String... parts) {
        text.append(String.join("", parts).stripTrailing()).append('\n');
    }

    /** An empty line, unless the page ends with one. */
    public void blank() {
        if (text.length() > 0 && !text.toString().endsWith("\n\n")) {
            text.append('\n');
        }
    }

    /** A first line with a word at its right edge, or after two blanks where it is too long for that. */
    public void title(String mark, Style style, String id, String title, String right) {
        List<String> lines = wrap(id + "  " + title, width - mark.length() - 1 - right.length() - 2);
        for (int i = 0; i < lines.size(); i++) {
            String indent = i == 0 ? styled(style, mark) + " " : " ".repeat(mark.length() + 1);
            String words = lines.get(i);
            int gap = width - mark.length() - 1 - length(words) - right.length();
            line(indent, styled(Style.BOLD, words), i == 0 ? " ".repeat(Math.max(2, gap)) + styled(style, right) : "");
        }
    }

    /** A mark, a wider label and its text, wrapped beside them. */
    public void marked(String mark, Style style, String label, String value) {
        List<String> lines = wrap(value, width - 2 - WIDE_LABEL);
        for (int i = 0; i < lines.size(); i++) {
            String name = i == 0 ? label : "";
            line(
                    i == 0 ? styled(style, mark) + " " : "  ",
                    styled(Style.PLAIN, name),
                    " ".repeat(Math.max(1, WIDE_LABEL - name.length())),
                    styled(Style.PLAIN, lines.get(i)));
        }
    }

    /** A label and its text, wrapped beside it; nothing for no text. */
    public void field(String label, String value) {
        if (value.isBlank()) {
            return;
        }
        List<String> lines = wrap(value, width - 2 - LABEL);
        for (int i = 0; i < lines.size(); i++) {
            String name = i == 0 ? label : "";
            line(
                    "  ",
                    styled(Style.DIM, name),
                    " ".repeat(Math.max(1, LABEL - name.length())),
                    styled(Style.PLAIN, lines.get(i)));
        }
    }

    /** One line beside the labels, cut where it is too long. */
    public void verbatim(String mark, String value) {
        int room = width - 2 - LABEL - mark.length();
        String clean = Printable.line(value, 2 * room);
        String cut = length(clean) > room ? clean.substring(0, clean.offsetByCodePoints(0, room - 3)) + "..." : clean;
        line("  ", " ".repeat(LABEL), styled(Style.DIM, mark + cut));
    }

    /** Wrapped lines that hang below their first. */
    public void paragraph(String indent, String value) {
        for (String words : wrap(value, width - indent.length())) {
            line(indent, styled(Style.PLAIN, words));
        }
    }

    /** What was put on the page. */
    public String text() {
        return text.toString();
    }

    /** A source as a reader can open it: {@code github:owner/name:path} stands for a file there. */
    public static String link(String source) {
        if (!source.startsWith("github:")) {
            return source;
        }
        String[] parts = source.substring("github:".length()).split(":", 2);
        String repository = "https://github.com/" + parts[0];
        return parts.length == 1 ? repository : repository + "/blob/HEAD/" + parts[1];
    }

    /** Breaks between words only: an address that is longer than the line stays whole, so that it can be copied. */
    static List<String> wrap(String value, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        for (String word : Printable.line(value.strip().replaceAll("\\s+", " ")).split(" ")) {
            if (current.length() > 0 && length(current) + 1 + length(word) > width) {
                lines.add(current.toString());
                current.setLength(0);
            }
            current.append(current.length() > 0 ? " " : "").append(word);
        }
        lines.add(current.toString());
        return lines;
    }

    private static int length(CharSequence words) {
        return words.toString().codePointCount(0, words.length());
    }
}

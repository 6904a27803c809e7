package dev.mcppreflight.conformance.report;

import java.util.Locale;

/**
 * Makes text that somebody else wrote fit to print: whatever would move a cursor, colour a terminal, turn the direction of
 * reading or hide itself is written out as an escape that can be seen.
 */
public final class Printable {

    private Printable() {}

    /** On one line: line breaks are written out as well. */
    public static String line(String text) {
        return escape(text, false);
    }

    /** With its line breaks. */
    public static String text(String text) {
        return escape(text.replace("\r\n", "\n"), true);
    }

    /** On one line and no longer than this many characters; what was cut is said. */
    public static String line(String text, int longest) {
        if (text.length() <= longest) {
            return line(text);
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return line(text.substring(0, end)) + "... (" + (text.length() - end) + " more)";
    }

    /**
     * JSON text without characters that a terminal would obey. They can only stand within strings, where an escape means
     * the same.
     */
    static String json(String json) {
        return escape(json, true);
    }

    /** Whether the character shows itself and nothing else. */
    static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private static String escape(String text, boolean keepLines) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (isPlain(c) || keepLines && c == '\n') {
                clean.appendCodePoint(c);
            } else {
                clean.append(escape(c));
            }
        });
        return clean.toString();
    }

    private static String escape(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> {
                StringBuilder escaped = new StringBuilder();
                for (char unit : Character.toChars(character)) {
                    escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
                yield escaped.toString();
            }
        };
    }
}

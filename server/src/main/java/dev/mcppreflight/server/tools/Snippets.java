package dev.mcppreflight.server.tools;

/** Texts and figures as results show them. */
final class Snippets {

    private Snippets() {}

    /** Returns the text, cut to a length where it is longer, with an ellipsis and no character in halves. */
    static String beginning(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = length - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "\u2026";
    }

    /** Returns a similarity with four decimals. */
    static double rounded(double similarity) {
        return Math.round(similarity * 10_000) / 10_000.0;
    }
}

package dev.mcppreflight.server.indexing;

import java.util.regex.Pattern;

/** The text of a page, for search: paragraphs stay apart, everything else is dropped. */
final class Html {

    private static final Pattern UNSEEN =
            Pattern.compile("(?is)<!--.*?-->|<(script|style|head|noscript|template)\\b.*?</\\1\\s*>");
    private static final Pattern BREAK =
            Pattern.compile("(?i)<(/?(p|div|h[1-6]|li|tr|table|section|ul|ol)|br)\\b[^>]*>");

    private Html() {}

    /** Returns what a reader sees. */
    static String text(String html) {
        String text = UNSEEN.matcher(html).replaceAll(" ").replaceAll("\\s+", " ");
        text = BREAK.matcher(text).replaceAll("\n\n").replaceAll("<[^>]*>", "");
        return Entities.decoded(text).replaceAll(" *\n[ \n]*", "\n\n").strip();
    }
}

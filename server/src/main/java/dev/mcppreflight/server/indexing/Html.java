package dev.mcppreflight.server.indexing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a page, for search: paragraphs stay apart, everything else is dropped. */
final class Html {

    private static final Pattern UNSEEN =
            Pattern.compile("(?is)<!--.*?-->|<(script|style|head|noscript|template)\\b.*?</\\1\\s*>");
    private static final Pattern BREAK =
            Pattern.compile("(?i)<(/?(p|div|h[1-6]|li|tr|table|section|ul|ol)|br)\\b[^>]*>");
    private static final Pattern NUMBER = Pattern.compile("&#(x?)([0-9a-fA-F]{1,6});");

    private Html() {}

    /** Returns what a reader sees. */
    static String text(String html) {
        String text = UNSEEN.matcher(html).replaceAll(" ").replaceAll("\\s+", " ");
        text = BREAK.matcher(text).replaceAll("\n\n").replaceAll("<[^>]*>", "");
        text = NUMBER.matcher(text).replaceAll(match -> {
            int code = number(match.group(2), match.group(1).isEmpty() ? 10 : 16);
            return Matcher.quoteReplacement(Character.isValidCodePoint(code) ? Character.toString(code) : "");
        });
        return text.replace("&nbsp;", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&eacute;", "é")
                .replace("&egrave;", "è")
                .replace("&agrave;", "à")
                .replace("&amp;", "&")
                .replaceAll(" *\n[ \n]*", "\n\n")
                .strip();
    }

    private static int number(String digits, int radix) {
        try {
            return Integer.parseInt(digits, radix);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}

package dev.mcppreflight.conformance.report;

/** Text within HTML and SVG, in content and in quoted attributes. */
final class Markup {

    private Markup() {}

    /** Nothing in it is markup any more, and nothing in it is invisible. */
    static String escape(String text) {
        return markupOnly(Printable.line(text));
    }

    /** The same with its line breaks. */
    static String escapeLines(String text) {
        return markupOnly(Printable.text(text));
    }

    private static String markupOnly(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                case '`' -> escaped.append("&#96;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}

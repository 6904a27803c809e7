package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.data.Json;

/**
 * The verdict as a badge for a page.
 *
 * @param label what it is about
 * @param message the verdict
 * @param colour its background, as #rrggbb
 */
public record Badge(String label, String message, String colour) {

    private static final String GREY = "#555";
    private static final int HEIGHT = 20;
    private static final int PADDING = 12;

    /** The badge of a report. */
    public static Badge of(Report report) {
        Verdict verdict = report.verdict();
        // Dark enough for white text by WCAG 2.2 AA, which the usual green and yellow of badges are not.
        String colour =
                switch (verdict) {
                    case READY -> "#1a7f37";
                    case READY_WITH_WARNINGS -> "#9a6700";
                    case NOT_READY -> "#b42318";
                };
        String root = report.causes().isEmpty() || verdict == Verdict.READY
                ? ""
                : " (" + report.causes().get(0).cause().id() + ")";
        return new Badge("MCP preflight", Words.ENGLISH.verdict(verdict.word()) + root, colour);
    }

    /** As an SVG picture. */
    public String svg() {
        int left = width(label);
        int right = width(message);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" role="img" aria-label="%3$s: %4$s">
                  <title>%3$s: %4$s</title>
                  <clipPath id="r"><rect width="%1$d" height="%2$d" rx="3"/></clipPath>
                  <g clip-path="url(#r)">
                    <rect width="%5$d" height="%2$d" fill="%6$s"/>
                    <rect x="%5$d" width="%7$d" height="%2$d" fill="%8$s"/>
                  </g>
                  <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
                    <text x="6" y="14" textLength="%9$d">%3$s</text>
                    <text x="%10$d" y="14" textLength="%11$d">%4$s</text>
                  </g>
                </svg>
                """.formatted(
                        left + right,
                        HEIGHT,
                        Markup.escape(label),
                        Markup.escape(message),
                        left,
                        GREY,
                        right,
                        colour,
                        left - PADDING,
                        left + 6,
                        right - PADDING);
    }

    /** As the answer that shields.io's endpoint badge reads. */
    public String endpoint() {
        return Json.object("schemaVersion", 1, "label", label, "message", message, "color", colour)
                        .pretty()
                + "\n";
    }

    /** About what Verdana at 11 pixels needs; the picture then stretches the text to exactly this. */
    private static int width(String text) {
        double width = 0;
        for (char c : text.toCharArray()) {
            width += "ijlt.:()-' ".indexOf(c) >= 0 ? 4.2 : Character.isUpperCase(c) || c == 'm' || c == 'w' ? 8.2 : 6.7;
        }
        return (int) Math.ceil(width) + PADDING;
    }
}

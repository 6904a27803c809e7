package dev.mcppreflight.conformance.report;

import java.util.List;

/** GitHub-flavoured Markdown in the making. */
final class MarkdownText {

    private final StringBuilder text = new StringBuilder();

    void line(String words) {
        text.append(words).append('\n');
    }

    void blank() {
        if (text.length() > 1 && text.charAt(text.length() - 2) != '\n') {
            text.append('\n');
        }
    }

    void row(String... cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    void rule(int columns) {
        line("|" + " --- |".repeat(columns));
    }

    void fenced(List<String> lines) {
        // A fence is longer than any run of backticks within.
        String fence = "`".repeat(Math.max(3, longestRun(String.join("\n", lines)) + 1));
        line(fence + "text");
        lines.forEach(this::line);
        line(fence);
        blank();
    }

    /** Our own sentences: what stands between backticks in them is code, and nothing else is markup. */
    static String prose(String words) {
        String[] parts = Printable.line(words).split("`", -1);
        StringBuilder prose = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            boolean code = i % 2 == 1 && i < parts.length - 1;
            prose.append(code ? code(parts[i]) : (i % 2 == 1 ? "&#96;" : "") + escape(parts[i]));
        }
        return prose.toString();
    }

    private static String escape(String words) {
        StringBuilder escaped = new StringBuilder();
        for (char c : words.toCharArray()) {
            escaped.append(
                    switch (c) {
                        case '<' -> "&lt;";
                        case '>' -> "&gt;";
                        case '&' -> "&amp;";
                        case '@' -> "&#64;";
                        case '\\', '`', '*', '_', '[', ']', '|', '~', '#' -> "\\" + c;
                        default -> String.valueOf(c);
                    });
        }
        // Neither may begin a link by itself.
        return escaped.toString().replace("://", "&#58;//").replace("www.", "www&#46;");
    }

    /** As it is, in one line, also within a table. */
    static String code(String words) {
        String line = Printable.line(words).strip();
        if (line.isEmpty()) {
            return "";
        }
        String fence = "`".repeat(longestRun(line) + 1);
        String padding = line.startsWith("`") || line.endsWith("`") ? " " : "";
        return fence + padding + line.replace("|", "\\|") + padding + fence;
    }

    /** An address between angle brackets. */
    static String address(String link) {
        return Printable.line(link).replace("<", "%3C").replace(">", "%3E").replace(" ", "%20");
    }

    private static int longestRun(String words) {
        int longest = 0;
        int run = 0;
        for (char c : words.toCharArray()) {
            run = c == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

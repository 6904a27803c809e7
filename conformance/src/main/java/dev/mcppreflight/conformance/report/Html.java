package dev.mcppreflight.conformance.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** HTML in the making: whatever is put into it is text, and every element that was opened is closed in its order. */
final class Html {

    private static final Set<String> VOID = Set.of("meta", "input", "rect", "path");

    private final StringBuilder html = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * Opens an element.
     *
     * @param attributes names and values in turn; one without a value, for a null, is left out
     */
    Html open(String element, String... attributes) {
        html.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            if (attributes[i + 1] != null) {
                html.append(' ')
                        .append(attributes[i])
                        .append("=\"")
                        .append(Markup.escape(attributes[i + 1]))
                        .append('"');
            }
        }
        if (VOID.contains(element)) {
            // The slash means nothing on an element of HTML, and everything on one of SVG.
            html.append("/>");
        } else {
            html.append('>');
            open.push(element);
        }
        return this;
    }

    /** Closes the innermost element. */
    Html close() {
        html.append("</").append(open.pop()).append('>');
        return this;
    }

    /** Closes the innermost element and ends the line, so that the page can be read and compared. */
    Html closeLine() {
        close();
        html.append('\n');
        return this;
    }

    Html text(String text) {
        html.append(Markup.escape(text));
        return this;
    }

    /** Text with its line breaks. */
    Html lines(String text) {
        html.append(Markup.escapeLines(text));
        return this;
    }

    /** An element that holds text alone. */
    Html element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close();
    }

    /** Sentences of ours, in which code stands between backticks. */
    Html prose(String words) {
        String[] parts = words.split("`", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i % 2 == 1 && i < parts.length - 1) {
                element("code", parts[i]);
            } else {
                text(i % 2 == 1 ? "`" + parts[i] : parts[i]);
            }
        }
        return this;
    }

    /** A link to a place of the web; only the text where it is no https address. */
    Html link(String place, String text) {
        return place.startsWith("https://") ? element("a", text, "href", place, "rel", "noreferrer") : text(text);
    }

    /** What is ours from the first to the last letter: a style sheet, a script. */
    Html verbatim(String source) {
        html.append(source);
        return this;
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("left open: " + open);
        }
        return html.toString();
    }
}

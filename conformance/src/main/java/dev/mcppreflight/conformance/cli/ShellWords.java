package dev.mcppreflight.conformance.cli;

import java.util.ArrayList;
import java.util.List;

/** Splits a line into words as a shell does, and does nothing else that a shell does. */
final class ShellWords {

    private ShellWords() {}

    /**
     * The words. Quotes hold blanks together; a backslash takes the meaning from a quote, a blank or a backslash and is one
     * otherwise; what follows a {@code #} at the beginning of a word is a comment.
     *
     * @throws UsageException when a quote is left open
     */
    static List<String> of(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            char next = i + 1 < line.length() ? line.charAt(i + 1) : 0;
            if (quote == 0 && word == null && c == '#') {
                break;
            }
            if (quote == 0 && Character.isWhitespace(c)) {
                if (word != null) {
                    words.add(word.toString());
                }
                word = null;
                continue;
            }
            word = word == null ? new StringBuilder() : word;
            if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (quote != '\'' && c == '\\' && "\\\"' ".indexOf(next) >= 0 && next != 0) {
                word.append(next);
                i++;
            } else {
                word.append(c);
            }
        }
        if (quote != 0) {
            throw new UsageException("the quote " + quote + " is left open", "");
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }
}

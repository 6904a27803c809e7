package dev.mcppreflight.server.documents;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into chunks: between paragraphs where possible, else between sentences, else between words, and inside a
 * word only when it is longer than a chunk. Every character but white space between chunks is in at least one of them, no
 * chunk is longer than the size, and no character of two code units is cut.
 */
public final class Chunker {

    private static final int SMALLEST = 16;

    private final int size;
    private final int overlap;

    /**
     * Creates a chunker.
     *
     * @param size the largest length of a chunk in characters
     * @param overlap how much of the end of a chunk, at most, the next one repeats; at most half the size
     * @throws IllegalArgumentException when the sizes make no sense
     */
    public Chunker(int size, int overlap) {
        if (size < SMALLEST) {
            throw new IllegalArgumentException("chunks must have at least " + SMALLEST + " characters, not " + size);
        }
        if (overlap < 0 || overlap > size / 2) {
            throw new IllegalArgumentException("the overlap must be between 0 and half the size, not " + overlap);
        }
        this.size = size;
        this.overlap = overlap;
    }

    /** Returns a chunker for documents of paragraphs: up to 800 characters, nothing repeated. */
    public static Chunker standard() {
        return new Chunker(800, 0);
    }

    /** Returns the chunks of this text, in their order; none for a blank one. */
    public List<Chunk> chunks(String text) {
        List<Chunk> chunks = new ArrayList<>();
        int fresh = skipSpace(text, 0);
        int start = fresh;
        while (fresh < text.length()) {
            int end = end(text, start, fresh);
            chunks.add(
                    new Chunk(chunks.size(), start, text.substring(start, end).stripTrailing()));
            fresh = skipSpace(text, end);
            start = repeated(text, end, fresh);
        }
        return chunks;
    }

    /** Returns where a chunk from start ends; what is fresh in it has at least one character. */
    private int end(String text, int start, int fresh) {
        int limit = start + size;
        if (limit >= text.length()) {
            return text.length();
        }
        int paragraph = paragraphEnd(text, fresh, limit);
        if (paragraph > fresh) {
            return paragraph;
        }
        int sentence = -1;
        int word = -1;
        for (int i = limit; i > fresh && sentence < 0; i--) {
            if (Character.isWhitespace(text.charAt(i))) {
                word = word < 0 ? i : word;
                // A sentence that ends very early would leave a chunk of a few words.
                sentence = i - start > size / 2 && ".!?:;\n".indexOf(text.charAt(i - 1)) >= 0 ? i : -1;
            }
        }
        if (sentence > 0 || word > 0) {
            return sentence > 0 ? sentence : word;
        }
        return inside(text, limit) ? limit - 1 : limit;
    }

    /** Returns the last end of a paragraph that is not a heading: that stays with what it announces. */
    private static int paragraphEnd(String text, int from, int limit) {
        int end = text.lastIndexOf("\n\n", limit);
        while (end > from) {
            int begin = text.lastIndexOf('\n', end - 1) + 1;
            if (text.charAt(begin) != '#') {
                return end;
            }
            end = text.lastIndexOf("\n\n", begin - 1);
        }
        return -1;
    }

    /** Returns where the next chunk starts: at a word near the end of the one before, or behind it. */
    private int repeated(String text, int end, int fresh) {
        if (overlap == 0 || fresh >= text.length()) {
            return fresh;
        }
        for (int i = Math.max(1, fresh - overlap); i < end; i++) {
            if (Character.isWhitespace(text.charAt(i - 1)) && !Character.isWhitespace(text.charAt(i))) {
                return i;
            }
        }
        return fresh;
    }

    private static int skipSpace(String text, int from) {
        int i = from;
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean inside(String text, int position) {
        return Character.isHighSurrogate(text.charAt(position - 1)) && Character.isLowSurrogate(text.charAt(position));
    }
}

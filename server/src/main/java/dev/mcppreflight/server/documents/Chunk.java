package dev.mcppreflight.server.documents;

/**
 * A part of a document, small enough to be searched for and shown as the reason for a hit.
 *
 * @param index the position among the chunks of the document, from 0
 * @param start where it begins in the text of the document
 * @param text the text of the part
 */
public record Chunk(int index, int start, String text) {

    /** Returns where it ends in the text of the document. */
    public int end() {
        return start + text.length();
    }
}

package dev.mcppreflight.server.documents;

/**
 * A part of a document, small enough to be shown as the reason for a hit.
 *
 * @param document the document
 * @param index the position among the passages of the document, from 0
 * @param text the text of the part
 */
public record Passage(Document document, int index, String text) {

    /** Returns the id of this passage, unique in the collection. */
    public String id() {
        return document.id() + "#" + index;
    }
}

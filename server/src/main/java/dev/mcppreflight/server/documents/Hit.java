package dev.mcppreflight.server.documents;

/**
 * A document that answers a search.
 *
 * @param passage its best passage
 * @param similarity how well it answers, 0 to 1; the best hit of a full-text search has 1
 */
public record Hit(Passage passage, double similarity) {

    /** Returns the document. */
    public Document document() {
        return passage.document();
    }
}

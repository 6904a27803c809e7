package dev.mcppreflight.server.documents;

/**
 * A document that answers a search.
 *
 * @param document the document
 * @param chunk its part that answers
 * @param similarity how well it answers, 0 to 1: the cosine of a semantic search; relative to the best hit in a full-text
 *     search; relative to a hit that leads both in a hybrid one
 */
public record Hit(Summary document, Chunk chunk, double similarity) {

    /** Returns the id of the chunk, unique in the collection. */
    public String chunkId() {
        return document.id() + "#" + chunk.index();
    }
}

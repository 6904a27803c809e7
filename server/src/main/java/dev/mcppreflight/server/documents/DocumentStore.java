package dev.mcppreflight.server.documents;

import java.util.List;
import java.util.Optional;

/**
 * A searchable collection of documents. Implementations are safe for use by several threads; each method throws
 * {@link StoreUnavailableException} when the store cannot be asked.
 */
public interface DocumentStore extends AutoCloseable {

    /**
     * Stores a document with all its chunks, or, when it fails, nothing of it. Replaces the document of the same id or of
     * the same path.
     *
     * @throws SpaceMismatchException when its vectors do not belong to the space of those that are stored
     */
    Saved save(IndexedDocument document);

    /** Removes the document of that id with its chunks, and tells whether there was one. */
    boolean delete(String id);

    /** Returns what is stored of the document of that id. */
    Optional<Stored> stored(String id);

    /** Returns what the stored vectors belong to; empty as long as there are none. */
    Optional<EmbeddingSpace> space();

    /**
     * Returns what answers the search, best first; equal searches give equal answers.
     *
     * @throws SpaceMismatchException when the vector does not belong to the space of those that are stored
     */
    List<Hit> search(SearchQuery query);

    /** Returns the document of that id. */
    Optional<Document> find(String id);

    /**
     * Returns the documents that follow the given id in the order of ids.
     *
     * @param afterId the id to start behind, or the empty string for the beginning
     * @param limit the largest number of documents
     */
    List<Summary> list(String afterId, int limit);

    /** Returns figures about the collection. */
    Statistics statistics();

    /** Returns what the store should hold and does not; empty when it is whole. */
    List<Missing> missing();

    /** Tells whether others can change the collection without that this process hears of it. */
    default boolean isShared() {
        return false;
    }

    /** Returns the name of the store for operators, such as {@code embedded-lucene}. */
    String name();

    @Override
    void close();
}

package dev.mcppreflight.server.documents;

import java.util.List;
import java.util.Optional;

/** A searchable collection of documents. Implementations are safe for use by several threads. */
public interface DocumentStore extends AutoCloseable {

    /**
     * Returns the documents that answer the search, best first, each at most once; equal searches give equal answers.
     *
     * @throws StoreUnavailableException when the store cannot be asked
     */
    List<Hit> search(SearchQuery query);

    /**
     * Returns the document of that id.
     *
     * @throws StoreUnavailableException when the store cannot be asked
     */
    Optional<Document> find(String id);

    /**
     * Returns the documents that follow the given id in the order of ids.
     *
     * @param afterId the id to start behind, or the empty string for the beginning
     * @param limit the largest number of documents
     * @throws StoreUnavailableException when the store cannot be asked
     */
    List<Document> list(String afterId, int limit);

    /**
     * Returns figures about the collection.
     *
     * @throws StoreUnavailableException when the store cannot be asked
     */
    Statistics statistics();

    /** Returns the name of the store for operators, such as {@code embedded-lucene}. */
    String name();

    @Override
    void close();
}

package dev.mcppreflight.server.store;

import dev.mcppreflight.server.documents.Document;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.Hit;
import dev.mcppreflight.server.documents.SearchQuery;
import dev.mcppreflight.server.documents.Statistics;
import dev.mcppreflight.server.documents.StoreUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** A store that is built in the background while the rest of the server starts; whoever asks waits until it is there. */
public final class StoreInPreparation implements DocumentStore {

    private final CompletableFuture<DocumentStore> store;

    /** Starts to build a store. */
    public StoreInPreparation(Supplier<DocumentStore> builder) {
        this.store = CompletableFuture.supplyAsync(builder);
    }

    /**
     * Returns the store when it is there.
     *
     * @throws StoreUnavailableException when it could not be built
     */
    public DocumentStore await() {
        try {
            return store.join();
        } catch (CompletionException e) {
            throw new StoreUnavailableException("the store could not be built", e.getCause());
        }
    }

    @Override
    public List<Hit> search(SearchQuery query) {
        return await().search(query);
    }

    @Override
    public Optional<Document> find(String id) {
        return await().find(id);
    }

    @Override
    public List<Document> list(String afterId, int limit) {
        return await().list(afterId, limit);
    }

    @Override
    public Statistics statistics() {
        return await().statistics();
    }

    @Override
    public String name() {
        return await().name();
    }

    @Override
    public void close() {
        await().close();
    }
}

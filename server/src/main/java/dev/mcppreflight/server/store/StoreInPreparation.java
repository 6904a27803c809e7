package dev.mcppreflight.server.store;

import dev.mcppreflight.server.documents.Document;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.EmbeddingSpace;
import dev.mcppreflight.server.documents.Hit;
import dev.mcppreflight.server.documents.IndexedDocument;
import dev.mcppreflight.server.documents.Missing;
import dev.mcppreflight.server.documents.Saved;
import dev.mcppreflight.server.documents.SearchQuery;
import dev.mcppreflight.server.documents.Statistics;
import dev.mcppreflight.server.documents.StoreUnavailableException;
import dev.mcppreflight.server.documents.Stored;
import dev.mcppreflight.server.documents.Summary;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that is built when it is first asked for something, or in the background before that: a client that only shakes
 * hands and looks at the tools shall not wait for an index. Whoever asks waits until the store is there; where it cannot be
 * built, the next one who asks tries again.
 */
public final class StoreInPreparation implements DocumentStore {

    private final Logger log = LoggerFactory.getLogger(StoreInPreparation.class);
    private final Supplier<DocumentStore> builder;
    private final boolean shared;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile DocumentStore store;

    /** Creates a store that is not being built yet, of this process alone. */
    public StoreInPreparation(Supplier<DocumentStore> builder) {
        this(builder, false);
    }

    /**
     * Creates a store that is not being built yet.
     *
     * @param shared whether others can change it
     */
    public StoreInPreparation(Supplier<DocumentStore> builder, boolean shared) {
        this.builder = builder;
        this.shared = shared;
    }

    @Override
    public boolean isShared() {
        return shared;
    }

    /** Starts to build in the background, unless that has begun. */
    public void begin() {
        if (begun.compareAndSet(false, true)) {
            Thread thread = new Thread(this::build, "store");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void build() {
        try {
            await();
        } catch (StoreUnavailableException e) {
            log.warn("{}", e.getMessage());
        }
    }

    private DocumentStore await() {
        return store != null ? store : built();
    }

    private synchronized DocumentStore built() {
        try {
            if (store == null) {
                store = builder.get();
            }
            return store;
        } catch (RuntimeException e) {
            throw new StoreUnavailableException("the store could not be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public Saved save(IndexedDocument document) {
        return await().save(document);
    }

    @Override
    public boolean delete(String id) {
        return await().delete(id);
    }

    @Override
    public Optional<Stored> stored(String id) {
        return await().stored(id);
    }

    @Override
    public Optional<EmbeddingSpace> space() {
        return await().space();
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
    public List<Summary> list(String afterId, int limit) {
        return await().list(afterId, limit);
    }

    @Override
    public Statistics statistics() {
        return await().statistics();
    }

    @Override
    public List<Missing> missing() {
        return await().missing();
    }

    @Override
    public String name() {
        return await().name();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (store != null) {
                store.close();
            }
        }
    }
}

package dev.mcppreflight.server.documents;

import java.util.List;
import java.util.Optional;

/** A store that tells of every change that is made through it. */
public final class WatchedStore implements DocumentStore {

    private final DocumentStore store;
    private final Watcher watcher;

    /** Hears of changes, once they are made. */
    @FunctionalInterface
    public interface Watcher {

        /**
         * Takes note of a change.
         *
         * @param id the document
         * @param listed whether the list of documents has changed too: it is new, or gone
         */
        void changed(String id, boolean listed);
    }

    /** Watches this store. */
    public WatchedStore(DocumentStore store, Watcher watcher) {
        this.store = store;
        this.watcher = watcher;
    }

    @Override
    public Saved save(IndexedDocument document) {
        Saved saved = store.save(document);
        if (saved != Saved.UNCHANGED) {
            watcher.changed(document.document().id(), saved == Saved.CREATED);
        }
        return saved;
    }

    @Override
    public boolean delete(String id) {
        boolean deleted = store.delete(id);
        if (deleted) {
            watcher.changed(id, true);
        }
        return deleted;
    }

    @Override
    public Optional<Stored> stored(String id) {
        return store.stored(id);
    }

    @Override
    public Optional<EmbeddingSpace> space() {
        return store.space();
    }

    @Override
    public List<Hit> search(SearchQuery query) {
        return store.search(query);
    }

    @Override
    public Optional<Document> find(String id) {
        return store.find(id);
    }

    @Override
    public List<Summary> list(String afterId, int limit) {
        return store.list(afterId, limit);
    }

    @Override
    public Statistics statistics() {
        return store.statistics();
    }

    @Override
    public List<Missing> missing() {
        return store.missing();
    }

    @Override
    public boolean isShared() {
        return store.isShared();
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public void close() {
        store.close();
    }
}

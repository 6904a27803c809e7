package dev.mcppreflight.server.indexing;

import dev.mcppreflight.server.documents.Chunk;
import dev.mcppreflight.server.documents.Chunker;
import dev.mcppreflight.server.documents.Document;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.EmbeddingSpace;
import dev.mcppreflight.server.documents.IndexedDocument;
import dev.mcppreflight.server.documents.Saved;
import dev.mcppreflight.server.documents.SpaceMismatchException;
import dev.mcppreflight.server.documents.Stored;
import dev.mcppreflight.server.documents.Vectors;
import dev.mcppreflight.server.embedding.EmbeddingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings one document into the store: cut, embedded and stored, whole or not at all. */
public final class Ingestion {

    private static final int BATCH = 64;

    private final DocumentStore store;
    private final EmbeddingModel model;
    private final Chunker chunker;

    /**
     * Creates an ingestion.
     *
     * @param model embeds the chunks, or null when words are enough
     */
    public Ingestion(DocumentStore store, EmbeddingModel model, Chunker chunker) {
        this.store = store;
        this.model = model;
        this.chunker = chunker;
    }

    /** Hears how far the work on one document is. */
    @FunctionalInterface
    public interface Progress {

        /** Hears nothing. */
        Progress NONE = (done, total) -> {};

        /**
         * Is told that so many chunks are embedded; it may throw to end the work, of which nothing is left then.
         *
         * @param done how many
         * @param total how many there are
         */
        void at(int done, int total);
    }

    /**
     * What became of a document.
     *
     * @param document the document as it is stored
     * @param saved what storing it did
     * @param stored what the store holds of it now
     */
    public record Result(Document document, Saved saved, Stored stored) {}

    /**
     * Stores a document. One that is there already, the same but for the date of its file, is left as it is.
     *
     * @throws SpaceMismatchException when the collection is embedded with another model
     */
    public Result add(Extracted extracted, Progress progress) {
        Document document = extracted.document();
        Optional<Document> before = store.find(document.id());
        if (!extracted.dated() && before.isPresent()) {
            Document sameDay = document.summary().on(before.get().date()).with(document.text());
            document = sameDay.equals(before.get()) ? sameDay : document;
        }
        List<Chunk> chunks = chunker.chunks(document.text());
        EmbeddingSpace space = space();
        Optional<String> same = Optional.of(IndexedDocument.fingerprint(document, chunks, space));
        Optional<Stored> stored = before.isEmpty() ? Optional.empty() : store.stored(document.id());
        if (stored.map(Stored::fingerprint).equals(same)) {
            return new Result(document, Saved.UNCHANGED, stored.get());
        }
        Vectors vectors = space == null ? null : vectors(document, chunks, space, progress);
        Saved saved = store.save(new IndexedDocument(document, chunks, vectors));
        // What is told is what is there, not what was meant.
        Stored held = store.stored(document.id()).orElseThrow(() -> new IllegalStateException("it is gone already"));
        return new Result(document, saved, held);
    }

    /** Returns how many chunks this document would have. */
    public int count(Document document) {
        return chunker.chunks(document.text()).size();
    }

    /** Returns what to embed for; null for a collection that is found by its words only. */
    private EmbeddingSpace space() {
        Optional<EmbeddingSpace> stored = store.space();
        EmbeddingSpace offered = model == null ? null : model.space();
        if (stored.isPresent() && offered != null && !stored.get().equals(offered)) {
            throw new SpaceMismatchException(stored.get(), offered);
        }
        return offered;
    }

    private Vectors vectors(Document document, List<Chunk> chunks, EmbeddingSpace space, Progress progress) {
        List<float[]> vectors = new ArrayList<>();
        progress.at(0, chunks.size());
        for (int from = 0; from < chunks.size(); from += BATCH) {
            List<String> texts = chunks.subList(from, Math.min(chunks.size(), from + BATCH)).stream()
                    .map(chunk -> document.title() + "\n" + chunk.text())
                    .toList();
            vectors.addAll(model.embed(texts).values());
            progress.at(vectors.size(), chunks.size());
        }
        return new Vectors(space, vectors);
    }
}

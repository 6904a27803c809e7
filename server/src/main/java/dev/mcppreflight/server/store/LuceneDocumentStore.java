package dev.mcppreflight.server.store;

import dev.mcppreflight.server.documents.Chunker;
import dev.mcppreflight.server.documents.Document;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.EmbeddingSpace;
import dev.mcppreflight.server.documents.Hit;
import dev.mcppreflight.server.documents.IndexedDocument;
import dev.mcppreflight.server.documents.Missing;
import dev.mcppreflight.server.documents.Saved;
import dev.mcppreflight.server.documents.SearchQuery;
import dev.mcppreflight.server.documents.SpaceMismatchException;
import dev.mcppreflight.server.documents.Statistics;
import dev.mcppreflight.server.documents.StoreUnavailableException;
import dev.mcppreflight.server.documents.Stored;
import dev.mcppreflight.server.documents.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.search.TopDocs;

/**
 * A store that needs nothing beside this process: BM25 over words in French and English without accents, HNSW over
 * vectors. In memory, or in a folder that one process at a time uses.
 */
public final class LuceneDocumentStore implements DocumentStore {

    private static final String MODEL = "embedding_model";
    private static final String DIMENSIONS = "embedding_dimensions";

    private final LuceneQueries queries = new LuceneQueries();
    private final LuceneFigures figures = new LuceneFigures();
    private final LuceneIndex index;
    private volatile EmbeddingSpace space;

    private LuceneDocumentStore(LuceneIndex index) {
        this.index = index;
        Map<String, String> notes = index.notes();
        this.space = notes.containsKey(MODEL)
                ? new EmbeddingSpace(notes.get(MODEL), Integer.parseInt(notes.get(DIMENSIONS)))
                : null;
    }

    /**
     * Opens a store in memory with these documents, found by their words.
     *
     * @throws IllegalArgumentException when two documents have the same id
     */
    public LuceneDocumentStore(List<Document> collection) {
        this(LuceneIndex.inMemory());
        addAll(collection.stream()
                .map(document ->
                        new IndexedDocument(document, Chunker.standard().chunks(document.text()), null))
                .toList());
    }

    /** Opens an empty store in memory. */
    public static LuceneDocumentStore inMemory() {
        return new LuceneDocumentStore(LuceneIndex.inMemory());
    }

    /**
     * Opens the store in this folder, which is made if there is none.
     *
     * @throws StoreUnavailableException when the folder cannot be used, for instance because another process does
     */
    public static LuceneDocumentStore in(Path folder) {
        return new LuceneDocumentStore(LuceneIndex.in(folder));
    }

    /**
     * Stores many documents at once, faster than one by one.
     *
     * @throws IllegalArgumentException when two have the same id
     */
    public synchronized void addAll(List<IndexedDocument> collection) {
        Set<String> ids = new HashSet<>();
        for (IndexedDocument indexed : collection) {
            if (!ids.add(indexed.document().id())) {
                throw new IllegalArgumentException(
                        "two documents with the id " + indexed.document().id());
            }
        }
        write(collection);
    }

    @Override
    public synchronized Saved save(IndexedDocument indexed) {
        Optional<Stored> before = stored(indexed.document().id());
        if (before.map(Stored::fingerprint).equals(Optional.of(indexed.fingerprint()))) {
            return Saved.UNCHANGED;
        }
        Term path = new Term(LuceneFields.PATH, indexed.document().source().path());
        boolean replaced = before.isPresent() || index.read(searcher -> searcher.count(new TermQuery(path)) > 0);
        write(List.of(indexed));
        return replaced ? Saved.UPDATED : Saved.CREATED;
    }

    private void write(List<IndexedDocument> collection) {
        EmbeddingSpace common = space;
        for (IndexedDocument indexed : collection) {
            if (indexed.vectors() != null && !indexed.chunks().isEmpty()) {
                common = same(common, indexed.vectors().space());
            }
        }
        index.publish(
                writer -> {
                    for (IndexedDocument indexed : collection) {
                        write(indexed, writer);
                    }
                },
                notes(common));
        space = common;
    }

    private static void write(IndexedDocument indexed, IndexWriter writer) throws IOException {
        writer.deleteDocuments(
                new Term(LuceneFields.ORIGIN, indexed.document().source().path()));
        // One call: other threads and a crash see all entries of the document or none.
        writer.updateDocuments(
                new Term(LuceneFields.DOCUMENT, indexed.document().id()), LuceneFields.block(indexed));
    }

    private static EmbeddingSpace same(EmbeddingSpace known, EmbeddingSpace offered) {
        if (known != null && !known.equals(offered)) {
            throw new SpaceMismatchException(known, offered);
        }
        return offered;
    }

    private static Map<String, String> notes(EmbeddingSpace space) {
        return space == null
                ? Map.of()
                : Map.of(MODEL, space.model(), DIMENSIONS, Integer.toString(space.dimensions()));
    }

    @Override
    public synchronized boolean delete(String id) {
        if (stored(id).isEmpty()) {
            return false;
        }
        index.publish(writer -> writer.deleteDocuments(new Term(LuceneFields.DOCUMENT, id)), notes(space));
        return true;
    }

    @Override
    public Optional<Stored> stored(String id) {
        return head(id).map(fields -> new Stored(
                fields.get(LuceneFields.FINGERPRINT),
                LuceneFields.number(fields, LuceneFields.CHUNKS),
                LuceneFields.number(fields, LuceneFields.EMBEDDED)));
    }

    @Override
    public Optional<EmbeddingSpace> space() {
        return Optional.ofNullable(space);
    }

    @Override
    public List<Hit> search(SearchQuery query) {
        return Fusion.answer(
                index.read(searcher -> switch (query.mode()) {
                    case FULLTEXT -> byWords(searcher, query);
                    case SEMANTIC -> byMeaning(searcher, query);
                    case HYBRID -> Fusion.fused(byMeaning(searcher, query), byWords(searcher, query));
                }),
                query);
    }

    private List<Hit> byWords(IndexSearcher searcher, SearchQuery query) throws IOException {
        TopDocs found = searcher.search(queries.words(query), Fusion.candidates(query));
        List<Hit> hits = new ArrayList<>();
        for (ScoreDoc score : found.scoreDocs) {
            hits.add(hit(searcher, score, score.score / found.scoreDocs[0].score));
        }
        hits.sort(Fusion.order());
        return hits;
    }

    private List<Hit> byMeaning(IndexSearcher searcher, SearchQuery query) throws IOException {
        same(space, query.vector().space());
        int candidates = Fusion.candidates(query);
        List<Hit> hits = new ArrayList<>();
        for (ScoreDoc score : searcher.search(queries.meaning(query, candidates), candidates).scoreDocs) {
            // Lucene keeps (1 + cosine) / 2; what points away is as good as unrelated.
            hits.add(hit(searcher, score, Math.max(0, Math.min(1, 2 * (double) score.score - 1))));
        }
        hits.sort(Fusion.order());
        return hits;
    }

    private static Hit hit(IndexSearcher searcher, ScoreDoc score, double similarity) throws IOException {
        return LuceneFields.hit(searcher.storedFields().document(score.doc), similarity);
    }

    @Override
    public Optional<Document> find(String id) {
        return head(id).map(LuceneFields::document);
    }

    private Optional<org.apache.lucene.document.Document> head(String id) {
        return index.heads(new TermQuery(new Term(LuceneFields.HEAD, id)), 1).stream()
                .findFirst();
    }

    @Override
    public List<Summary> list(String afterId, int limit) {
        return index.heads(TermRangeQuery.newStringRange(LuceneFields.HEAD, afterId, null, false, true), limit).stream()
                .map(LuceneFields::summary)
                .toList();
    }

    @Override
    public Statistics statistics() {
        return index.read(searcher -> figures.of(searcher, space));
    }

    /** A folder that is broken cannot be opened at all. */
    @Override
    public List<Missing> missing() {
        return List.of();
    }

    @Override
    public String name() {
        return "embedded-lucene";
    }

    @Override
    public synchronized void close() {
        index.close();
    }
}

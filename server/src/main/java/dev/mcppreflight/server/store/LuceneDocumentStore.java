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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * A store that needs nothing beside this process: BM25 over words in French and English without accents, HNSW over
 * vectors. In memory, or in a folder that one process at a time uses.
 */
public final class LuceneDocumentStore implements DocumentStore {

    private static final String SCHEMA_VERSION = "1";
    private static final String MODEL = "embedding_model";
    private static final String DIMENSIONS = "embedding_dimensions";

    private final LuceneQueries queries = new LuceneQueries();
    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private volatile EmbeddingSpace space;
    private volatile Figures figures;

    private LuceneDocumentStore(Directory directory) throws IOException {
        this.directory = directory;
        this.writer = new IndexWriter(
                directory,
                new IndexWriterConfig(new PerFieldAnalyzerWrapper(new StandardAnalyzer(), Analyzers.byField()))
                        .setCodec(new AnyDimension())
                        .setCommitOnClose(false));
        this.space = storedSpace();
        this.searchers = new SearcherManager(writer, null);
    }

    /**
     * Opens a store in memory with these documents, found by their words.
     *
     * @throws IllegalArgumentException when two documents have the same id
     */
    public LuceneDocumentStore(List<Document> collection) {
        this(
                inMemory(),
                collection.stream()
                        .map(document ->
                                new IndexedDocument(document, Chunker.standard().chunks(document.text()), null))
                        .toList());
    }

    private LuceneDocumentStore(LuceneDocumentStore empty, List<IndexedDocument> collection) {
        this.directory = empty.directory;
        this.writer = empty.writer;
        this.searchers = empty.searchers;
        this.space = empty.space;
        addAll(collection);
    }

    /** Opens an empty store in memory. */
    public static LuceneDocumentStore inMemory() {
        try {
            return new LuceneDocumentStore(new ByteBuffersDirectory());
        } catch (IOException e) {
            throw new StoreUnavailableException("the index cannot be made", e);
        }
    }

    /**
     * Opens the store in this folder, which is made if there is none.
     *
     * @throws StoreUnavailableException when the folder cannot be used, for instance because another process does
     */
    public static LuceneDocumentStore in(Path folder) {
        try {
            return new LuceneDocumentStore(FSDirectory.open(folder));
        } catch (IOException e) {
            throw new StoreUnavailableException("the index in " + folder + " cannot be used", e);
        }
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
        attempt(() -> {
            for (IndexedDocument indexed : collection) {
                write(indexed);
            }
            publish();
            return null;
        });
    }

    @Override
    public synchronized Saved save(IndexedDocument indexed) {
        Optional<Stored> before = stored(indexed.document().id());
        if (before.map(Stored::fingerprint).equals(Optional.of(indexed.fingerprint()))) {
            return Saved.UNCHANGED;
        }
        return attempt(() -> {
            boolean replaced = before.isPresent() || pathTaken(indexed.document());
            write(indexed);
            publish();
            return replaced ? Saved.UPDATED : Saved.CREATED;
        });
    }

    private boolean pathTaken(Document document) throws IOException {
        return withSearcher(searcher -> searcher.count(new TermQuery(
                        new Term(LuceneFields.PATH, document.source().path())))
                > 0);
    }

    private void write(IndexedDocument indexed) throws IOException {
        if (indexed.vectors() != null && !indexed.chunks().isEmpty()) {
            EmbeddingSpace offered = indexed.vectors().space();
            requireSame(offered);
            if (space == null) {
                space = offered;
            }
        }
        writer.deleteDocuments(
                new Term(LuceneFields.ORIGIN, indexed.document().source().path()));
        // One call: other threads and a crash see all entries of the document or none.
        writer.updateDocuments(
                new Term(LuceneFields.DOCUMENT, indexed.document().id()), LuceneFields.block(indexed));
    }

    private void requireSame(EmbeddingSpace offered) {
        if (space != null && !space.equals(offered)) {
            throw new SpaceMismatchException(space, offered);
        }
    }

    /** Makes what was written last and seen. */
    private void publish() throws IOException {
        Map<String, String> data = new HashMap<>();
        if (space != null) {
            data.put(MODEL, space.model());
            data.put(DIMENSIONS, Integer.toString(space.dimensions()));
        }
        writer.setLiveCommitData(data.entrySet());
        writer.commit();
        searchers.maybeRefreshBlocking();
        figures = null;
    }

    private EmbeddingSpace storedSpace() {
        Map<String, String> data = new HashMap<>();
        if (writer.getLiveCommitData() != null) {
            writer.getLiveCommitData().forEach(entry -> data.put(entry.getKey(), entry.getValue()));
        }
        return data.containsKey(MODEL)
                ? new EmbeddingSpace(data.get(MODEL), Integer.parseInt(data.get(DIMENSIONS)))
                : null;
    }

    @Override
    public synchronized boolean delete(String id) {
        if (stored(id).isEmpty()) {
            return false;
        }
        return attempt(() -> {
            writer.deleteDocuments(new Term(LuceneFields.DOCUMENT, id));
            publish();
            return true;
        });
    }

    @Override
    public Optional<Stored> stored(String id) {
        return head(id).map(fields -> new Stored(
                fields.get(LuceneFields.FINGERPRINT),
                number(fields, LuceneFields.CHUNKS),
                number(fields, LuceneFields.EMBEDDED)));
    }

    @Override
    public Optional<EmbeddingSpace> space() {
        return Optional.ofNullable(space);
    }

    @Override
    public List<Hit> search(SearchQuery query) {
        return Fusion.answer(
                attempt(() -> withSearcher(searcher -> switch (query.mode()) {
                    case FULLTEXT -> byWords(searcher, query);
                    case SEMANTIC -> byMeaning(searcher, query);
                    case HYBRID -> Fusion.fused(byMeaning(searcher, query), byWords(searcher, query));
                })),
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
        requireSame(query.vector().space());
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
        List<org.apache.lucene.document.Document> heads = heads(new TermQuery(new Term(LuceneFields.HEAD, id)), 1);
        return heads.stream().findFirst();
    }

    @Override
    public List<Summary> list(String afterId, int limit) {
        return heads(TermRangeQuery.newStringRange(LuceneFields.HEAD, afterId, null, false, true), limit).stream()
                .map(LuceneFields::summary)
                .toList();
    }

    private List<org.apache.lucene.document.Document> heads(Query query, int limit) {
        return attempt(() -> withSearcher(searcher -> {
            List<org.apache.lucene.document.Document> heads = new ArrayList<>();
            Sort byId = new Sort(new SortField(LuceneFields.HEAD, SortField.Type.STRING));
            for (ScoreDoc found : searcher.search(query, limit, byId).scoreDocs) {
                heads.add(searcher.storedFields().document(found.doc));
            }
            return heads;
        }));
    }

    @Override
    public Statistics statistics() {
        return attempt(() -> withSearcher(searcher -> {
            Figures known = figures;
            if (known == null || known.reader() != searcher.getIndexReader()) {
                known = new Figures((DirectoryReader) searcher.getIndexReader(), count());
                figures = known;
            }
            return known.statistics();
        }));
    }

    private Statistics count() {
        int documents = 0;
        int chunks = 0;
        int embedded = 0;
        long characters = 0;
        long bytes = 0;
        SortedMap<String, Integer> languages = new TreeMap<>();
        SortedMap<String, Integer> categories = new TreeMap<>();
        for (var head : heads(TermRangeQuery.newStringRange(LuceneFields.HEAD, null, null, true, true), 1 << 20)) {
            documents++;
            chunks += number(head, LuceneFields.CHUNKS);
            embedded += number(head, LuceneFields.EMBEDDED);
            characters += number(head, LuceneFields.CHUNK_CHARACTERS);
            bytes += number(head, LuceneFields.BYTES);
            languages.merge(head.get(LuceneFields.LANGUAGE), 1, Integer::sum);
            categories.merge(head.get(LuceneFields.CATEGORY), 1, Integer::sum);
        }
        return new Statistics(
                documents, chunks, characters, chunks - embedded, bytes, space, SCHEMA_VERSION, languages, categories);
    }

    private static int number(org.apache.lucene.document.Document fields, String name) {
        return fields.getField(name).numericValue().intValue();
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
        attempt(() -> {
            searchers.close();
            writer.close();
            directory.close();
            return null;
        });
    }

    private <T> T withSearcher(Reading<T> reading) throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            return reading.from(searcher);
        } finally {
            searchers.release(searcher);
        }
    }

    private static <T> T attempt(Work<T> work) {
        try {
            return work.done();
        } catch (IOException e) {
            throw new StoreUnavailableException("the index cannot be used", e);
        }
    }

    private interface Reading<T> {
        T from(IndexSearcher searcher) throws IOException;
    }

    private interface Work<T> {
        T done() throws IOException;
    }

    /** Figures of one state of the index. */
    private record Figures(DirectoryReader reader, Statistics statistics) {}
}

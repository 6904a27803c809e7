package dev.mcppreflight.server.store;

import dev.mcppreflight.server.documents.Document;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.Hit;
import dev.mcppreflight.server.documents.Passage;
import dev.mcppreflight.server.documents.Passages;
import dev.mcppreflight.server.documents.SearchQuery;
import dev.mcppreflight.server.documents.Statistics;
import dev.mcppreflight.server.documents.StoreUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.QueryBuilder;

/**
 * Full-text search in memory: BM25 over passages, French and English, without accents. Built once, read-only
 * afterwards; for some thousand documents.
 */
public final class LuceneDocumentStore implements DocumentStore {

    private static final int PASSAGE_LENGTH = 800;
    /** Passages looked at per wanted document, because several passages of one document may lead the list. */
    private static final int PASSAGES_PER_HIT = 8;

    private static final int LONGEST_QUERY = 600;

    private static final String LANGUAGE = "language";
    private static final String CATEGORY = "category";
    private static final String COMMUNE = "commune";

    private final NavigableMap<String, Document> documents = new TreeMap<>();
    private final List<Passage> passages = new ArrayList<>();
    private final Map<String, Analyzer> analyzers = Analyzers.byField();
    private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    /**
     * Indexes these documents.
     *
     * @throws IllegalArgumentException when two documents have the same id
     */
    public LuceneDocumentStore(List<Document> collection) {
        for (Document document : collection) {
            if (documents.put(document.id(), document) != null) {
                throw new IllegalArgumentException("two documents with the id " + document.id());
            }
        }
        Passages cutter = new Passages(PASSAGE_LENGTH);
        documents.values().forEach(document -> passages.addAll(cutter.of(document)));
        try {
            index();
            this.reader = DirectoryReader.open(directory);
            this.searcher = new IndexSearcher(reader);
        } catch (IOException e) {
            throw new StoreUnavailableException("the index cannot be built", e);
        }
    }

    private void index() throws IOException {
        // One segment, in the order of passages: the Lucene document number is the position in the list.
        IndexWriterConfig config = new IndexWriterConfig(new PerFieldAnalyzerWrapper(new StandardAnalyzer(), analyzers))
                .setMergePolicy(NoMergePolicy.INSTANCE)
                .setRAMBufferSizeMB(256);
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            for (Passage passage : passages) {
                writer.addDocument(fields(passage));
            }
        }
    }

    private static org.apache.lucene.document.Document fields(Passage passage) {
        Document document = passage.document();
        String text = document.title() + "\n" + passage.text();
        org.apache.lucene.document.Document fields = new org.apache.lucene.document.Document();
        fields.add(new TextField(document.language(), text, Field.Store.NO));
        fields.add(new TextField(Analyzers.EXACT, text, Field.Store.NO));
        fields.add(new StringField(LANGUAGE, document.language(), Field.Store.NO));
        fields.add(new StringField(CATEGORY, document.category(), Field.Store.NO));
        fields.add(new StringField(COMMUNE, document.commune(), Field.Store.NO));
        return fields;
    }

    @Override
    public List<Hit> search(SearchQuery query) {
        try {
            ScoreDoc[] found =
                    searcher.search(toLucene(query), Math.max(64, query.limit() * PASSAGES_PER_HIT)).scoreDocs;
            Map<String, Hit> best = new LinkedHashMap<>();
            for (ScoreDoc score : found) {
                double similarity = score.score / found[0].score;
                if (best.size() == query.limit() || similarity < query.threshold()) {
                    break;
                }
                Passage passage = passages.get(score.doc);
                best.putIfAbsent(passage.document().id(), new Hit(passage, similarity));
            }
            return List.copyOf(best.values());
        } catch (IOException e) {
            throw new StoreUnavailableException("the index cannot be read", e);
        }
    }

    private Query toLucene(SearchQuery query) {
        BooleanQuery.Builder words = new BooleanQuery.Builder();
        analyzers.forEach((field, analyzer) -> {
            Query inField = new QueryBuilder(analyzer).createBooleanQuery(field, beginning(query.text()));
            if (inField != null) {
                words.add(inField, Occur.SHOULD);
            }
        });
        BooleanQuery.Builder all = new BooleanQuery.Builder().add(words.build(), Occur.MUST);
        restrict(all, LANGUAGE, query.language());
        restrict(all, CATEGORY, query.category());
        restrict(all, COMMUNE, query.commune());
        return all.build();
    }

    /** Lucene allows 1024 clauses in one query: words of two characters in three fields stay below that. */
    private static String beginning(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_QUERY));
    }

    private static void restrict(BooleanQuery.Builder query, String field, String value) {
        if (value != null) {
            query.add(new TermQuery(new Term(field, value)), Occur.FILTER);
        }
    }

    @Override
    public Optional<Document> find(String id) {
        return Optional.ofNullable(documents.get(id));
    }

    @Override
    public List<Document> list(String afterId, int limit) {
        return documents.tailMap(afterId, false).values().stream().limit(limit).toList();
    }

    @Override
    public Statistics statistics() {
        return new Statistics(
                documents.size(),
                passages.size(),
                documents.values().stream().mapToLong(d -> d.text().length()).sum(),
                documents.values().stream()
                        .mapToLong(d -> d.text().getBytes(StandardCharsets.UTF_8).length)
                        .sum(),
                count(Document::language),
                count(Document::category));
    }

    private SortedMap<String, Integer> count(Function<Document, String> property) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        documents.values().forEach(document -> counts.merge(property.apply(document), 1, Integer::sum));
        return counts;
    }

    @Override
    public String name() {
        return "embedded-lucene";
    }

    @Override
    public void close() {
        try {
            reader.close();
            directory.close();
        } catch (IOException e) {
            throw new StoreUnavailableException("the index cannot be closed", e);
        }
    }
}

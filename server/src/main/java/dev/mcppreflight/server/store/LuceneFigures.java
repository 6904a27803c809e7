package dev.mcppreflight.server.store;

import dev.mcppreflight.server.documents.EmbeddingSpace;
import dev.mcppreflight.server.documents.Statistics;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermRangeQuery;

/** Counts what is in an index, once for each state of it. */
final class LuceneFigures {

    private static final String SCHEMA_VERSION = "1";
    private static final int ALL = 1 << 20;

    private volatile Counted last;

    private record Counted(IndexReader reader, Statistics statistics) {}

    /** Returns the figures of the state that this searcher sees. */
    Statistics of(IndexSearcher searcher, EmbeddingSpace space) throws IOException {
        Counted known = last;
        if (known == null || known.reader() != searcher.getIndexReader()) {
            known = new Counted(searcher.getIndexReader(), count(searcher, space));
            last = known;
        }
        return known.statistics();
    }

    private static Statistics count(IndexSearcher searcher, EmbeddingSpace space) throws IOException {
        int documents = 0;
        int chunks = 0;
        int embedded = 0;
        long characters = 0;
        long bytes = 0;
        SortedMap<String, Integer> languages = new TreeMap<>();
        SortedMap<String, Integer> categories = new TreeMap<>();
        TermRangeQuery every = TermRangeQuery.newStringRange(LuceneFields.HEAD, null, null, true, true);
        for (var head : LuceneIndex.heads(searcher, every, ALL)) {
            documents++;
            chunks += LuceneFields.number(head, LuceneFields.CHUNKS);
            embedded += LuceneFields.number(head, LuceneFields.EMBEDDED);
            characters += LuceneFields.number(head, LuceneFields.CHUNK_CHARACTERS);
            bytes += LuceneFields.number(head, LuceneFields.BYTES);
            languages.merge(head.get(LuceneFields.LANGUAGE), 1, Integer::sum);
            categories.merge(head.get(LuceneFields.CATEGORY), 1, Integer::sum);
        }
        return new Statistics(
                documents, chunks, characters, chunks - embedded, bytes, space, SCHEMA_VERSION, languages, categories);
    }
}

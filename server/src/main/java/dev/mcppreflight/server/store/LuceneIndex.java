package dev.mcppreflight.server.store;

import dev.mcppreflight.server.documents.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;

/** An index of Lucene and who writes and searches it. What is written is seen by nobody before it is published. */
final class LuceneIndex implements AutoCloseable {

    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;

    private LuceneIndex(Directory directory) throws IOException {
        this.directory = directory;
        this.writer = new IndexWriter(
                directory,
                new IndexWriterConfig(new PerFieldAnalyzerWrapper(new StandardAnalyzer(), Analyzers.byField()))
                        .setCodec(new AnyDimension())
                        .setCommitOnClose(false));
        this.searchers = new SearcherManager(writer, null);
    }

    /** Opens an empty index in memory. */
    static LuceneIndex inMemory() {
        try {
            return new LuceneIndex(new ByteBuffersDirectory());
        } catch (IOException e) {
            throw new StoreUnavailableException("the index cannot be made", e);
        }
    }

    /**
     * Opens the index in this folder, which is made if there is none.
     *
     * @throws StoreUnavailableException when the folder cannot be used, for instance because another process does
     */
    static LuceneIndex in(Path folder) {
        try {
            return new LuceneIndex(FSDirectory.open(folder));
        } catch (IOException e) {
            throw new StoreUnavailableException("the index in " + folder + " cannot be used: " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        return e instanceof LockObtainFailedException ? "another process uses it" : String.valueOf(e.getMessage());
    }

    /** Returns what was noted beside the entries that were published last. */
    Map<String, String> notes() {
        Map<String, String> notes = new HashMap<>();
        if (writer.getLiveCommitData() != null) {
            writer.getLiveCommitData().forEach(note -> notes.put(note.getKey(), note.getValue()));
        }
        return notes;
    }

    /** Writes and publishes: what was written lasts from now on and is seen, with these notes. */
    void publish(Writing writing, Map<String, String> notes) {
        attempt(() -> {
            writing.to(writer);
            writer.setLiveCommitData(notes.entrySet());
            writer.commit();
            searchers.maybeRefreshBlocking();
            return null;
        });
    }

    /** Returns what this finds in what was published last. */
    <T> T read(Reading<T> reading) {
        return attempt(() -> {
            IndexSearcher searcher = searchers.acquire();
            try {
                return reading.from(searcher);
            } finally {
                searchers.release(searcher);
            }
        });
    }

    /** Returns the fields of the heads that match, in the order of their ids. */
    List<Document> heads(Query query, int limit) {
        return read(searcher -> heads(searcher, query, limit));
    }

    /** Returns the fields of the heads that match, in the order of their ids. */
    static List<Document> heads(IndexSearcher searcher, Query query, int limit) throws IOException {
        List<Document> heads = new ArrayList<>();
        Sort byId = new Sort(new SortField(LuceneFields.HEAD, SortField.Type.STRING));
        for (ScoreDoc found : searcher.search(query, limit, byId).scoreDocs) {
            heads.add(searcher.storedFields().document(found.doc));
        }
        return heads;
    }

    @Override
    public void close() {
        attempt(() -> {
            searchers.close();
            writer.close();
            directory.close();
            return null;
        });
    }

    private static <T> T attempt(Work<T> work) {
        try {
            return work.done();
        } catch (IOException e) {
            throw new StoreUnavailableException("the index cannot be used", e);
        }
    }

    /** What is done with a searcher. */
    interface Reading<T> {
        T from(IndexSearcher searcher) throws IOException;
    }

    /** What is done with the writer. */
    interface Writing {
        void to(IndexWriter writer) throws IOException;
    }

    private interface Work<T> {
        T done() throws IOException;
    }
}

package dev.mcppreflight.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.EmbeddingSpace;
import dev.mcppreflight.server.documents.IndexedDocument;
import dev.mcppreflight.server.documents.SearchQuery;
import dev.mcppreflight.server.documents.StoreUnavailableException;
import dev.mcppreflight.server.documents.Vectors;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The store in PostgreSQL, and what only it does. */
class PostgresStoreContractTest extends DocumentStoreContract {

    private final String url = TestDatabase.emptySchema();

    @Override
    DocumentStore create() {
        return TestDatabase.store(url);
    }

    private List<String> row(String... sql) {
        return TestDatabase.row(url, sql);
    }

    @Test
    void theFunctionsForClientsOfTheDatabaseAnswer() {
        try (DocumentStore store = create()) {
            store.save(
                    indexed(document("a", "fr", "Bail", "Nord.\nEst."), new float[] {0, 1, 0}, new float[] {1, 0, 0}));
            assertEquals(List.of("1", "2", "2.00", "0.00", "5"), row("SELECT * FROM get_database_stats()"));
            assertEquals(
                    List.of("a.md", "Nord.", "1"),
                    row("SELECT file_name, chunk_content, similarity FROM match_document_chunks('[0,3,0]', 0.3, 10)"));
            assertEquals(
                    List.of("Nord.\nEst.", "a", "0"),
                    row("SELECT full_document_content, document_metadata->>'id', chunk_index"
                            + " FROM match_document_chunks('[0,3,0]')"));
            assertEquals(List.of("Nord."), row("SELECT content FROM match_documents('[0,3,0]')"));
            assertEquals(List.of("2"), row("SELECT count(*) FROM match_documents('[1,1,0]')"));
            assertTrue(row("SELECT 1 FROM match_documents('[0,3,0]', 0.3, 0)").isEmpty());
            assertTrue(row("SELECT 1 FROM match_documents('[0,3,0]', 1, 5)").isEmpty());
            assertTrue(row("SELECT * FROM match_document_chunks('[0,0,0]', 0.3, 10)")
                    .isEmpty());
            assertEquals(
                    List.of("Nord.\nEst."),
                    row("SELECT full_content FROM get_full_document((SELECT id FROM documents_full))"));
            assertEquals(List.of("2"), row("SELECT deleted_chunks_count FROM delete_document_by_path('folder/a.md')"));
            List<String> absent = row("SELECT * FROM delete_document_by_path('none')");
            assertEquals(null, absent.get(0));
            assertEquals("0", absent.get(1));
            assertEquals(0, store.statistics().documents());
        }
    }

    @Test
    void theFunctionsFindMoreThanFortyRowsThroughTheIndex() {
        try (DocumentStore store = create()) {
            store.save(indexed(document("a", "fr", "T", "x"), new float[] {1, 0, 0}));
            TestDatabase.execute(
                    url,
                    "INSERT INTO document_chunks (document_id, chunk_index, chunk_content, embedding)"
                            + " SELECT d.id, n, 'x' || n, ('[1,' || n / 1000.0 || ',0]')::vector"
                            + " FROM documents_full d, generate_series(1, 300) n");
            assertEquals(
                    List.of("100"),
                    row("SET enable_seqscan = off", "SELECT count(*) FROM match_document_chunks('[1,0,0]', 0, 100)"));
        }
    }

    @Test
    void theIndexOverVectorsIsThere() {
        try (DocumentStore store = create()) {
            store.save(indexed(document("a", "fr", "Bail", "Nord."), new float[] {0, 1, 0}));
            assertEquals(
                    1,
                    row("SELECT 1 FROM pg_indexes WHERE indexname = 'document_chunks_embedding'"
                                    + " AND schemaname = current_schema() AND indexdef LIKE '%hnsw%'")
                            .size());
        }
    }

    @Test
    void longVectorsAreKept() {
        EmbeddingSpace space = new EmbeddingSpace("large", 3072);
        float[] vector = new float[3072];
        vector[7] = 1;
        IndexedDocument bare = indexed(document("a", "fr", "Bail", "Le piano."));
        try (DocumentStore store = create()) {
            store.save(
                    new IndexedDocument(bare.document(), bare.chunks(), new Vectors(space, List.<float[]>of(vector))));
            assertEquals(0, store.statistics().chunksWithoutEmbedding());
        }
    }

    @Test
    void aDatabaseThatIsAwayIsNotAnEmptyOne() {
        DatabaseUrl nowhere = new DatabaseUrl("postgres://user:secret@127.0.0.1:1/none");
        try (DocumentStore store = new PostgresDocumentStore(nowhere, 2)) {
            StoreUnavailableException failure = assertTimeout(
                    Duration.ofSeconds(10),
                    () -> assertThrows(StoreUnavailableException.class, () -> store.search(SearchQuery.of("x", 5))));
            assertFalse(String.valueOf(failure.getMessage()).contains("secret"));
        }
    }

    @Test
    void aDatabaseThatDoesNotAnswerInTimeIsAway() throws Exception {
        create().close();
        try (DocumentStore store = new PostgresDocumentStore(new DatabaseUrl(url), 2, Duration.ofMillis(500));
                Connection other = DriverManager.getConnection(url)) {
            store.delete("none");
            other.setAutoCommit(false);
            other.createStatement().execute("LOCK TABLE documents_full, document_chunks IN ACCESS EXCLUSIVE MODE");
            for (int i = 0; i < 3; i++) {
                // More often than there are connections: those that were cut do not stay in the pool.
                assertThrows(StoreUnavailableException.class, store::statistics);
            }
            other.rollback();
            assertEquals(0, patiently(store::statistics).documents());
        }
    }

    /** A deadline that is soon over locked tables can be over for a busy machine too. */
    private static <T> T patiently(Supplier<T> question) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try {
                return question.get();
            } catch (StoreUnavailableException e) {
                assertTrue(System.nanoTime() < end, "the database does not come back");
            }
        }
    }

    @Test
    void connectionsThatWereCutAreReplaced() {
        TestDatabase.assumeSeveralSessions("it cannot be cut off from the others");
        try (DocumentStore store = create()) {
            store.save(indexed(document("a", "fr", "Bail", "Le piano.")));
            TestDatabase.execute(
                    url,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'preflight-server'");
            assertEquals(1, store.search(SearchQuery.of("piano", 5)).size());
        }
    }

    @Test
    void whatIsNoAddressIsRefusedWithoutRepeatingIt() {
        for (String wrong : List.of("mysql://u:hush@h/d", "u:hush@h", "postgres://u:hu sh@h/d")) {
            var failure = assertThrows(IllegalArgumentException.class, () -> new DatabaseUrl(wrong));
            assertFalse(failure.getMessage().contains("hu"), failure.getMessage());
        }
    }
}

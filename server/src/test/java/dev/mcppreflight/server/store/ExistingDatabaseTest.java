package dev.mcppreflight.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pgvector.PGvector;
import dev.mcppreflight.server.documents.Document;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.EmbeddingSpace;
import dev.mcppreflight.server.documents.Filters;
import dev.mcppreflight.server.documents.Hit;
import dev.mcppreflight.server.documents.IndexedDocument;
import dev.mcppreflight.server.documents.Missing;
import dev.mcppreflight.server.documents.Saved;
import dev.mcppreflight.server.documents.SearchMode;
import dev.mcppreflight.server.documents.SearchQuery;
import dev.mcppreflight.server.documents.Statistics;
import dev.mcppreflight.server.documents.Stored;
import dev.mcppreflight.server.documents.Vectors;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that another document server has filled is served as it is, and stays useful to that one. */
class ExistingDatabaseTest {

    private static final int DIMENSIONS = 1536;
    private static final EmbeddingSpace SPACE = new EmbeddingSpace("text-embedding-3-small", DIMENSIONS);

    private static final String FILLED = """
            CREATE TABLE documents_full (
                id BIGSERIAL PRIMARY KEY, file_name TEXT NOT NULL, file_path TEXT NOT NULL UNIQUE, file_type TEXT,
                full_content TEXT NOT NULL, file_size_bytes BIGINT DEFAULT 0, page_count INTEGER DEFAULT 0,
                word_count INTEGER DEFAULT 0, char_count INTEGER DEFAULT 0, metadata JSONB DEFAULT '{}' NOT NULL,
                processing_method TEXT, created_at TIMESTAMPTZ DEFAULT now(), updated_at TIMESTAMPTZ DEFAULT now());
            CREATE TABLE document_chunks (
                id BIGSERIAL PRIMARY KEY, document_id BIGINT NOT NULL REFERENCES documents_full (id) ON DELETE CASCADE,
                chunk_index INTEGER NOT NULL, chunk_content TEXT NOT NULL, chunk_size INTEGER, embedding vector(1536),
                chunk_metadata JSONB DEFAULT '{}', created_at TIMESTAMPTZ DEFAULT now(), UNIQUE (document_id, chunk_index));
            CREATE INDEX chunks_by_meaning ON document_chunks USING hnsw (embedding vector_cosine_ops);
            CREATE FUNCTION get_database_stats() RETURNS json LANGUAGE sql AS 'SELECT ''{"theirs": true}''::json';
            INSERT INTO documents_full (file_name, file_path, file_type, full_content, file_size_bytes, created_at)
                VALUES ('Bail Vevey.pdf', '/data/Bail Vevey.pdf', 'pdf',
                        'Le bail de la maison est signé. Les loyers des caves sont payés.', 48000, '2023-05-01T10:00Z'),
                       ('notes.txt', '/data/notes.txt', 'txt', 'The tenants of the house pay in advance.', 40, now());
            INSERT INTO document_chunks (document_id, chunk_index, chunk_content, chunk_size, embedding)
                SELECT 1, 0, 'Le bail de la maison est signé.', 31, $1$ UNION ALL
                SELECT 1, 1, 'Les loyers des caves sont payés.', 32, $2$ UNION ALL
                SELECT 2, 0, 'The tenants of the house pay in advance.', 40, NULL;
            """.replace("$1$", literal(0)).replace("$2$", literal(1));

    private final String url = TestDatabase.emptySchema();
    private DocumentStore store;

    private static float[] axis(int axis) {
        float[] vector = new float[DIMENSIONS];
        vector[axis] = 1;
        return vector;
    }

    private static String literal(int axis) {
        return "'" + new PGvector(axis(axis)) + "'::vector";
    }

    @BeforeEach
    void open() {
        TestDatabase.execute(url, FILLED);
        store = TestDatabase.store(url);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static SearchQuery meaning(int axis) {
        return new SearchQuery(
                "x", new Vectors(SPACE, List.<float[]>of(axis(axis))), SearchMode.SEMANTIC, 5, 0.3, true, Filters.NONE);
    }

    @Test
    void itsDocumentsAreFoundListedAndRead() {
        Statistics figures = store.statistics();
        assertEquals(2, figures.documents());
        assertEquals(3, figures.chunks());
        assertEquals(1, figures.chunksWithoutEmbedding());
        assertEquals(SPACE, figures.space());
        Hit hit = store.search(meaning(1)).get(0);
        assertEquals("Les loyers des caves sont payés.", hit.chunk().text());
        assertEquals("application/pdf", hit.document().source().mediaType());
        assertEquals(
                "1",
                store.search(SearchQuery.of("loyer cave", 5)).get(0).document().id());
        assertEquals(
                "2", store.search(SearchQuery.of("tenant", 5)).get(0).document().id());
        Document whole = store.find("1").orElseThrow();
        assertTrue(whole.text().endsWith("sont payés."));
        assertEquals("Bail Vevey.pdf", whole.title());
        assertEquals("fr", whole.language());
        assertEquals("2023-05-01", whole.date().toString());
        assertEquals(
                List.of("1", "2"), store.list("", 9).stream().map(s -> s.id()).toList());
        assertEquals(Optional.of(new Stored("", 2, 2)), store.stored("1"));
    }

    @Test
    void documentsAreReplacedAddedAndDeleted() {
        Document bail = store.find("1").orElseThrow();
        Document next = new Document(
                "bail-vevey",
                bail.title(),
                "Le bail est résilié.",
                bail.url(),
                "fr",
                bail.category(),
                null,
                bail.date(),
                bail.source());
        IndexedDocument indexed = new IndexedDocument(
                next,
                List.of(new dev.mcppreflight.server.documents.Chunk(0, 0, next.text())),
                new Vectors(SPACE, List.<float[]>of(axis(2))));
        assertEquals(Saved.UPDATED, store.save(indexed));
        assertEquals("bail-vevey", store.search(meaning(2)).get(0).document().id());
        assertEquals(2, store.statistics().documents());
        assertTrue(store.delete("2"));
        assertEquals(1, store.statistics().documents());
    }

    @Test
    void itsOwnFunctionsStayAndMissingOnesAreAdded() {
        assertEquals(2, store.statistics().documents());
        assertEquals(List.of("{\"theirs\": true}"), TestDatabase.row(url, "SELECT * FROM get_database_stats()"));
        assertEquals(
                List.of("Bail Vevey.pdf", "1", "1"),
                TestDatabase.row(
                        url,
                        "SELECT file_name, chunk_index, similarity FROM match_document_chunks(" + literal(1)
                                + ", 0.3, 5)"));
        assertEquals(List.of(), store.missing());
    }

    @Test
    void whatSomebodyDroppedIsNamed() {
        assertEquals(List.of(), store.missing());
        TestDatabase.execute(url, "DROP FUNCTION match_document_chunks; DROP TABLE embedding_config");
        assertEquals(
                List.of(
                        new Missing("table embedding_config", true),
                        new Missing("function match_document_chunks", false)),
                store.missing());
    }
}

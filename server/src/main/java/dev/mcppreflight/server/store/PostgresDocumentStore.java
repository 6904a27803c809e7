package dev.mcppreflight.server.store;

import dev.mcppreflight.server.documents.Chunk;
import dev.mcppreflight.server.documents.Document;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.EmbeddingSpace;
import dev.mcppreflight.server.documents.Hit;
import dev.mcppreflight.server.documents.IndexedDocument;
import dev.mcppreflight.server.documents.Saved;
import dev.mcppreflight.server.documents.SearchQuery;
import dev.mcppreflight.server.documents.Source;
import dev.mcppreflight.server.documents.SpaceMismatchException;
import dev.mcppreflight.server.documents.Statistics;
import dev.mcppreflight.server.documents.Summary;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A store in PostgreSQL with pgvector: an HNSW index over vectors, an inverted index over words. Several servers may use
 * one database.
 */
public final class PostgresDocumentStore implements DocumentStore {

    private static final String SCHEMA_VERSION = "1";
    /** Serialises the first document with vectors, which fixes their dimension. */
    private static final long SPACE_LOCK = 0x7072_6566_6c69_6769L;

    private static final String SUMMARY =
            "d.id, d.title, d.url, d.language, d.category, d.commune, d.date, d.path, d.media_type, d.tags";

    private final Database database;
    private final PostgresQueries queries = new PostgresQueries(SUMMARY);
    private final Lexemes lexemes = new Lexemes();

    /**
     * Creates a store in this database, which is not asked for anything yet.
     *
     * @param connections the largest number of connections at a time
     */
    public PostgresDocumentStore(DatabaseUrl url, int connections) {
        this.database = new Database(url, connections);
    }

    @Override
    public Saved save(IndexedDocument indexed) {
        return database.write(connection -> {
            Document document = indexed.document();
            if (indexed.vectors() != null && !indexed.chunks().isEmpty()) {
                settle(connection, indexed.vectors().space());
            }
            String fingerprint = indexed.fingerprint();
            Optional<String> before = fingerprint(connection, document.id());
            if (before.equals(Optional.of(fingerprint))) {
                return Saved.UNCHANGED;
            }
            boolean replaced;
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM documents WHERE id = ? OR path = ?")) {
                delete.setString(1, document.id());
                delete.setString(2, document.source().path());
                replaced = delete.executeUpdate() > 0;
            }
            insertChunks(connection, indexed, insert(connection, document, fingerprint));
            return replaced ? Saved.UPDATED : Saved.CREATED;
        });
    }

    /** Makes sure that vectors of this space may be stored; the first ones give the column its dimension and index. */
    private static void settle(Connection connection, EmbeddingSpace offered) throws SQLException {
        Optional<EmbeddingSpace> stored = space(connection);
        if (stored.isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_advisory_xact_lock(" + SPACE_LOCK + ")");
                stored = space(connection);
                if (stored.isEmpty()) {
                    fix(connection, statement, offered);
                    return;
                }
            }
        }
        requireSame(stored.get(), offered);
    }

    private static void fix(Connection connection, Statement statement, EmbeddingSpace space) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO embedding_config (model, dimensions) VALUES (?, ?)")) {
            insert.setString(1, space.model());
            insert.setInt(2, space.dimensions());
            insert.executeUpdate();
        }
        statement.execute("ALTER TABLE document_chunks ALTER COLUMN embedding TYPE vector(" + space.dimensions() + ")");
        statement.execute("CREATE INDEX document_chunks_embedding ON document_chunks USING hnsw ("
                + PostgresQueries.indexed("embedding", space) + " " + PostgresQueries.operators(space) + ")");
    }

    private static void requireSame(EmbeddingSpace stored, EmbeddingSpace offered) {
        if (!stored.equals(offered)) {
            throw new SpaceMismatchException(stored, offered);
        }
    }

    private static long insert(Connection connection, Document document, String fingerprint) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO documents (id, path, title, content, url, language, category, commune, date, media_type,"
                        + " tags, bytes, fingerprint) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING key")) {
            insert.setString(1, document.id());
            insert.setString(2, document.source().path());
            insert.setString(3, document.title());
            insert.setString(4, document.text());
            insert.setString(5, document.url());
            insert.setString(6, document.language());
            insert.setString(7, document.category());
            insert.setString(8, document.commune());
            insert.setObject(9, document.date());
            insert.setString(10, document.source().mediaType());
            insert.setArray(
                    11,
                    connection.createArrayOf("text", document.source().tags().toArray()));
            insert.setLong(12, document.text().getBytes(StandardCharsets.UTF_8).length);
            insert.setString(13, fingerprint);
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private void insertChunks(Connection connection, IndexedDocument indexed, long key) throws SQLException {
        Document document = indexed.document();
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO document_chunks (document_key, chunk_index, char_start, content, characters, words,"
                        + " embedding) VALUES (?, ?, ?, ?, ?, ?::tsvector, ?::vector)")) {
            for (Chunk chunk : indexed.chunks()) {
                insert.setLong(1, key);
                insert.setInt(2, chunk.index());
                insert.setInt(3, chunk.start());
                insert.setString(4, chunk.text());
                insert.setInt(5, chunk.text().length());
                insert.setString(6, lexemes.vector(document.title() + "\n" + chunk.text(), document.language()));
                insert.setString(
                        7,
                        indexed.vector(chunk.index())
                                .map(PostgresQueries::literal)
                                .orElse(null));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Override
    public boolean delete(String id) {
        return database.write(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM documents WHERE id = ?")) {
                delete.setString(1, id);
                return delete.executeUpdate() > 0;
            }
        });
    }

    @Override
    public Optional<String> fingerprint(String id) {
        return database.read(connection -> fingerprint(connection, id));
    }

    private static Optional<String> fingerprint(Connection connection, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT fingerprint FROM documents WHERE id = ?")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    @Override
    public Optional<EmbeddingSpace> space() {
        return database.read(PostgresDocumentStore::space);
    }

    private static Optional<EmbeddingSpace> space(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT model, dimensions FROM embedding_config")) {
            return row.next() ? Optional.of(new EmbeddingSpace(row.getString(1), row.getInt(2))) : Optional.empty();
        }
    }

    @Override
    public List<Hit> search(SearchQuery query) {
        return Fusion.answer(
                database.read(connection -> switch (query.mode()) {
                    case FULLTEXT -> byWords(connection, query);
                    case SEMANTIC -> byMeaning(connection, query);
                    case HYBRID -> Fusion.fused(byMeaning(connection, query), byWords(connection, query));
                }),
                query);
    }

    private List<Hit> byMeaning(Connection connection, SearchQuery query) throws SQLException {
        EmbeddingSpace offered = query.vector().space();
        Optional<EmbeddingSpace> stored = space(connection);
        if (stored.isEmpty()) {
            return List.of();
        }
        requireSame(stored.get(), offered);
        try (PreparedStatement select = queries.meaning(connection, query)) {
            return hits(select, false);
        }
    }

    private List<Hit> byWords(Connection connection, SearchQuery query) throws SQLException {
        String[] words = lexemes.query(query.text());
        if (words.length == 0) {
            return List.of();
        }
        try (PreparedStatement select = queries.words(connection, query, words)) {
            return hits(select, true);
        }
    }

    private static List<Hit> hits(PreparedStatement select, boolean relativeToBest) throws SQLException {
        List<Hit> hits = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            double best = 1;
            while (rows.next()) {
                double score = rows.getDouble("score");
                best = relativeToBest && hits.isEmpty() ? score : best;
                Chunk chunk =
                        new Chunk(rows.getInt("chunk_index"), rows.getInt("char_start"), rows.getString("content"));
                hits.add(new Hit(summary(rows), chunk, Math.max(0, Math.min(1, score / best))));
            }
        }
        hits.sort(Fusion.order());
        return hits;
    }

    private static Summary summary(ResultSet row) throws SQLException {
        Array tags = row.getArray("tags");
        return new Summary(
                row.getString("id"),
                row.getString("title"),
                row.getString("url"),
                row.getString("language"),
                row.getString("category"),
                row.getString("commune"),
                row.getObject("date", LocalDate.class),
                new Source(row.getString("path"), row.getString("media_type"), List.of((String[]) tags.getArray())));
    }

    @Override
    public Optional<Document> find(String id) {
        return database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT " + SUMMARY + ", d.content FROM documents d WHERE d.id = ?")) {
                select.setString(1, id);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(summary(row).with(row.getString("content"))) : Optional.empty();
                }
            }
        });
    }

    @Override
    public List<Summary> list(String afterId, int limit) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT " + SUMMARY + " FROM documents d WHERE d.id > ? ORDER BY d.id LIMIT ?")) {
                select.setString(1, afterId);
                select.setInt(2, limit);
                List<Summary> page = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        page.add(summary(rows));
                    }
                }
                return page;
            }
        });
    }

    @Override
    public Statistics statistics() {
        return database.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT d.n, c.n, c.size, c.bare, d.bytes FROM"
                            + " (SELECT count(*) n, coalesce(sum(bytes), 0) bytes FROM documents) d,"
                            + " (SELECT count(*) n, coalesce(sum(characters), 0) size,"
                            + " count(*) FILTER (WHERE embedding IS NULL) bare FROM document_chunks) c")) {
                row.next();
                return new Statistics(
                        row.getInt(1),
                        row.getInt(2),
                        row.getLong(3),
                        row.getInt(4),
                        row.getLong(5),
                        space(connection).orElse(null),
                        SCHEMA_VERSION,
                        counts(connection, "language"),
                        counts(connection, "category"));
            }
        });
    }

    private static SortedMap<String, Integer> counts(Connection connection, String column) throws SQLException {
        SortedMap<String, Integer> counts = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT " + column + ", count(*) FROM documents GROUP BY " + column)) {
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getInt(2));
            }
        }
        return counts;
    }

    @Override
    public String name() {
        return "postgresql-pgvector";
    }

    @Override
    public void close() {
        database.close();
    }
}

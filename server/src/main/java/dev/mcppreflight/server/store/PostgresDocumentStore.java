package dev.mcppreflight.server.store;

import dev.mcppreflight.server.documents.Chunk;
import dev.mcppreflight.server.documents.Document;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.EmbeddingSpace;
import dev.mcppreflight.server.documents.Hit;
import dev.mcppreflight.server.documents.IndexedDocument;
import dev.mcppreflight.server.documents.Missing;
import dev.mcppreflight.server.documents.Saved;
import dev.mcppreflight.server.documents.SearchQuery;
import dev.mcppreflight.server.documents.Source;
import dev.mcppreflight.server.documents.SpaceMismatchException;
import dev.mcppreflight.server.documents.Statistics;
import dev.mcppreflight.server.documents.Stored;
import dev.mcppreflight.server.documents.Summary;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A store in PostgreSQL with pgvector: an HNSW index over vectors, an inverted index over words. Several servers may use
 * one database.
 */
public final class PostgresDocumentStore implements DocumentStore {

    /** Serialises the first document with vectors, which fixes their dimension. */
    private static final long SPACE_LOCK = 0x7072_6566_6c69_6769L;

    private static final int DOCUMENT_LOCK = 0x7072_6566;

    private static final String SUMMARY =
            "d.id, d.title, d.url, d.language, d.category, d.commune, d.date, d.path, d.media_type, d.tags";

    private static final long TRUSTED_NANOS = 5_000_000_000L;

    private final Database database;
    private final PostgresQueries queries = new PostgresQueries(SUMMARY);
    private final Lexemes lexemes = new Lexemes();
    private final PostgresWriting writing = new PostgresWriting(lexemes);
    private final PostgresFigures figures = new PostgresFigures();
    private volatile Known known;

    /**
     * Creates a store in this database, which is not asked for anything yet.
     *
     * @param connections the largest number of connections at a time
     */
    public PostgresDocumentStore(DatabaseUrl url, int connections) {
        this(url, connections, Database.READ_DEADLINE);
    }

    PostgresDocumentStore(DatabaseUrl url, int connections, Duration readDeadline) {
        this.database = new Database(url, connections, readDeadline);
    }

    private static void requireSame(EmbeddingSpace stored, EmbeddingSpace offered) {
        if (!stored.equals(offered)) {
            throw new SpaceMismatchException(stored, offered);
        }
    }

    @Override
    public Saved save(IndexedDocument indexed) {
        return database.write(connection -> {
            Document document = indexed.document();
            lock(connection, document.source().path());
            if (indexed.vectors() != null && !indexed.chunks().isEmpty()) {
                settle(connection, indexed.vectors().space());
            }
            return writing.save(connection, indexed, stored(connection, document.id()));
        });
    }

    /** Lets one server at a time replace a document; the others see what it has made of it. */
    private static void lock(Connection connection, String path) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?, hashtext(?))")) {
            lock.setInt(1, DOCUMENT_LOCK);
            lock.setString(2, path);
            lock.execute();
        }
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

    /** PostgreSQL refuses to compare with U+0000, which no text in it holds. */
    private static boolean isText(String id) {
        return id.indexOf('\0') < 0;
    }

    @Override
    public boolean delete(String id) {
        return isText(id)
                && database.write(connection -> {
                    try (PreparedStatement delete = connection.prepareStatement(
                            "DELETE FROM documents_full WHERE coalesce(external_id, id::text COLLATE \"C\") = ?")) {
                        delete.setString(1, id);
                        return delete.executeUpdate() > 0;
                    }
                });
    }

    @Override
    public Optional<Stored> stored(String id) {
        return isText(id) ? database.read(connection -> stored(connection, id)) : Optional.empty();
    }

    private static Optional<Stored> stored(Connection connection, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT d.fingerprint, n.chunks, n.vectors"
                + " FROM served_documents d, LATERAL (SELECT count(*) AS chunks, count(c.embedding) AS vectors"
                + " FROM document_chunks c WHERE c.document_id = d.key) n WHERE d.id = ?")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Stored(row.getString(1), row.getInt(2), row.getInt(3)))
                        : Optional.empty();
            }
        }
    }

    @Override
    public Optional<EmbeddingSpace> space() {
        Known recent = known;
        if (recent != null && System.nanoTime() - recent.since() < TRUSTED_NANOS) {
            return Optional.of(recent.space());
        }
        return database.read(this::knownSpace);
    }

    /** What vectors belong to is asked for with every search and changes, if ever, when everything is indexed anew. */
    private Optional<EmbeddingSpace> knownSpace(Connection connection) throws SQLException {
        Known recent = known;
        if (recent != null && System.nanoTime() - recent.since() < TRUSTED_NANOS) {
            return Optional.of(recent.space());
        }
        Optional<EmbeddingSpace> stored = space(connection);
        known = stored.map(space -> new Known(space, System.nanoTime())).orElse(null);
        return stored;
    }

    /** What vectors belonged to at that time of {@link System#nanoTime()}. */
    private record Known(EmbeddingSpace space, long since) {}

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
        Optional<EmbeddingSpace> stored = knownSpace(connection);
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
                Chunk chunk = new Chunk(
                        rows.getInt("chunk_index"), rows.getInt("char_start"), rows.getString("chunk_content"));
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
        if (!isText(id)) {
            return Optional.empty();
        }
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT " + SUMMARY + ", d.content FROM served_documents d WHERE d.id = ?")) {
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
                    "SELECT " + SUMMARY + " FROM served_documents d WHERE d.id > ? ORDER BY d.id LIMIT ?")) {
                select.setString(1, afterId.replace("\0", ""));
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
        return database.read(connection -> figures.statistics(connection, space(connection)));
    }

    @Override
    public List<Missing> missing() {
        return database.read(figures::missing);
    }

    @Override
    public boolean isShared() {
        return true;
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

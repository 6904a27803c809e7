package dev.mcppreflight.server.bench;

import com.pgvector.PGvector;
import dev.mcppreflight.server.documents.Chunk;
import dev.mcppreflight.server.documents.Document;
import dev.mcppreflight.server.documents.EmbeddingSpace;
import dev.mcppreflight.server.documents.Filters;
import dev.mcppreflight.server.documents.IndexedDocument;
import dev.mcppreflight.server.documents.SearchMode;
import dev.mcppreflight.server.documents.SearchQuery;
import dev.mcppreflight.server.documents.Vectors;
import dev.mcppreflight.server.embedding.EmbeddingModel;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.store.DatabaseUrl;
import dev.mcppreflight.server.store.PostgresDocumentStore;
import dev.mcppreflight.server.tools.ToolOutcome;
import dev.mcppreflight.server.tools.ToolRegistry;
import dev.mcppreflight.server.tools.WriteAccess;
import io.modelcontextprotocol.json.McpJsonDefaults;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Search by meaning over 100,000 chunks in PostgreSQL with pgvector, against the bare statement on the same connection
 * settings: what the server costs, and how many of the ten true neighbours it finds. The vectors are those of a clustered
 * collection, as texts make them. Works in a schema of its own in the database of {@code DATABASE_URL}, and drops it.
 */
final class SearchBenchmark {

    private static final EmbeddingSpace SPACE = new EmbeddingSpace("clustered", 384);
    private static final int CHUNKS_PER_DOCUMENT = 20;
    private static final int CLUSTERS = 500;
    private static final double SPREAD = 0.9;
    private static final int NEIGHBOURS = 10;
    private static final int ROUNDS = 6;
    private static final double MOST_MILLIS_MORE = 1;
    private static final double LEAST_RECALL = 0.95;
    private static final String SCHEMA = "preflight_bench";
    private static final String BARE =
            "SELECT document_id, chunk_index, chunk_content, 1 - (embedding <=> ?::vector) FROM document_chunks"
                    + " ORDER BY embedding <=> ?::vector LIMIT " + NEIGHBOURS;

    private final PrintStream out;
    private final String database;
    private final String url;
    private final int chunks;
    private final int queries;
    private final Random random = new Random(42);
    private final float[][] centres = new float[CLUSTERS][];
    private float[] asked;

    SearchBenchmark(PrintStream out, String database, boolean quick) {
        this.out = out;
        this.database = database;
        this.url = database + (database.contains("?") ? "&" : "?") + "currentSchema=" + SCHEMA + ",public";
        this.chunks = quick ? 5_000 : 100_000;
        this.queries = quick ? 50 : 300;
        for (int i = 0; i < CLUSTERS; i++) {
            centres[i] = near(new float[SPACE.dimensions()], 1);
        }
    }

    void run() throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(database)) {
            connection
                    .createStatement()
                    .execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE; CREATE SCHEMA " + SCHEMA
                            + "; CREATE EXTENSION IF NOT EXISTS vector SCHEMA public");
        }
        try (PostgresDocumentStore store = new PostgresDocumentStore(new DatabaseUrl(url), 2);
                Connection connection = DriverManager.getConnection(url)) {
            store.save(first());
            long start = System.nanoTime();
            load(connection);
            out.printf(
                    Locale.ROOT,
                    "%nsearch by meaning, %,d chunks of %d numbers, made in %.0f s      load %.1f%n",
                    chunks,
                    SPACE.dimensions(),
                    (System.nanoTime() - start) / 1e9,
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            measure(store, connection);
        } finally {
            try (Connection connection = DriverManager.getConnection(database)) {
                connection.createStatement().execute("DROP SCHEMA " + SCHEMA + " CASCADE");
            }
        }
    }

    /** The first document gives the column its dimension and its index. */
    private IndexedDocument first() {
        Document document = new Document(
                "first", "First", "First.", "documents://first", "en", "document", null, LocalDate.of(2026, 1, 1));
        return new IndexedDocument(
                document,
                List.of(new Chunk(0, 0, "First.")),
                new Vectors(SPACE, List.<float[]>of(near(centres[0], SPREAD))));
    }

    /** Loads in bulk and, in one process as shared memory of containers is small, builds the index as the store declares it: through the store it would take minutes. */
    private void load(Connection connection) throws SQLException {
        String index = only(
                connection,
                "SELECT indexdef FROM pg_indexes WHERE indexname = 'document_chunks_embedding'" + " AND schemaname = '"
                        + SCHEMA + "'");
        connection.createStatement().execute("DROP INDEX document_chunks_embedding");
        connection
                .createStatement()
                .execute("INSERT INTO documents_full (external_id, file_name, file_path, full_content,"
                        + " file_size_bytes) SELECT 'd' || n, 'd' || n || '.md', 'd' || n || '.md', 'x', 1 FROM generate_series(1, "
                        + chunks / CHUNKS_PER_DOCUMENT + ") n ORDER BY n");
        long key = Long.parseLong(only(connection, "SELECT min(id) FROM documents_full WHERE external_id LIKE 'd%'"));
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY document_chunks (document_id, chunk_index, chunk_content, chunk_size, words, embedding)"
                        + " FROM STDIN");
        String text = "The tenants of the house pay the rent for each quarter in advance. ".repeat(6);
        for (int i = 0; i < chunks; i++) {
            byte[] line = ((key + i / CHUNKS_PER_DOCUMENT) + "\t" + i % CHUNKS_PER_DOCUMENT + "\t" + text + "\t"
                            + text.length() + "\t\t" + literal(near(centres[random.nextInt(CLUSTERS)], SPREAD)) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
            copy.writeToCopy(line, 0, line.length);
        }
        copy.endCopy();
        connection
                .createStatement()
                .execute("SET maintenance_work_mem = '512MB'; SET max_parallel_maintenance_workers = 0; " + index);
        connection.createStatement().execute("ANALYZE document_chunks, documents_full");
    }

    private void measure(PostgresDocumentStore store, Connection connection) throws SQLException, IOException {
        EmbeddingModel model = new EmbeddingModel() {
            @Override
            public EmbeddingSpace space() {
                return SPACE;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public Vectors embed(List<String> texts) {
                return new Vectors(SPACE, List.<float[]>of(asked));
            }
        };
        ToolRegistry tools = new ToolRegistry(
                store,
                model,
                Clock.systemUTC(),
                new JsonCodec(McpJsonDefaults.getMapper()),
                tool -> 0,
                (tool, code, nanos) -> {},
                (WriteAccess) null);
        Map<String, Object> arguments = Map.of("query", "x", "mode", "semantic", "limit", NEIGHBOURS, "threshold", 0);
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < queries; i++) {
            vectors.add(near(centres[random.nextInt(CLUSTERS)], SPREAD));
        }
        connection.createStatement().execute("SET hnsw.ef_search = 200; SET hnsw.iterative_scan = strict_order");
        double[] bare = new double[queries];
        double[] ours = new double[queries];
        int right = 0;
        // Whoever comes second finds the pages in memory, so they take turns; the last round counts, the others warm
        // up.
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < queries; i++) {
                asked = vectors.get(i);
                if (i % 2 == 0) {
                    bare[i] = millis(() -> neighbours(connection, asked));
                }
                ours[i] = millis(() -> {
                    ToolOutcome outcome = tools.call("search_documents", arguments);
                    if (!(outcome instanceof ToolOutcome.Success)) {
                        throw new IllegalStateException(outcome.toString());
                    }
                });
                if (i % 2 == 1) {
                    bare[i] = millis(() -> neighbours(connection, asked));
                }
            }
        }
        connection.createStatement().execute("SET enable_indexscan = off");
        long key = Long.parseLong(only(connection, "SELECT min(id) FROM documents_full WHERE external_id = 'd1'"));
        for (float[] vector : vectors) {
            Set<String> truth = new HashSet<>(neighbours(connection, vector));
            truth.retainAll(found(store, vector, key));
            right += truth.size();
        }
        report(median(bare), median(ours), right / (double) (NEIGHBOURS * queries));
    }

    private interface Question {
        void ask() throws SQLException;
    }

    private static double millis(Question question) throws SQLException {
        long start = System.nanoTime();
        question.ask();
        return (System.nanoTime() - start) / 1e6;
    }

    private void report(double bare, double ours, double recall) {
        out.printf(Locale.ROOT, "  bare statement    p50 %.2f ms%n", bare);
        out.printf(Locale.ROOT, "  search_documents  p50 %.2f ms%n", ours);
        out.printf(
                Locale.ROOT,
                "  more      %.2f ms (goal <= %.2f ms): %s%n",
                ours - bare,
                MOST_MILLIS_MORE,
                ours - bare <= MOST_MILLIS_MORE ? "met" : "MISSED");
        out.printf(
                Locale.ROOT,
                "  recall@%d %.3f (goal >= %.2f): %s%n",
                NEIGHBOURS,
                recall,
                LEAST_RECALL,
                recall >= LEAST_RECALL ? "met" : "MISSED");
    }

    private static List<String> found(PostgresDocumentStore store, float[] vector, long key) {
        return store
                .search(new SearchQuery(
                        "x",
                        new Vectors(SPACE, List.<float[]>of(vector)),
                        SearchMode.SEMANTIC,
                        NEIGHBOURS,
                        0,
                        false,
                        Filters.NONE))
                .stream()
                .map(hit -> key(hit.document().id(), key) + "#" + hit.chunk().index())
                .toList();
    }

    /** Documents were made in the order of their numbers. */
    private static long key(String id, long first) {
        return id.equals("first") ? 1 : first + Long.parseLong(id.substring(1)) - 1;
    }

    private static List<String> neighbours(Connection connection, float[] vector) throws SQLException {
        String literal = new PGvector(vector).toString();
        List<String> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(BARE)) {
            select.setString(1, literal);
            select.setString(2, literal);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getLong(1) + "#" + rows.getInt(2));
                }
            }
        }
        return found;
    }

    private static String only(Connection connection, String sql) throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private float[] near(float[] centre, double spread) {
        float[] vector = new float[centre.length];
        double square = 0;
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (centre[i] + spread * random.nextGaussian() / Math.sqrt(vector.length));
            square += vector[i] * vector[i];
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= (float) Math.sqrt(square);
        }
        return vector;
    }

    private static String literal(float[] vector) {
        StringBuilder text = new StringBuilder("[");
        for (float number : vector) {
            text.append(text.length() == 1 ? "" : ",").append(Math.round(number * 100_000) / 100_000f);
        }
        return text.append("]").toString();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}

package dev.mcppreflight.server.store;

import com.pgvector.PGvector;
import dev.mcppreflight.server.documents.EmbeddingSpace;
import dev.mcppreflight.server.documents.Filters;
import dev.mcppreflight.server.documents.SearchMode;
import dev.mcppreflight.server.documents.SearchQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Searches as PostgreSQL understands them. */
final class PostgresQueries {

    /** pgvector indexes no longer vectors than this in full precision. */
    private static final int MOST_INDEXED = 2000;

    /** How many chunks of a document may go before another document, before the answer gets shorter than asked for. */
    private static final int CHUNKS_EACH = 4;

    private static final int LEAST_NEAR = 20;

    private final String columns;

    PostgresQueries(String summaryColumns) {
        this.columns = summaryColumns + ", c.chunk_index, coalesce(c.char_start, 0) AS char_start, c.chunk_content";
    }

    /** Returns the expression that the index is over. */
    static String indexed(String value, EmbeddingSpace space) {
        return space.dimensions() <= MOST_INDEXED ? value : "(" + value + "::halfvec(" + space.dimensions() + "))";
    }

    /** Returns the operators of that index. */
    static String operators(EmbeddingSpace space) {
        return space.dimensions() <= MOST_INDEXED ? "vector_cosine_ops" : "halfvec_cosine_ops";
    }

    /**
     * Returns the search by meaning. The nearest chunks first, by the bare distance, as nothing else uses the index; then
     * those of them that the answer shows; only for these is anything more read.
     */
    PreparedStatement meaning(Connection connection, SearchQuery query) throws SQLException {
        EmbeddingSpace space = query.vector().space();
        List<Object> values = new ArrayList<>();
        values.add(new PGvector(query.vector().values().get(0)));
        String where = conditions(query.filters(), values);
        String distance = indexed("c.embedding", space) + " <=> " + indexed("?::vector", space);
        return prepared(
                connection,
                "WITH near AS MATERIALIZED (SELECT c.id, c.document_id, c.chunk_index, " + distance + " AS distance"
                        + " FROM document_chunks c"
                        + (where.isEmpty() ? "" : " JOIN served_documents d ON d.key = c.document_id")
                        + " WHERE c.embedding IS NOT NULL" + where + " ORDER BY distance LIMIT "
                        + nearest(query) + "), best AS MATERIALIZED (SELECT id, distance FROM (SELECT id,"
                        + " distance, row_number() OVER (PARTITION BY document_id ORDER BY distance, chunk_index) AS place"
                        + " FROM near) n" + shown(query) + ")"
                        + " SELECT " + columns + ", 1 - b.distance AS score FROM best b"
                        + " JOIN document_chunks c ON c.id = b.id JOIN served_documents d ON d.key = c.document_id"
                        + " ORDER BY b.distance",
                values);
    }

    /** Each one costs a look at its vector; ranks in another list need many, single chunks of documents some. */
    private static int nearest(SearchQuery query) {
        if (query.mode() == SearchMode.HYBRID) {
            return Fusion.candidates(query);
        }
        return query.eachDocumentOnce() ? Math.max(LEAST_NEAR, query.limit() * CHUNKS_EACH) : query.limit();
    }

    /** What is joined with another list is needed whole. */
    private static String shown(SearchQuery query) {
        String once = query.eachDocumentOnce() ? " WHERE n.place = 1" : "";
        return query.mode() == SearchMode.HYBRID ? "" : once + " ORDER BY distance, id LIMIT " + query.limit();
    }

    /**
     * Returns the search by words. The rank of a chunk is the sum over the words of how rare the word is times how often
     * it stands there; PostgreSQL's own ranks do not know what is rare.
     */
    PreparedStatement words(Connection connection, SearchQuery query, String[] words) throws SQLException {
        List<Object> values = new ArrayList<>();
        values.add(connection.createArrayOf("text", words));
        String where = conditions(query.filters(), values);
        return prepared(
                connection,
                "WITH words AS MATERIALIZED (SELECT w.word::tsquery AS word,"
                        + " ln(1 + (n.total - f.found + 0.5) / (f.found + 0.5)) AS rarity"
                        + " FROM unnest(?) AS w(word), (SELECT count(*) AS total FROM document_chunks) n,"
                        + " LATERAL (SELECT count(*) AS found FROM document_chunks x"
                        + " WHERE x.words @@ w.word::tsquery) f),"
                        + " best AS (SELECT c.id, sum(w.rarity * ts_rank(c.words, w.word, 1)) AS score"
                        + " FROM words w JOIN document_chunks c ON c.words @@ w.word"
                        + " JOIN served_documents d ON d.key = c.document_id WHERE true" + where
                        + " GROUP BY c.id ORDER BY score DESC, c.id LIMIT " + Fusion.candidates(query) + ")"
                        + " SELECT " + columns + ", b.score FROM best b JOIN document_chunks c ON c.id = b.id"
                        + " JOIN served_documents d ON d.key = c.document_id ORDER BY b.score DESC, d.id, c.chunk_index",
                values);
    }

    private static String conditions(Filters filters, List<Object> values) {
        StringBuilder where = new StringBuilder();
        add(where, values, " AND d.language = ?", filters.language());
        add(where, values, " AND d.category = ?", filters.category());
        add(where, values, " AND d.commune = ?", filters.commune());
        add(where, values, " AND d.media_type = ?", filters.mediaType());
        filters.tags().forEach(tag -> add(where, values, " AND ? = ANY (d.tags)", tag));
        add(where, values, " AND starts_with(d.path, ?)", filters.pathPrefix());
        add(where, values, " AND d.date >= ?", filters.from());
        add(where, values, " AND d.date <= ?", filters.to());
        return where.toString();
    }

    private static void add(StringBuilder where, List<Object> values, String condition, Object value) {
        if (value instanceof String text && text.indexOf('\0') >= 0) {
            // PostgreSQL refuses to compare with it, and no text in it holds it.
            where.append(" AND false");
        } else if (value != null) {
            where.append(condition);
            values.add(value);
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, List<Object> values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }
}

package dev.mcppreflight.server.store;

import dev.mcppreflight.server.documents.EmbeddingSpace;
import dev.mcppreflight.server.documents.Missing;
import dev.mcppreflight.server.documents.Statistics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what is in the tables, and tells which of them are not there. */
final class PostgresFigures {

    private static final String SCHEMA_VERSION = "2";

    private static final List<String> RELATIONS =
            List.of("documents_full", "document_chunks", "served_documents", "embedding_config");
    private static final List<String> FUNCTIONS = List.of(
            "match_documents",
            "match_document_chunks",
            "get_database_stats",
            "get_full_document",
            "delete_document_by_path");
    private static final String MISSING =
            "SELECT 'table ' || name, true FROM unnest(?) name WHERE to_regclass(name) IS NULL"
                    + " UNION ALL SELECT 'extension vector', true WHERE to_regtype('vector') IS NULL"
                    + " UNION ALL SELECT 'function ' || name, false FROM unnest(?) name WHERE NOT EXISTS"
                    + " (SELECT FROM pg_proc p WHERE p.proname = name AND pg_function_is_visible(p.oid))";

    /** Returns the figures of the collection, of which the vectors belong to this space. */
    Statistics statistics(Connection connection, Optional<EmbeddingSpace> space) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT d.n, c.n, c.size, c.bare, d.bytes FROM"
                        + " (SELECT count(*) n, coalesce(sum(bytes), 0) bytes FROM served_documents) d,"
                        + " (SELECT count(*) n, coalesce(sum(coalesce(chunk_size, length(chunk_content))), 0) size,"
                        + " count(*) FILTER (WHERE embedding IS NULL) bare FROM document_chunks) c")) {
            row.next();
            return new Statistics(
                    row.getInt(1),
                    row.getInt(2),
                    row.getLong(3),
                    row.getInt(4),
                    row.getLong(5),
                    space.orElse(null),
                    SCHEMA_VERSION,
                    counts(connection, "language"),
                    counts(connection, "category"));
        }
    }

    private static SortedMap<String, Integer> counts(Connection connection, String column) throws SQLException {
        SortedMap<String, Integer> counts = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT " + column + ", count(*) FROM served_documents GROUP BY " + column)) {
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getInt(2));
            }
        }
        return counts;
    }

    /** Asks the catalogue of the database: somebody may have dropped what the migrations made. */
    List<Missing> missing(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(MISSING)) {
            select.setArray(1, connection.createArrayOf("text", RELATIONS.toArray()));
            select.setArray(2, connection.createArrayOf("text", FUNCTIONS.toArray()));
            List<Missing> missing = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    missing.add(new Missing(rows.getString(1), rows.getBoolean(2)));
                }
            }
            return missing;
        }
    }
}

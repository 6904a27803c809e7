package dev.mcppreflight.server.store;

import dev.mcppreflight.server.documents.Language;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Documents that others wrote into the database: gives them what the search by words needs. */
final class ForeignRows {

    private static final int BATCH = 500;

    private final Lexemes lexemes = new Lexemes();

    /** Completes all rows that lack something; a matter of one look at an index where there are none. */
    void complete(Connection connection) throws SQLException {
        while (words(connection) == BATCH) {
            // The next ones.
        }
    }

    private int words(Connection connection) throws SQLException {
        int found = 0;
        try (Statement select = connection.createStatement();
                ResultSet rows =
                        select.executeQuery("SELECT c.id, c.chunk_content, d.key, d.title, d.language, d.content"
                                + " FROM document_chunks c JOIN served_documents d ON d.key = c.document_id"
                                + " WHERE c.words IS NULL ORDER BY c.id LIMIT " + BATCH);
                PreparedStatement update =
                        connection.prepareStatement("UPDATE document_chunks SET words = ?::tsvector WHERE id = ?");
                PreparedStatement name =
                        connection.prepareStatement("UPDATE documents_full SET language = ? WHERE id = ?")) {
            long last = -1;
            String language = Language.UNKNOWN;
            while (rows.next()) {
                if (rows.getLong("key") != last) {
                    last = rows.getLong("key");
                    language = rows.getString("language");
                    if (language.equals(Language.UNKNOWN)) {
                        language = Language.of(rows.getString("content"));
                        name.setString(1, language);
                        name.setLong(2, last);
                        name.addBatch();
                    }
                }
                update.setString(
                        1, lexemes.vector(rows.getString("title") + "\n" + rows.getString("chunk_content"), language));
                update.setLong(2, rows.getLong("id"));
                update.addBatch();
                found++;
            }
            name.executeBatch();
            update.executeBatch();
        }
        return found;
    }
}

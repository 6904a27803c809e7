package dev.mcppreflight.server.store;

import com.pgvector.PGvector;
import dev.mcppreflight.server.documents.Chunk;
import dev.mcppreflight.server.documents.Document;
import dev.mcppreflight.server.documents.IndexedDocument;
import dev.mcppreflight.server.documents.Saved;
import dev.mcppreflight.server.documents.Stored;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.StringTokenizer;

/** Writes documents with their chunks into the tables, in the transaction of whoever asks for it. */
final class PostgresWriting {

    private final Lexemes lexemes;

    PostgresWriting(Lexemes lexemes) {
        this.lexemes = lexemes;
    }

    /**
     * Puts a document in the place of those with its id or its path.
     *
     * @param before what is stored under its id
     */
    Saved save(Connection connection, IndexedDocument indexed, Optional<Stored> before) throws SQLException {
        Document document = indexed.document();
        String fingerprint = indexed.fingerprint();
        if (before.map(Stored::fingerprint).equals(Optional.of(fingerprint))) {
            return Saved.UNCHANGED;
        }
        boolean replaced;
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM documents_full"
                + " WHERE coalesce(external_id, id::text COLLATE \"C\") = ? OR file_path = ?")) {
            delete.setString(1, document.id());
            delete.setString(2, document.source().path());
            replaced = delete.executeUpdate() > 0;
        }
        insertChunks(connection, indexed, insert(connection, document, fingerprint));
        return replaced ? Saved.UPDATED : Saved.CREATED;
    }

    private static long insert(Connection connection, Document document, String fingerprint) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO documents_full (external_id, file_path, title, full_content, source_url, language, category,"
                        + " commune, document_date, media_type, tags, file_size_bytes, fingerprint, file_name, file_type,"
                        + " char_count, word_count, metadata)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, jsonb_build_object('id', ?::text,"
                        + " 'title', ?::text, 'url', ?::text, 'language', ?::text, 'tags', ?::text[]))"
                        + " RETURNING id")) {
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
            Array tags =
                    connection.createArrayOf("text", document.source().tags().toArray());
            insert.setArray(11, tags);
            insert.setLong(12, document.text().getBytes(StandardCharsets.UTF_8).length);
            insert.setString(13, fingerprint);
            insert.setString(14, document.source().fileName());
            insert.setString(15, ending(document.source().fileName()));
            insert.setInt(16, document.text().length());
            insert.setInt(17, new StringTokenizer(document.text()).countTokens());
            insert.setString(18, document.id());
            insert.setString(19, document.title());
            insert.setString(20, document.url());
            insert.setString(21, document.language());
            insert.setArray(22, tags);
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static String ending(String fileName) {
        return fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private void insertChunks(Connection connection, IndexedDocument indexed, long key) throws SQLException {
        Document document = indexed.document();
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO document_chunks (document_id, chunk_index, char_start, chunk_content, chunk_size, words,"
                        + " embedding) VALUES (?, ?, ?, ?, ?, ?::tsvector, ?::vector)")) {
            for (Chunk chunk : indexed.chunks()) {
                insert.setLong(1, key);
                insert.setInt(2, chunk.index());
                insert.setInt(3, chunk.start());
                insert.setString(4, chunk.text());
                insert.setInt(5, chunk.text().length());
                insert.setString(6, lexemes.vector(document.title() + "\n" + chunk.text(), document.language()));
                insert.setObject(
                        7, indexed.vector(chunk.index()).map(PGvector::new).orElse(null));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}

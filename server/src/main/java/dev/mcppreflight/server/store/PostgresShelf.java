package dev.mcppreflight.server.store;

import dev.mcppreflight.server.documents.StoreUnavailableException;
import dev.mcppreflight.server.replicas.Shelf;
import dev.mcppreflight.server.replicas.UnreachableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A shelf in a table of the database that the replicas share. */
public final class PostgresShelf implements Shelf, AutoCloseable {

    private static final int CONNECTIONS = 2;

    /** A lock on a row holds up nobody while the row is not there yet. */
    private static final String ALONE = "SELECT pg_advisory_xact_lock(hashtextextended(?, 7201634))";

    private static final String FIND = "SELECT content FROM mcp_shelf WHERE name = ? AND ends > now()";
    private static final String REPLACE = "UPDATE mcp_shelf SET content = ? WHERE name = ?";
    private static final String LAY = """
            INSERT INTO mcp_shelf (name, content, ends) VALUES (?, ?, now() + make_interval(secs => ?))
            ON CONFLICT (name) DO UPDATE SET content = excluded.content, ends = excluded.ends""";
    private static final String TIDY = "DELETE FROM mcp_shelf WHERE ends <= now() OR name IN"
            + " (SELECT name FROM mcp_shelf ORDER BY ends DESC OFFSET ?)";

    private final DatabaseUrl url;
    private final int most;
    private Database database;

    /** Creates the shelf of a replica; the database is asked for nothing before there is something to keep. */
    public PostgresShelf(DatabaseUrl url) {
        this(url, MOST);
    }

    PostgresShelf(DatabaseUrl url, int most) {
        this.url = url;
        this.most = most;
    }

    private synchronized Database database() {
        if (database == null) {
            database = new Database(url, CONNECTIONS, Database.READ_DEADLINE);
        }
        return database;
    }

    @Override
    public Optional<byte[]> change(String name, Duration life, UnaryOperator<Optional<byte[]>> change) {
        try {
            return database().change(connection -> {
                run(connection, ALONE, name);
                Optional<byte[]> before = find(connection, name);
                Optional<byte[]> after = change.apply(before);
                if (after.isPresent() && before.isPresent()) {
                    run(connection, REPLACE, after.get(), name);
                } else if (after.isPresent()) {
                    run(connection, LAY, name, after.get(), life.toMillis() / 1e3);
                    run(connection, TIDY, most);
                }
                return after;
            });
        } catch (StoreUnavailableException e) {
            throw new UnreachableException(e);
        }
    }

    private static Optional<byte[]> find(Connection connection, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FIND)) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
        }
    }

    private static void run(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        }
    }

    @Override
    public synchronized void close() {
        if (database != null) {
            database.close();
        }
    }
}

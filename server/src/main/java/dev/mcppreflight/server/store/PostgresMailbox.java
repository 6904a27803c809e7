package dev.mcppreflight.server.store;

import dev.mcppreflight.server.replicas.Mailbox;
import dev.mcppreflight.server.replicas.Parcel;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parcels in a table that is not logged, announced by NOTIFY: a notification itself holds 8000 bytes, and a message of a
 * client more. Each parcel is deleted as it is taken; what nobody takes is deleted after a minute.
 */
public final class PostgresMailbox implements Mailbox {

    private static final int NAME_BYTES = 4;
    private static final int SILENCE_SECONDS = 20;
    private static final int POLL_MILLIS = 1000;
    private static final long SIGN_OF_LIFE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Without a sign of life for so long a replica is taken for dead. */
    private static final int DEAD_SECONDS = 10;

    /** Judges nobody: after an outage of the database the others have had no time to give a sign. */
    private static final int NEVER_SECONDS = 3600;

    private static final String SCHEMA = """
            SELECT pg_advisory_xact_lock(7201634);
            CREATE TABLE IF NOT EXISTS mcp_replicas (name text PRIMARY KEY, seen timestamptz NOT NULL);
            CREATE UNLOGGED TABLE IF NOT EXISTS mcp_parcels (
              id bigserial PRIMARY KEY, receiver text NOT NULL, sender text NOT NULL, exchange text NOT NULL,
              kind text NOT NULL, content bytea NOT NULL, sent timestamptz NOT NULL DEFAULT now());
            """;
    private static final String SEND = """
            WITH parcel AS (
              INSERT INTO mcp_parcels (receiver, sender, exchange, kind, content)
              SELECT name, ?, ?, ?, ? FROM mcp_replicas WHERE name = ? AND seen > now() - make_interval(secs => ?)
              RETURNING receiver)
            SELECT pg_notify('mcp_' || receiver, '') FROM parcel""";
    private static final String TAKE = """
            WITH taken AS (DELETE FROM mcp_parcels WHERE receiver = ? RETURNING id, sender, exchange, kind, content)
            SELECT sender, exchange, kind, content FROM taken ORDER BY id""";
    private static final String LIVE =
            "INSERT INTO mcp_replicas VALUES (?, now()) ON CONFLICT (name) DO UPDATE SET seen = now()";
    private static final String ALIVE =
            "SELECT 1 FROM mcp_replicas WHERE name = ? AND seen > now() - make_interval(secs => ?)";
    private static final String SWEEP = """
            DELETE FROM mcp_replicas WHERE seen < now() - interval '1 minute';
            DELETE FROM mcp_parcels WHERE sent < now() - interval '1 minute';
            """;

    private final Logger log = LoggerFactory.getLogger(PostgresMailbox.class);
    private final DatabaseUrl url;
    private final String name;
    private final Thread reader = new Thread(this::read, "replicas");
    private volatile Consumer<Parcel> receiver;
    private volatile boolean closed;
    private volatile boolean listening;
    private volatile long connectedAt;
    private Connection sending;

    /** Creates the mailbox of a new replica; the database is asked for nothing before it is opened. */
    public PostgresMailbox(DatabaseUrl url) {
        byte[] random = new byte[NAME_BYTES];
        new SecureRandom().nextBytes(random);
        this.url = url;
        this.name = HexFormat.of().formatHex(random);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void open(Consumer<Parcel> consumer) {
        receiver = consumer;
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public synchronized boolean send(String to, Parcel parcel) {
        try {
            if (sending == null || sending.isClosed()) {
                sending = url.connections(SILENCE_SECONDS).getConnection();
            }
            try (PreparedStatement statement = sending.prepareStatement(SEND)) {
                statement.setString(1, parcel.sender());
                statement.setString(2, parcel.exchange());
                statement.setString(3, parcel.kind().name());
                statement.setBytes(4, parcel.content());
                statement.setString(5, to);
                statement.setDouble(6, patience());
                try (ResultSet sent = statement.executeQuery()) {
                    return sent.next();
                }
            }
        } catch (SQLException e) {
            hangUp();
            throw new IllegalStateException("the database does not carry parcels: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized boolean reaches(String replica) {
        try {
            return sending == null || sending.isClosed() || exists(replica);
        } catch (SQLException e) {
            hangUp();
            return true;
        }
    }

    /** As long as this replica itself has not been connected for long enough, the silence of others says nothing. */
    private int patience() {
        long connected = System.nanoTime() - connectedAt;
        return listening && connected > TimeUnit.SECONDS.toNanos(DEAD_SECONDS) ? DEAD_SECONDS : NEVER_SECONDS;
    }

    private boolean exists(String replica) throws SQLException {
        try (PreparedStatement statement = sending.prepareStatement(ALIVE)) {
            statement.setString(1, replica);
            statement.setDouble(2, patience());
            try (ResultSet found = statement.executeQuery()) {
                return found.next();
            }
        }
    }

    private void hangUp() {
        try {
            if (sending != null) {
                sending.close();
            }
        } catch (SQLException e) {
            log.debug("the connection was dead", e);
        }
        sending = null;
    }

    /** Goes on for as long as the process lives; a database that was away is found again. */
    private void read() {
        boolean told = false;
        while (!closed) {
            try (Connection connection = url.connections(SILENCE_SECONDS).getConnection()) {
                prepare(connection);
                told = false;
                connectedAt = System.nanoTime();
                listening = true;
                listen(connection);
            } catch (SQLException e) {
                listening = false;
                if (!told && !closed) {
                    log.warn("replicas do not hear of each other: {}", e.getMessage());
                }
                told = true;
                pause();
            }
        }
    }

    private void prepare(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
        }
        connection.commit();
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN mcp_" + name);
        }
    }

    private void listen(Connection connection) throws SQLException {
        PGConnection notifications = connection.unwrap(PGConnection.class);
        long last = System.nanoTime() - SIGN_OF_LIFE_NANOS;
        while (!closed) {
            if (System.nanoTime() - last >= SIGN_OF_LIFE_NANOS) {
                last = System.nanoTime();
                live(connection);
            }
            take(connection).forEach(this::deliver);
            notifications.getNotifications(POLL_MILLIS);
        }
    }

    private void live(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LIVE);
                Statement sweep = connection.createStatement()) {
            statement.setString(1, name);
            statement.execute();
            sweep.execute(SWEEP);
        }
    }

    private List<Parcel> take(Connection connection) throws SQLException {
        List<Parcel> parcels = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    parcels.add(new Parcel(
                            rows.getString(1),
                            rows.getString(2),
                            Parcel.Kind.valueOf(rows.getString(3)),
                            rows.getBytes(4)));
                }
            }
        }
        return parcels;
    }

    private void deliver(Parcel parcel) {
        try {
            receiver.accept(parcel);
        } catch (RuntimeException e) {
            log.error("a parcel could not be handled", e);
        }
    }

    private void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        reader.interrupt();
        try (Connection connection = url.connections(SILENCE_SECONDS).getConnection();
                PreparedStatement leave = connection.prepareStatement("DELETE FROM mcp_replicas WHERE name = ?")) {
            leave.setString(1, name);
            leave.execute();
        } catch (SQLException e) {
            log.debug("the others will notice by themselves", e);
        }
        synchronized (this) {
            hangUp();
        }
    }
}

package dev.mcppreflight.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mcppreflight.server.documents.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A bounded pool of connections to a database whose schema is up to date. Nothing is asked of the database before it is
 * needed: a server starts without it, and finds it when it is back. Nobody waits longer than a deadline, whatever the
 * database does: what has not answered by then is cut off, and is not there.
 */
final class Database implements AutoCloseable {

    /** How long a question may take, with everything: an answer that comes later helps no caller. */
    static final Duration READ_DEADLINE = Duration.ofSeconds(8);

    private static final Duration WRITE_DEADLINE = Duration.ofSeconds(120);
    /** Silence on the wire for this long is the end of a connection. */
    private static final int SILENCE_SECONDS = 20;

    private static final int POOL_MILLIS = 2_000;
    private static final int VALIDATION_MILLIS = 1_000;
    private static final int CANDIDATES = 200;

    private final DatabaseUrl url;
    private final Duration readDeadline;
    private final HikariDataSource pool;
    private final Watchdog watchdog = new Watchdog();
    private CompletableFuture<Void> preparation;
    private volatile boolean prepared;

    /**
     * Creates a pool that is still empty.
     *
     * @param readDeadline how long a question may take, with everything
     */
    Database(DatabaseUrl url, int connections, Duration readDeadline) {
        this.url = url;
        this.readDeadline = readDeadline;
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setDataSource(url.vectorConnections(SILENCE_SECONDS));
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(POOL_MILLIS);
        config.setValidationTimeout(VALIDATION_MILLIS);
        config.setInitializationFailTimeout(-1);
        // The index looks at more rows as long as filters leave too few: without, it gives up at ef_search.
        config.setConnectionInitSql("SET statement_timeout = " + WRITE_DEADLINE.toMillis()
                + "; SET hnsw.iterative_scan = strict_order; SET hnsw.ef_search = " + CANDIDATES);
        this.pool = new HikariDataSource(config);
    }

    /** Does this work in one transaction, which leaves nothing when it fails. */
    <T> T write(Work<T> work) {
        return attempt(work, false, WRITE_DEADLINE);
    }

    /** Does this small work in one transaction, for a caller who waits no longer than one who reads. */
    <T> T change(Work<T> work) {
        return attempt(work, false, readDeadline);
    }

    /** Does this work, which only reads; once more when the connection turns out to be dead. */
    <T> T read(Work<T> work) {
        return attempt(work, true, readDeadline);
    }

    private <T> T attempt(Work<T> work, boolean reads, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        prepare(end);
        try {
            return once(work, reads, end);
        } catch (SQLException e) {
            // Where the time is over, so is the patience of the caller.
            if (reads && isBroken(e) && end - System.nanoTime() > TimeUnit.MILLISECONDS.toNanos(POOL_MILLIS)) {
                pool.getHikariPoolMXBean().softEvictConnections();
                return again(work, end);
            }
            throw unavailable(e);
        }
    }

    private <T> T again(Work<T> work, long end) {
        try {
            return once(work, true, end);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private <T> T once(Work<T> work, boolean reads, long end) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(reads);
            Watchdog.Watch watch = watchdog.over(connection, end);
            try {
                T result = work.on(connection);
                if (!reads) {
                    connection.commit();
                }
                return result;
            } catch (SQLException | RuntimeException e) {
                if (!reads) {
                    rollback(connection);
                }
                throw e;
            } finally {
                watch.close();
            }
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is dead, and the database rolls back by itself.
        }
    }

    private static StoreUnavailableException unavailable(SQLException e) {
        return new StoreUnavailableException("the database does not answer: " + e.getMessage(), e);
    }

    /** Tells a connection that died while it lay in the pool from a pool that has none to give. */
    private static boolean isBroken(SQLException e) {
        String state = e.getSQLState();
        return !(e instanceof SQLTransientConnectionException)
                && state != null
                && (state.startsWith("08") || state.startsWith("57P"));
    }

    /** Waits until the schema is up to date, but no longer than for an answer: that goes on without the caller. */
    private void prepare(long end) {
        if (prepared) {
            return;
        }
        try {
            preparation()
                    .get(end - System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(POOL_MILLIS), TimeUnit.NANOSECONDS);
            prepared = true;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StoreUnavailableException known
                    ? new StoreUnavailableException(known.getMessage(), known)
                    : new StoreUnavailableException("the database cannot be prepared", e.getCause());
        } catch (TimeoutException e) {
            throw new StoreUnavailableException("the database is still being prepared", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted", e);
        }
    }

    private synchronized CompletableFuture<Void> preparation() {
        if (preparation == null || preparation.isCompletedExceptionally()) {
            preparation = CompletableFuture.runAsync(new Migrations(url)::run, task -> {
                Thread thread = new Thread(task, "store-preparation");
                thread.setDaemon(true);
                thread.start();
            });
        }
        return preparation;
    }

    @Override
    public void close() {
        pool.close();
        watchdog.close();
    }

    /** What is done with a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}

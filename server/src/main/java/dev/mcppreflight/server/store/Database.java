package dev.mcppreflight.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mcppreflight.server.documents.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * A bounded pool of connections to a database whose schema is up to date. Nothing is asked of the database before it is
 * needed: a server starts without it, and finds it when it is back.
 */
final class Database implements AutoCloseable {

    private static final int ANSWER_SECONDS = 10;
    private static final int STATEMENT_MILLIS = 8_000;
    private static final int POOL_MILLIS = 3_000;
    private static final int CANDIDATES = 200;

    private final DatabaseUrl url;
    private final HikariDataSource pool;
    private volatile boolean migrated;

    Database(DatabaseUrl url, int connections) {
        this.url = url;
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setDataSource(url.connections(ANSWER_SECONDS));
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(POOL_MILLIS);
        config.setInitializationFailTimeout(-1);
        // The index looks at more rows as long as filters leave too few: without, it gives up at ef_search.
        config.setConnectionInitSql("SET statement_timeout = " + STATEMENT_MILLIS
                + "; SET hnsw.iterative_scan = strict_order; SET hnsw.ef_search = " + CANDIDATES);
        this.pool = new HikariDataSource(config);
    }

    /** Does this work in one transaction, which leaves nothing when it fails. */
    <T> T write(Work<T> work) {
        return attempt(work, false);
    }

    /** Does this work, which only reads; once more when the connection turns out to be dead. */
    <T> T read(Work<T> work) {
        return attempt(work, true);
    }

    private <T> T attempt(Work<T> work, boolean again) {
        migrate();
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(again);
            try {
                T result = work.on(connection);
                if (!again) {
                    connection.commit();
                }
                return result;
            } catch (SQLException | RuntimeException e) {
                if (!again) {
                    rollback(connection);
                }
                throw e;
            }
        } catch (SQLException e) {
            if (again && isBroken(e)) {
                pool.getHikariPoolMXBean().softEvictConnections();
                return retry(work);
            }
            throw new StoreUnavailableException("the database does not answer: " + e.getMessage(), e);
        }
    }

    private <T> T retry(Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new StoreUnavailableException("the database does not answer: " + e.getMessage(), e);
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is dead, and the database rolls back by itself.
        }
    }

    /** Tells a connection that died while it lay in the pool from a pool that has none to give. */
    private static boolean isBroken(SQLException e) {
        String state = e.getSQLState();
        return !(e instanceof SQLTransientConnectionException)
                && state != null
                && (state.startsWith("08") || state.startsWith("57P"));
    }

    /** Brings the schema up to date under the lock of the library: several servers may start at once. */
    private void migrate() {
        if (migrated) {
            return;
        }
        synchronized (this) {
            if (!migrated) {
                try {
                    Flyway.configure(Database.class.getClassLoader())
                            .dataSource(url.connections(0))
                            .locations("classpath:db/migration")
                            .table("preflight_schema_version")
                            .baselineOnMigrate(true)
                            .baselineVersion("0")
                            .loggers("slf4j")
                            .load()
                            .migrate();
                    migrated = true;
                } catch (FlywayException e) {
                    throw new StoreUnavailableException("the database cannot be prepared: " + e.getMessage(), e);
                }
            }
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    /** What is done with a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}

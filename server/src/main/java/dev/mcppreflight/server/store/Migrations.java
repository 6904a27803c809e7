package dev.mcppreflight.server.store;

import dev.mcppreflight.server.documents.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the schema of a database up to date, one server at a time. Flyway locks each of its steps, but not the question
 * whether the database is empty: a server that asks while another one creates the first tables takes them for foreign
 * ones, and fails on a history that exists by then. So the whole of it happens under a lock of our own.
 */
final class Migrations {

    private static final long LOCK = 0x7072_6566_6c69_6768L;
    private static final int WAIT_SECONDS = 30;
    private static final int ANSWER_SECONDS = 60;

    private final DatabaseUrl url;

    Migrations(DatabaseUrl url) {
        this.url = url;
    }

    /**
     * Brings the schema up to date.
     *
     * @throws StoreUnavailableException when the database does not answer or refuses
     */
    void run() {
        try (Connection gate = url.connections(ANSWER_SECONDS).getConnection();
                Statement statement = gate.createStatement()) {
            // Not in a transaction: one that stays open would hold up the work on the other connection.
            statement.execute("SET lock_timeout = '" + WAIT_SECONDS + "s'");
            statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
            try {
                migrate();
                new ForeignRows().complete(gate);
            } finally {
                statement.execute("SELECT pg_advisory_unlock(" + LOCK + ")");
            }
        } catch (SQLException | FlywayException e) {
            throw new StoreUnavailableException("the database cannot be prepared: " + e.getMessage(), e);
        }
    }

    private void migrate() {
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(url.connections(ANSWER_SECONDS))
                .locations("classpath:db/migration")
                .table("preflight_schema_version")
                // Tables of others may be there already.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                // By default Flyway keeps a transaction open on one connection while it works on another.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .loggers("slf4j")
                .load()
                .migrate();
    }
}

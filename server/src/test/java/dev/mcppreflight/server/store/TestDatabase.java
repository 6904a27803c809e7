package dev.mcppreflight.server.store;

import dev.mcppreflight.server.documents.DocumentStore;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A PostgreSQL with pgvector for tests: the one of {@code DATABASE_URL}, else one in a container, else PGlite on
 * Node, else none: then tests are skipped, and fail where CI is set.
 */
public final class TestDatabase {

    private static final DockerImageName IMAGE =
            DockerImageName.parse("pgvector/pgvector:pg17").asCompatibleSubstituteFor("postgres");
    private static String address;
    private static Pglite pglite;
    private static String absence;

    private TestDatabase() {}

    /** Returns the address of an empty schema of its own. Where PGlite stands in, what was there before is gone. */
    public static synchronized String emptySchema() {
        start();
        if (pglite != null) {
            return pglite.emptied();
        }
        String schema = "t" + UUID.randomUUID().toString().replace("-", "");
        execute(address, "CREATE EXTENSION IF NOT EXISTS vector SCHEMA public; CREATE SCHEMA " + schema);
        return address + (address.contains("?") ? "&" : "?") + "currentSchema=" + schema + ",public";
    }

    /** Returns the address of an empty database of its own, where several may be created; else of an empty schema. */
    static synchronized String emptyDatabase() {
        String schema = emptySchema();
        String name = "d" + UUID.randomUUID().toString().replace("-", "");
        boolean may = row(schema, "SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user")
                .equals(List.of("t"));
        if (pglite != null || !may) {
            return schema;
        }
        execute(address, "CREATE DATABASE " + name);
        return address.replaceFirst("(jdbc:postgresql://[^/]+/)[^?]*", "$1" + name);
    }

    /** Skips what needs connections with sessions of their own, where PGlite stands in: there is but one. */
    public static synchronized void assumeSeveralSessions(String why) {
        start();
        if (pglite != null) {
            throw missing("on PGlite all connections share one session: " + why);
        }
    }

    /** Runs statements in the database of this address. */
    static void execute(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a store in the database of this address, prepared however long that takes on a busy machine. */
    public static DocumentStore store(String url) {
        DocumentStore store = new PostgresDocumentStore(new DatabaseUrl(url), 2);
        // Who writes has more patience than who reads.
        store.delete("none");
        return store;
    }

    /** Returns the values of all rows of the last of these statements. */
    static List<String> row(String url, String... sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < sql.length - 1; i++) {
                statement.execute(sql[i]);
            }
            List<String> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(sql[sql.length - 1])) {
                while (rows.next()) {
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        values.add(rows.getString(i));
                    }
                }
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void start() {
        if (absence != null) {
            throw missing(absence);
        }
        if (address != null || pglite != null) {
            return;
        }
        String given = System.getenv("DATABASE_URL");
        if (given != null && !given.isBlank()) {
            address = given;
        } else if (DockerClientFactory.instance().isDockerAvailable()) {
            address = container();
        } else {
            startPglite();
        }
    }

    private static void startPglite() {
        try {
            pglite = Pglite.start();
            System.err.println("NO CONTAINER ENGINE: PGlite stands in for PostgreSQL");
        } catch (IOException e) {
            absence = "no PostgreSQL: no DATABASE_URL, no container engine, and no PGlite: " + e.getMessage();
            throw missing(absence);
        }
    }

    /** The outcome of what cannot be tried here: an error on a machine of CI, a loud skip elsewhere. */
    private static RuntimeException missing(String reason) {
        if (System.getenv("CI") != null) {
            return new IllegalStateException(reason);
        }
        System.err.println("SKIPPED: " + reason);
        return new TestAbortedException(reason);
    }

    /** Returns a container of its own, not started; tests that have none are skipped, and fail where CI is set. */
    static PostgreSQLContainer ownContainer() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw missing("no container engine, and this database is killed");
        }
        return new PostgreSQLContainer(IMAGE);
    }

    private static String container() {
        PostgreSQLContainer container = new PostgreSQLContainer(IMAGE);
        container.start();
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
        return container.getJdbcUrl() + "&user=" + container.getUsername() + "&password=" + container.getPassword();
    }
}

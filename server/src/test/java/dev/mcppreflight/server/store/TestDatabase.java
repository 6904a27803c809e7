package dev.mcppreflight.server.store;

import dev.mcppreflight.server.documents.DocumentStore;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A PostgreSQL with pgvector for tests: the one of {@code DATABASE_URL}, else one in a container, else PGlite on
 * Node, else none: then tests are skipped, and fail where CI is set.
 */
public final class TestDatabase {

    private static final int PATIENCE_SECONDS = 90;
    private static final DockerImageName IMAGE =
            DockerImageName.parse("pgvector/pgvector:pg17").asCompatibleSubstituteFor("postgres");
    private static String address;
    private static boolean absent;

    private TestDatabase() {}

    /** Returns the address of an empty schema of its own. */
    public static synchronized String emptySchema() {
        if (address == null) {
            address = start();
        }
        String schema = "t" + UUID.randomUUID().toString().replace("-", "");
        execute(address, "CREATE EXTENSION IF NOT EXISTS vector SCHEMA public; CREATE SCHEMA " + schema);
        return address + (address.contains("?") ? "&" : "?") + "currentSchema=" + schema + ",public";
    }

    /** Returns the address of an empty database of its own, where there can be several; else of an empty schema. */
    static synchronized String emptyDatabase() {
        String schema = emptySchema();
        String name = "d" + UUID.randomUUID().toString().replace("-", "");
        if (!isSeveral(address)) {
            return schema;
        }
        execute(address, "CREATE DATABASE " + name);
        return address.replaceFirst("(jdbc:postgresql://[^/]+/)[^?]*", "$1" + name);
    }

    /** PGlite is one database. */
    private static boolean isSeveral(String url) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT version() NOT LIKE '%wasm%' AND"
                        + " (SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user)")) {
            row.next();
            return row.getBoolean(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
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

    private static String start() {
        String given = System.getenv("DATABASE_URL");
        if (given != null && !given.isBlank()) {
            return given;
        }
        String found = absent ? null : container();
        if (found == null && !absent) {
            found = pglite();
        }
        if (found == null) {
            absent = true;
            String reason = "no PostgreSQL: no DATABASE_URL, no container engine, and PGlite does not start, see"
                    + " server/target/pglite.log";
            if (System.getenv("CI") != null) {
                throw new IllegalStateException(reason);
            }
            System.err.println("SKIPPED: " + reason);
            Assumptions.abort(reason);
        }
        return found;
    }

    /** Returns a container of its own, not started; tests that have none are skipped, and fail where CI is set. */
    static PostgreSQLContainer ownContainer() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            if (System.getenv("CI") != null) {
                throw new IllegalStateException("no container engine");
            }
            Assumptions.abort("no container engine");
        }
        return new PostgreSQLContainer(IMAGE);
    }

    private static String container() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return null;
        }
        PostgreSQLContainer container = new PostgreSQLContainer(IMAGE);
        container.start();
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
        return container.getJdbcUrl() + "&user=" + container.getUsername() + "&password=" + container.getPassword();
    }

    private static String pglite() {
        try {
            int port;
            try (ServerSocket socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            }
            Process process = new ProcessBuilder(
                            "npx",
                            "--yes",
                            "--package=@electric-sql/pglite",
                            "--package=@electric-sql/pglite-pgvector",
                            "--package=@electric-sql/pglite-socket",
                            "pglite-server",
                            "-p",
                            Integer.toString(port),
                            "-m",
                            "10",
                            "-e",
                            "@electric-sql/pglite-pgvector:vector")
                    .directory(new File("target"))
                    .redirectErrorStream(true)
                    .redirectOutput(new File("target/pglite.log"))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }));
            String url =
                    "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&password=postgres&sslmode=disable";
            for (int i = 0; i < PATIENCE_SECONDS && process.isAlive(); i++) {
                try {
                    DriverManager.getConnection(url).close();
                    return url;
                } catch (SQLException e) {
                    TimeUnit.SECONDS.sleep(1);
                }
            }
            return null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}

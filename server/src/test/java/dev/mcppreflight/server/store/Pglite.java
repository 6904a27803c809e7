package dev.mcppreflight.server.store;

import dev.mcppreflight.server.NpmPackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL with pgvector on Node alone. All connections share its one session, its one database and the settings made
 * in it: so it is emptied for each test, and whatever needs a second session cannot be tried on it.
 */
final class Pglite {

    private static final Pattern LISTENING = Pattern.compile("listening on \\{\"port\":(\\d+)");
    private static final int START_SECONDS = 90;
    private static final int CONNECTIONS = 20;

    private final String address;

    private Pglite(int port) {
        // A statement that the server prepared under a name would be there for all connections, under the same name.
        this.address = "jdbc:postgresql://127.0.0.1:" + port
                + "/postgres?user=postgres&password=postgres&sslmode=disable&prepareThreshold=0";
    }

    /**
     * Starts it; it ends with this process.
     *
     * @throws IOException when it cannot be installed or does not start
     */
    static Pglite start() throws IOException {
        NpmPackages packages = NpmPackages.install("pglite");
        Path log = packages.home().resolve("pglite.log");
        Process process = new ProcessBuilder(
                        packages.node(),
                        packages.file("@electric-sql", "pglite-socket", "dist", "scripts", "server.js")
                                .toString(),
                        "--port=0",
                        "--max-connections=" + CONNECTIONS,
                        "--extensions=@electric-sql/pglite-pgvector:vector")
                .directory(packages.home().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new Pglite(port(process, log));
    }

    private static int port(Process process, Path log) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (process.isAlive() && System.nanoTime() < end) {
            Matcher listening = LISTENING.matcher(Files.readString(log));
            if (listening.find()) {
                return Integer.parseInt(listening.group(1));
            }
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        process.destroyForcibly();
        throw new IOException("PGlite does not start, see " + log);
    }

    /** Returns the address of its database, which is empty now, and as if nobody had ever asked it anything. */
    String emptied() {
        TestDatabase.execute(address, "DISCARD ALL");
        TestDatabase.execute(
                address, "DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE EXTENSION vector SCHEMA public");
        return address;
    }
}

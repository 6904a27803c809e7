package dev.mcppreflight.conformance.probe;

import dev.mcppreflight.conformance.target.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A server as a child process: its standard output line by line as octets came, its standard error drained. */
public final class StdioProcess implements AutoCloseable {

    private static final int MAX_LINE = 8 * 1024 * 1024;
    private static final int MAX_LINES = 5_000;

    /** More than any honest server says in a run; it is held in memory. What comes after it is not read. */
    public static final long MAX_OCTETS = 32L * 1024 * 1024;

    /** A child of the process that lives on can keep its standard error open for ever. */
    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    private static final int TAIL = 4_000;

    /** What the pipe of a process holds on Linux. */
    private static final long PIPE = 65_536;

    private final Arrivals<String> lines = new Arrivals<>(MAX_LINES);
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private final StringBuilder standardError = new StringBuilder();
    private final CountDownLatch errorsRead = new CountDownLatch(1);
    private final Process process;
    private volatile boolean invalidUtf8;
    private volatile boolean flooding;
    private long errorsWritten;

    private StdioProcess(Process process) {
        this.process = process;
        daemon(this::readOutput, "standard-output");
        daemon(this::readError, "standard-error");
    }

    /**
     * Starts the command of a target.
     *
     * @throws IOException when it cannot be started; the message names the command
     */
    public static StdioProcess start(Target target) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(target.command());
        builder.environment().putAll(target.environment());
        return new StdioProcess(builder.start());
    }

    /** Writes one line. A process that is gone is noticed by the missing answer, so that it is no error here. */
    public void writeLine(String line) {
        try {
            OutputStream out = process.getOutputStream();
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            // See above.
        }
    }

    /** The first line, from the given one on, that fits, already come or coming within the time; null for none. */
    public String await(int from, Predicate<String> wanted, Duration time) {
        return lines.await(from, wanted, time);
    }

    /** All lines so far. */
    public List<String> lines() {
        return lines.soFar();
    }

    /** What has come of a line that has not ended. */
    public String partialLine() {
        synchronized (partial) {
            return partial.toString(StandardCharsets.UTF_8);
        }
    }

    /** Whether octets came on standard output that are not UTF-8. */
    public boolean sentInvalidUtf8() {
        return invalidUtf8;
    }

    /** The last 4,000 characters of standard error; where more came than a pipe holds, how much it was stands before them. */
    public String standardErrorTail() {
        awaitLastWords();
        synchronized (standardError) {
            return errorsWritten < PIPE
                    ? standardError.toString()
                    : errorsWritten + " octets, at last:\n" + standardError;
        }
    }

    /** What a process wrote just before its end may still be on its way. */
    private void awaitLastWords() {
        if (process.isAlive() && !outputEnded()) {
            return;
        }
        try {
            errorsRead.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How the process ended, or null while it runs. */
    public Integer exitCode() {
        return process.isAlive() ? null : process.exitValue();
    }

    /** Whether standard output has ended. */
    public boolean outputEnded() {
        return lines.endWithin(Duration.ZERO);
    }

    /** Whether more came on standard output than is read; it has then ended for us alone. */
    public boolean isFlooding() {
        return flooding;
    }

    /** Closes its standard input, which tells a server to end. */
    public void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // Already closed: the process is gone.
        }
    }

    /** Whether it ends by itself within the time. */
    public boolean exitsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends it with everything that it started. */
    @Override
    public void close() {
        closeInput();
        if (!exitsWithin(Duration.ofMillis(150))) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            if (!exitsWithin(Duration.ofMillis(500))) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    private static void daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void readOutput() {
        byte[] buffer = new byte[16 * 1024];
        try (InputStream in = process.getInputStream()) {
            long octets = 0;
            for (int count = in.read(buffer); count >= 0 && octets < MAX_OCTETS; count = in.read(buffer)) {
                accept(buffer, count);
                octets += count;
            }
            flooding = octets >= MAX_OCTETS;
        } catch (IOException e) {
            // The end of the process ends its output.
        } finally {
            synchronized (partial) {
                if (partial.size() > 0) {
                    takeLine();
                }
            }
            lines.end();
        }
    }

    private void accept(byte[] buffer, int count) {
        synchronized (partial) {
            int from = 0;
            for (int i = 0; i < count; i++) {
                if (buffer[i] == '\n') {
                    keep(buffer, from, i);
                    takeLine();
                    from = i + 1;
                }
            }
            keep(buffer, from, count);
        }
    }

    private void keep(byte[] buffer, int from, int to) {
        partial.write(buffer, from, Math.min(to - from, MAX_LINE - partial.size()));
    }

    private void takeLine() {
        byte[] octets = partial.toByteArray();
        partial.reset();
        String line;
        try {
            line = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            invalidUtf8 = true;
            line = new String(octets, StandardCharsets.UTF_8);
        }
        lines.add(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }

    private void readError() {
        byte[] buffer = new byte[4 * 1024];
        try (InputStream in = process.getErrorStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                synchronized (standardError) {
                    errorsWritten += count;
                    standardError.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
                    if (standardError.length() > TAIL) {
                        standardError.delete(0, standardError.length() - TAIL);
                    }
                }
            }
        } catch (IOException e) {
            // The end of the process ends its output.
        } finally {
            errorsRead.countDown();
        }
    }
}

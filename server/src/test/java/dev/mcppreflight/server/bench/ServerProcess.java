package dev.mcppreflight.server.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, and what the kernel knows of it. */
final class ServerProcess implements AutoCloseable {

    private static final long NANOS_PER_TICK = 10_000_000;
    private static final int USER_TICKS = 11;

    private final Process process;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a server that prints a line with {@code ready} and its address when it listens. */
    static ServerProcess start(List<String> command) throws IOException {
        Path log = Files.createDirectories(Path.of("target", "bench")).resolve("server.log");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(new File("/dev/null"))
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null && !line.contains("ready http")) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IOException(String.join(" ", command) + " does not start, see " + log);
        }
        URI address = URI.create(line.substring(line.indexOf("http")));
        return new ServerProcess(process, address.getPort());
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** Returns the processor time that it has used. */
    long cpuNanos() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1])) * NANOS_PER_TICK;
    }

    /** Returns a figure of {@code /proc/PID/status}, such as {@code VmRSS} in KiB. */
    long status(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                .findFirst()
                .orElseThrow();
    }

    /** Collects garbage and returns the bytes that live on the heap. */
    long liveHeap() throws IOException {
        Process jcmd = new ProcessBuilder("jcmd", Long.toString(pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String last = "";
        try (InputStream out = jcmd.getInputStream()) {
            for (String line : new String(out.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                last = line.startsWith("Total") ? line : last;
            }
        }
        if (last.isEmpty()) {
            throw new IOException("jcmd has not answered");
        }
        return Long.parseLong(last.strip().split("\\s+")[2]);
    }

    /** Returns the sum of a figure that it publishes. */
    long metric(String name) throws IOException {
        try (InputStream in =
                URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(name + "{"))
                    .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }

    /** Returns the number of its sockets whose client is gone without that it has noticed. */
    long closeWait() throws IOException {
        String local = String.format(":%04X ", port);
        return Files.readAllLines(Path.of("/proc/net/tcp")).stream()
                .filter(line -> line.substring(0, Math.min(line.length(), 20)).contains(local))
                .filter(line -> line.strip().split("\\s+")[3].equals("08"))
                .count();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

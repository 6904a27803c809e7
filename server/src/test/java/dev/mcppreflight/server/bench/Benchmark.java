package dev.mcppreflight.server.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures this server against the servlets of the Java SDK on Jetty 12, in turn and in one run; only ratios mean
 * anything. Loopback only, bounded in connections and time. {@code server/bench} starts it.
 */
public final class Benchmark {

    private static final int SESSIONS = 16;
    private static final int MOST_CALLS = 1_000_000;

    private final PrintStream out;
    private final Commands commands;
    private final int rounds;
    private final Duration window;
    private final int warmUp;

    private Benchmark(PrintStream out, Commands commands, boolean quick) {
        this.out = out;
        this.commands = commands;
        this.rounds = quick ? 2 : 5;
        this.window = Duration.ofSeconds(quick ? 1 : 3);
        this.warmUp = quick ? 20_000 : 100_000;
    }

    /** Runs what is named, or everything; {@code --quick} shows that it works and measures badly. */
    public static void main(String[] args) throws IOException {
        List<String> wanted = new ArrayList<>(Arrays.asList(args));
        boolean quick = wanted.remove("--quick");
        Benchmark benchmark = new Benchmark(System.out, Commands.here(), quick);
        boolean all = wanted.isEmpty();
        if (all || wanted.contains("calls")) {
            benchmark.calls("streamable", 32, Lane::streamable, 1.5, 0.6);
            benchmark.calls("sse", 32, Lane::sse, 1.2, 0.7);
            benchmark.calls("streamable", 16 * 1024, Lane::streamable, 0, 0.8);
        }
        if (all || wanted.contains("start")) {
            benchmark.starts();
        }
        if (all || wanted.contains("sessions")) {
            benchmark.sessions(quick ? 500 : 5000);
        }
        if (wanted.contains("search")) {
            search(quick);
        }
    }

    private static void search(boolean quick) throws IOException {
        String database = System.getenv("DATABASE_URL");
        if (database == null || !database.startsWith("jdbc:postgresql:")) {
            System.err.println("bench search: set DATABASE_URL to jdbc:postgresql://... with pgvector");
            System.exit(2);
        }
        try {
            new SearchBenchmark(System.out, database, quick).run();
        } catch (SQLException e) {
            System.err.println("bench search: " + e.getMessage());
            System.exit(1);
        }
    }

    /** Opens a session for calls of a tool. */
    private interface Opening {
        Lane open(int port, Lane.Tool tool) throws IOException;
    }

    private void calls(String transport, int size, Opening opening, double moreCalls, double lessCpu)
            throws IOException {
        String filling = "x".repeat(size);
        Lane.Tool echo = number -> "{\"name\":\"echo\",\"arguments\":{\"text\":\"" + filling + "\"}}";
        Load.Opening lane = port -> opening.open(port, echo);
        List<Load.Sample> ours = new ArrayList<>();
        List<Load.Sample> sdk = new ArrayList<>();
        try (ServerProcess ourServer = ServerProcess.start(commands.echo());
                ServerProcess sdkServer = ServerProcess.start(commands.sdk(transport))) {
            Load.run(ourServer, lane, SESSIONS, warmUp, Duration.ofMinutes(1));
            Load.run(sdkServer, lane, SESSIONS, warmUp, Duration.ofMinutes(1));
            for (int round = 0; round < rounds; round++) {
                boolean oursFirst = round % 2 == 0;
                if (oursFirst) {
                    ours.add(Load.run(ourServer, lane, SESSIONS, MOST_CALLS, window));
                }
                sdk.add(Load.run(sdkServer, lane, SESSIONS, MOST_CALLS, window));
                if (!oursFirst) {
                    ours.add(Load.run(ourServer, lane, SESSIONS, MOST_CALLS, window));
                }
            }
        }
        Load.Sample we = Load.Sample.median(ours);
        Load.Sample they = Load.Sample.median(sdk);
        out.printf("%n%s, %d characters, %d sessions                     load %s%n", transport, size, SESSIONS, load());
        out.printf("           calls/s   cpu us/call   p50 ms   p99 ms%n");
        out.printf(
                "  ours   %9.0f %13.1f %8.2f %8.2f%n", we.perSecond(), we.cpuMicros(), we.p50Millis(), we.p99Millis());
        out.printf(
                "  SDK    %9.0f %13.1f %8.2f %8.2f%n",
                they.perSecond(), they.cpuMicros(), they.p50Millis(), they.p99Millis());
        if (moreCalls > 0) {
            out.println("  " + Goal.atLeast("calls/s", we.perSecond() / they.perSecond(), moreCalls));
        }
        out.println("  " + Goal.atMost("cpu", we.cpuMicros() / they.cpuMicros(), lessCpu));
    }

    /** From the start of the process to the first answered initialize; the launcher, with its archive, is part of it. */
    private void starts() throws IOException {
        List<Start> ours = new ArrayList<>();
        List<Start> sdk = new ArrayList<>();
        Start.of(commands.product());
        for (int round = 0; round < 2 * rounds - 1; round++) {
            ours.add(Start.of(commands.product()));
            sdk.add(Start.of(commands.sdk("streamable")));
        }
        Start we = Start.median(ours);
        Start they = Start.median(sdk);
        out.printf("%nstart to first answered initialize                          load %s%n", load());
        out.printf("                ms   cpu ms   RSS MB%n");
        out.printf("  ours   %9.0f %8.0f %8.0f%n", we.millis(), we.cpuMillis(), we.megabytes());
        out.printf("  SDK    %9.0f %8.0f %8.0f%n", they.millis(), they.cpuMillis(), they.megabytes());
        out.println("  " + Goal.atMost("time", we.millis() / they.millis(), 0.65));
        // Most of it is the virtual machine itself and the archive of classes: no promise, a figure.
        out.printf(Locale.ROOT, "  RSS      %.2fx of the SDK%n", we.megabytes() / they.megabytes());
    }

    private void sessions(int number) throws IOException {
        try (ServerProcess server = ServerProcess.start(commands.product())) {
            new EarlyRun(out, server).run("server just started", load());
        }
        try (ServerProcess server = ServerProcess.start(commands.productJvm(SessionsRun.options(number)))) {
            SessionsRun run = new SessionsRun(out, server, number);
            run.idle();
            new EarlyRun(out, server).run("server warm", load());
            run.abandoned();
        }
    }

    private static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    }
}

package dev.mcppreflight.server.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/** Many sessions that do nothing, and clients that leave without a word. */
final class SessionsRun {

    private static final int SAMPLED = 50;
    private static final int HEARTBEAT_SECONDS = 5;
    private static final Lane.Tool LIST = number -> "{\"name\":\"list_documents\",\"arguments\":{\"limit\":1}}";

    private final PrintStream out;
    private final ServerProcess server;
    private final int sessions;
    private final long heapBefore;

    SessionsRun(PrintStream out, ServerProcess server, int sessions) throws IOException {
        this.out = out;
        this.server = server;
        this.sessions = sessions;
        Lane first = Lane.streamable(server.port(), LIST);
        first.call();
        first.close();
        this.heapBefore = server.liveHeap();
    }

    /** Returns the options of the server that this needs. */
    static String[] options(int sessions) {
        return new String[] {
            "--max-sessions",
            Integer.toString(sessions + 100),
            "--heartbeat-seconds",
            Integer.toString(HEARTBEAT_SECONDS),
            "--session-idle-minutes",
            "1"
        };
    }

    /** Opens sessions of HTTP+SSE, looks at them, drops them, and waits until they are gone. */
    void idle() throws IOException {
        List<Lane> lanes = open(Lane::sse);
        for (Lane lane : lanes) {
            lane.hangUpPosts();
        }
        long each = (server.liveHeap() - heapBefore) / sessions;
        out.printf("%n%d idle sessions of HTTP+SSE%n", sessions);
        out.printf("  live heap   %.1f KiB each (goal <= 24)%n", each / 1024.0);
        out.printf("  threads     %d%n", server.status("Threads"));
        double[] millis = new double[SAMPLED];
        for (int i = 0; i < SAMPLED; i++) {
            Lane lane = lanes.get(i * (sessions / SAMPLED));
            lane.reconnect(server.port());
            millis[i] = lane.call() / 1e6;
        }
        Arrays.sort(millis);
        out.printf(
                "  calls       %d of %d answered, slowest %.0f ms (goal <= 500)%n",
                SAMPLED, SAMPLED, millis[SAMPLED - 1]);
        closeAll(lanes);
        report("  abandoned   ", Duration.ofSeconds(4L * HEARTBEAT_SECONDS), "two heartbeats of 5 s");
    }

    /** Opens sessions of Streamable HTTP without a stream and drops them. */
    void abandoned() throws IOException {
        closeAll(open(Lane::streamable));
        out.printf("%n%d sessions of Streamable HTTP, dropped without DELETE%n", sessions);
        report("  abandoned   ", Duration.ofSeconds(90), "an idle time of 60 s");
    }

    private interface Opening {
        Lane open(int port, Lane.Tool tool) throws IOException;
    }

    private List<Lane> open(Opening opening) throws IOException {
        List<Lane> lanes = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            lanes.add(opening.open(server.port(), LIST));
        }
        return lanes;
    }

    private static void closeAll(List<Lane> lanes) throws IOException {
        for (Lane lane : lanes) {
            lane.close();
        }
    }

    private void report(String label, Duration patience, String goal) throws IOException {
        long start = System.nanoTime();
        LongSupplier open = () -> {
            try {
                return server.metric("mcp_sessions");
            } catch (IOException e) {
                return -1;
            }
        };
        // The one that looked at the server first is a session of Streamable HTTP itself.
        while (open.getAsLong() > 1 && System.nanoTime() - start < patience.toNanos()) {
            try {
                Thread.sleep(250);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        out.printf(
                "%s%d sessions left after %.1f s (goal: none after %s), %d sockets in CLOSE_WAIT, heap %+.1f MiB%n",
                label,
                Math.max(0, open.getAsLong() - 1),
                (System.nanoTime() - start) / 1e9,
                goal,
                server.closeWait(),
                (server.liveHeap() - heapBefore) / 1024.0 / 1024.0);
    }
}

package dev.mcppreflight.server.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Clients that forget to shake hands: each posts a request in its session before its initialize, all at once. */
final class EarlyRun {

    private static final int EARLY = 220;

    private final PrintStream out;
    private final ServerProcess server;

    EarlyRun(PrintStream out, ServerProcess server) {
        this.out = out;
        this.server = server;
    }

    /**
     * Measures how long they wait, and how long a client that comes meanwhile.
     *
     * @param state of the server, for the report
     * @param load of the machine
     */
    void run(String state, String load) throws IOException {
        List<Connection> streams = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < EARLY; i++) {
            Connection stream = new Connection(server.port());
            paths.add(Lane.endpoint(stream));
            streams.add(stream);
        }
        long cpu = server.cpuNanos();
        long start = System.nanoTime();
        List<Connection> posts = new ArrayList<>();
        for (String path : paths) {
            Connection post = new Connection(server.port());
            post.send(Connection.post(path, null, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"));
            posts.add(post);
        }
        long asked = System.nanoTime();
        Connection another = new Connection(server.port());
        Lane.endpoint(another);
        long opened = System.nanoTime();
        for (Connection stream : streams) {
            Lane.event(stream);
        }
        long end = System.nanoTime();
        out.printf("%n%d requests before initialize, %-28s load %s%n", EARLY, state, load);
        out.printf(
                "  answered    all within %.0f ms (goal <= 1000), with %.0f ms of the server's CPU%n",
                (end - start) / 1e6, (server.cpuNanos() - cpu) / 1e6);
        out.printf("  meanwhile   a new stream opened within %.0f ms%n", (opened - asked) / 1e6);
        another.close();
        for (int i = 0; i < EARLY; i++) {
            posts.get(i).close();
            streams.get(i).close();
        }
    }
}

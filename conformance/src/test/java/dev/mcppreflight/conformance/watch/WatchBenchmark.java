package dev.mcppreflight.conformance.watch;

import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.fault.FaultyServer;
import dev.mcppreflight.conformance.target.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a watch costs: the time that it adds to a call, and how late events arrive. Calls with and without it take turns, on
 * connections that are kept, so that both meet the same machine.
 */
public final class WatchBenchmark {

    private static final int WARM_UP = 2_000;
    private static final int CALLS = 5_000;
    private static final int EVENTS = 2_000;
    private static final long EVENT_EVERY_MILLIS = 2;

    private WatchBenchmark() {}

    /** Measures, and prints what was measured. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        out.printf(
                Locale.ROOT,
                "load %.2f on %d processors%n",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().availableProcessors());
        try (FaultyServer server = FaultyServer.start(Fault.load("healthy-streamable"));
                Watch watch = watch(server.port());
                Caller direct = new Caller(server.port());
                Caller watched = new Caller(watch.port())) {
            measure(direct, watched, WARM_UP);
            long[][] micros = measure(direct, watched, CALLS);
            print(out, "call, direct", micros[0]);
            print(out, "call, watched", micros[1]);
            out.printf(
                    Locale.ROOT,
                    "added to the median of a call: %.3f ms%n",
                    (median(micros[1]) - median(micros[0])) / 1e6);
        }
        RawServer source = RawServer.serving(socket -> {
            socket.setTcpNoDelay(true);
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < EVENTS; i++) {
                String event = "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"at\":"
                        + System.nanoTime() + "}}\n\n";
                socket.getOutputStream().write(event.getBytes(StandardCharsets.US_ASCII));
                pause();
            }
        });
        try (source;
                Watch watch = watch(source.port())) {
            long[] direct = delays(source.port());
            long[] watched = delays(watch.port());
            print(out, "event, direct", direct);
            print(out, "event, watched", watched);
        }
    }

    private static Watch watch(int port) throws IOException {
        WatchOptions options = WatchOptions.of(Target.of(URI.create("http://127.0.0.1:" + port)))
                .withMost(50_000, 1_048_576);
        return Watch.start(options, line -> {});
    }

    private static long[][] measure(Caller direct, Caller watched, int calls) throws IOException {
        long[][] nanos = new long[2][calls];
        for (int i = 0; i < calls; i++) {
            nanos[0][i] = direct.call();
            nanos[1][i] = watched.call();
        }
        return nanos;
    }

    private static long[] delays(int port) throws IOException {
        long[] nanos = new long[EVENTS];
        try (Socket client = new Socket("127.0.0.1", port)) {
            client.getOutputStream()
                    .write("GET /sse HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            for (int i = 0; i < EVENTS; ) {
                String line = reader.readLine();
                int at = line == null ? -1 : line.indexOf("\"at\":");
                if (at >= 0) {
                    nanos[i++] = System.nanoTime() - Long.parseLong(line.substring(at + 5, line.indexOf('}', at)));
                }
            }
        }
        return Arrays.copyOfRange(nanos, EVENTS / 10, EVENTS);
    }

    private static void pause() {
        try {
            Thread.sleep(EVENT_EVERY_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void print(PrintStream out, String what, long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        out.printf(
                Locale.ROOT,
                "%-15s median %.3f ms, 99 of 100 within %.3f ms (%d)%n",
                what,
                sorted[sorted.length / 2] / 1e6,
                sorted[sorted.length * 99 / 100] / 1e6,
                sorted.length);
    }

    private static long median(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Makes calls on one connection. */
    private static final class Caller implements AutoCloseable {
        private final Socket socket;
        private byte[] request;
        private String answer = "";
        private final byte[] buffer = new byte[8_192];

        private Caller(int port) throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.setTcpNoDelay(true);
            request = request(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                            + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"bench\",\"version\":\"1\"}}}",
                    "");
            call();
            int id = answer.indexOf("Mcp-Session-Id: ");
            String session = answer.substring(id, answer.indexOf("\r\n", id) + 2);
            request = request("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}", session);
        }

        private static byte[] request(String body, String headers) {
            return ("POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" + headers
                            + "Accept: application/json, text/event-stream\r\nContent-Length: " + body.length()
                            + "\r\n\r\n" + body)
                    .getBytes(StandardCharsets.US_ASCII);
        }

        /** Nanoseconds from the request to the last octet of the answer. */
        long call() throws IOException {
            long start = System.nanoTime();
            socket.getOutputStream().write(request);
            InputStream in = socket.getInputStream();
            StringBuilder read = new StringBuilder();
            int whole = Integer.MAX_VALUE;
            while (read.length() < whole) {
                int count = in.read(buffer);
                if (count < 0) {
                    throw new IOException("the connection ended");
                }
                read.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
                int end = read.indexOf("\r\n\r\n");
                int length = read.indexOf("Content-Length: ");
                if (end > 0 && whole == Integer.MAX_VALUE) {
                    whole = end + 4 + Integer.parseInt(read.substring(length + 16, read.indexOf("\r", length)));
                }
            }
            long nanos = System.nanoTime() - start;
            answer = read.toString();
            return nanos;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}

package dev.mcppreflight.server.bench;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Several sessions that call a server as fast as it answers, on one thread, for a bounded time. */
final class Load implements AutoCloseable {

    private final ServerProcess server;
    private final List<Lane> lanes = new ArrayList<>();
    private final Selector selector = Selector.open();
    private long[] nanos = new long[65_536];

    /** Opens a lane. */
    interface Opening {
        Lane open(int port) throws IOException;
    }

    /**
     * What a window of time has shown.
     *
     * @param perSecond calls each second
     * @param cpuMicros processor time of the server for each call
     * @param p50Millis half of the calls took at most this
     * @param p99Millis 99 of 100 calls took at most this
     */
    record Sample(double perSecond, double cpuMicros, double p50Millis, double p99Millis) {

        /** Returns the median of each figure. */
        static Sample median(List<Sample> samples) {
            return new Sample(
                    middle(samples, Sample::perSecond),
                    middle(samples, Sample::cpuMicros),
                    middle(samples, Sample::p50Millis),
                    middle(samples, Sample::p99Millis));
        }

        private static double middle(List<Sample> samples, ToDoubleFunction<Sample> figure) {
            double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
            return sorted[sorted.length / 2];
        }
    }

    private Load(ServerProcess server, Opening opening, int sessions) throws IOException {
        this.server = server;
        for (int i = 0; i < sessions; i++) {
            Lane lane = opening.open(server.port());
            lane.register(selector);
            lanes.add(lane);
        }
    }

    /**
     * Opens sessions for a number of calls or a time, whichever ends first. They are new each time: a connection that is
     * idle while the other server has its turn would be closed.
     */
    static Sample run(ServerProcess server, Opening opening, int sessions, int most, Duration time) throws IOException {
        try (Load load = new Load(server, opening, sessions)) {
            return load.run(most, time);
        }
    }

    private Sample run(int most, Duration time) throws IOException {
        int calls = 0;
        long cpu = server.cpuNanos();
        long start = System.nanoTime();
        long end = start + time.toNanos();
        int open = lanes.size();
        for (Lane lane : lanes) {
            lane.send();
        }
        while (open > 0) {
            if (selector.select(10_000) == 0) {
                throw new IOException("no answer for 10 s");
            }
            Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
            while (keys.hasNext()) {
                SelectionKey key = keys.next();
                keys.remove();
                Lane lane = (Lane) key.attachment();
                long took = lane.receive(key);
                if (took < 0) {
                    continue;
                }
                if (calls == nanos.length) {
                    nanos = Arrays.copyOf(nanos, nanos.length * 2);
                }
                nanos[calls++] = took;
                if (System.nanoTime() < end && calls < most) {
                    lane.send();
                } else {
                    open--;
                }
            }
        }
        long wall = System.nanoTime() - start;
        long used = server.cpuNanos() - cpu;
        long[] sorted = Arrays.copyOf(nanos, calls);
        Arrays.sort(sorted);
        return new Sample(
                calls * 1e9 / wall, used / 1e3 / calls, sorted[calls / 2] / 1e6, sorted[(int) (calls * 0.99)] / 1e6);
    }

    @Override
    public void close() throws IOException {
        for (Lane lane : lanes) {
            lane.close();
        }
        selector.close();
    }
}

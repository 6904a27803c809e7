package dev.mcppreflight.server.bench;

import java.io.IOException;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How long a server took from nothing to its first answer.
 *
 * @param millis the time
 * @param cpuMillis the processor time
 * @param megabytes the resident memory at its end
 */
record Start(double millis, double cpuMillis, double megabytes) {

    static Start of(List<String> command) throws IOException {
        long begin = System.nanoTime();
        try (ServerProcess server = ServerProcess.start(command)) {
            Lane session = Lane.streamable(server.port(), null);
            long end = System.nanoTime();
            session.close();
            return new Start((end - begin) / 1e6, server.cpuNanos() / 1e6, server.status("VmRSS") / 1024.0);
        }
    }

    static Start median(List<Start> starts) {
        return new Start(
                middle(starts, Start::millis), middle(starts, Start::cpuMillis), middle(starts, Start::megabytes));
    }

    private static double middle(List<Start> starts, ToDoubleFunction<Start> figure) {
        double[] sorted = starts.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}

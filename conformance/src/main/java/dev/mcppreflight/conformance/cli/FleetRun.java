package dev.mcppreflight.conformance.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Works through targets, some at once, those of one host one after the other. What hangs holds up its own host and one of
 * the places, for as long as its own time-outs last.
 */
final class FleetRun {

    private final ExecutorService workers;
    private final CountDownLatch open = new CountDownLatch(1);
    private volatile boolean stopped;

    FleetRun(int parallel) {
        this.workers = Executors.newFixedThreadPool(parallel, task -> {
            Thread thread = new Thread(task, "preflight-fleet");
            // After a stop nobody waits for what is under way.
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Hands each target to the work, and comes back when all are done or the run is stopped. */
    void each(List<TargetList.Entry> entries, Consumer<TargetList.Entry> work) {
        Map<String, java.util.ArrayDeque<TargetList.Entry>> hosts = new LinkedHashMap<>();
        entries.forEach(entry -> hosts.computeIfAbsent(entry.host(), host -> new java.util.ArrayDeque<>())
                .add(entry));
        CountDownLatch left = new CountDownLatch(hosts.size());
        hosts.values()
                .forEach(queue -> workers.execute(() -> {
                    try {
                        for (TargetList.Entry entry = queue.poll(); entry != null && !stopped; entry = queue.poll()) {
                            work.accept(entry);
                        }
                    } finally {
                        left.countDown();
                        if (left.getCount() == 0) {
                            open.countDown();
                        }
                    }
                }));
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped = true;
            workers.shutdown();
        }
    }

    /** Begins nothing more, and lets go of what is under way. */
    void stop() {
        stopped = true;
        open.countDown();
    }
}

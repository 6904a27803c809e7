package dev.mcppreflight.server.http;

import dev.mcppreflight.server.metrics.RequestLog;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads for answers that take long, so that the request that asked for them can end before. */
final class Workers implements Executor {

    private static final int LONGEST_QUEUE = 10_000;
    private static final int IDLE_SECONDS = 30;

    private final ThreadPoolExecutor pool;
    private final RequestLog requests;

    /**
     * Creates the threads when they are needed.
     *
     * @param most the largest number of threads
     * @param requests knows who asked
     */
    Workers(int most, RequestLog requests) {
        this.requests = requests;
        AtomicInteger numbers = new AtomicInteger();
        this.pool = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(LONGEST_QUEUE), task -> {
                    Thread thread = new Thread(task, "worker-" + numbers.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(requests.carrying(task));
    }

    /** Takes no more, and tells whether what was taken has come to its end before this time has passed. */
    boolean finish(long nanos) throws InterruptedException {
        pool.shutdown();
        return pool.awaitTermination(nanos, TimeUnit.NANOSECONDS);
    }

    /** Ends the threads; what they are at is interrupted. */
    void close() {
        pool.shutdownNow();
    }
}

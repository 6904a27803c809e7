package dev.mcppreflight.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Cuts connections whose work is not done in time. Time-outs of statements end at the database, which may be frozen, and
 * those of sockets begin anew with every byte: neither bounds a piece of work.
 */
final class Watchdog implements AutoCloseable {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "store-watchdog");
        thread.setDaemon(true);
        return thread;
    });

    Watchdog() {
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Watches over work on this connection until the watch is closed; at that time of {@link System#nanoTime()} it is cut. */
    Watch over(Connection connection, long end) {
        AtomicBoolean over = new AtomicBoolean();
        Future<?> alarm = timer.schedule(
                () -> {
                    if (over.compareAndSet(false, true)) {
                        cut(connection);
                    }
                },
                end - System.nanoTime(),
                TimeUnit.NANOSECONDS);
        return () -> {
            over.set(true);
            alarm.cancel(false);
        };
    }

    private static void cut(Connection connection) {
        try {
            // Not the pool's own object: that would wait for the work to end.
            connection.unwrap(Connection.class).abort(Runnable::run);
        } catch (SQLException e) {
            // It is closed already.
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** Work that is being watched over. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}

package dev.mcppreflight.conformance.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** What a reader in the background has received so far, for others to look through and to wait on. */
final class Arrivals<T> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<T> items = new ArrayList<>();
    private final int most;
    private boolean ended;

    /** @param most how many to keep; who says more than that says nothing, and the rest is let go */
    Arrivals(int most) {
        this.most = most;
    }

    void add(T item) {
        lock.lock();
        try {
            if (items.size() < most) {
                items.add(item);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will come. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The first item, from the given place on, that fits, already there or coming within the time; null for none. */
    T await(int from, Predicate<T> wanted, Duration time) {
        long left = time.toNanos();
        int seen = from;
        lock.lock();
        try {
            while (true) {
                for (; seen < items.size(); seen++) {
                    if (wanted.test(items.get(seen))) {
                        return items.get(seen);
                    }
                }
                if (ended || left <= 0) {
                    return null;
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the end comes within the time. */
    boolean endWithin(Duration time) {
        long left = time.toNanos();
        lock.lock();
        try {
            while (!ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    List<T> soFar() {
        lock.lock();
        try {
            return List.copyOf(items);
        } finally {
            lock.unlock();
        }
    }
}

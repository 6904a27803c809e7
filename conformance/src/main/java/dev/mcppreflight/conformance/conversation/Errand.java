package dev.mcppreflight.conformance.conversation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Something that goes on beside everything else, on a thread of its own: a target that lets it wait holds up only those who
 * need what comes of it.
 */
final class Errand<T> {

    private final CompletableFuture<T> result = new CompletableFuture<>();

    private Errand() {}

    static <T> Errand<T> begin(Supplier<T> work) {
        Errand<T> errand = new Errand<>();
        Thread thread = new Thread(() -> errand.carryOut(work), "errand");
        thread.setDaemon(true);
        thread.start();
        return errand;
    }

    private void carryOut(Supplier<T> work) {
        try {
            result.complete(work.get());
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    /** Whether it is done, or will be within this time. */
    boolean isDoneWithin(Duration time) {
        try {
            result.get(time.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What came of it, when that is known. */
    T get() {
        try {
            return result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException own ? own : e;
        }
    }
}

package dev.mcppreflight.server.replicas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every shelf does, seen from two replicas. */
public abstract class ShelfContract {

    /** How many things there may be on the shelf under test. */
    protected static final int MOST = 50;

    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final UnaryOperator<Optional<byte[]>> LOOK = found -> found;

    private String name;

    @BeforeEach
    void invent() {
        name = UUID.randomUUID().toString();
    }

    /** Returns the shelf as one replica sees it. */
    protected abstract Shelf here();

    /** Returns the same shelf as another replica sees it. */
    protected abstract Shelf there();

    private static UnaryOperator<Optional<byte[]>> laying(String text) {
        return found -> Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Optional<byte[]> content) {
        return content.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("nothing");
    }

    @Test
    void whatOneLaysThereTheOtherFinds() {
        assertEquals("nothing", text(there().change(name, LIFE, LOOK)));
        assertEquals("a pear", text(here().change(name, LIFE, laying("a pear"))));
        assertEquals("a pear", text(there().change(name, LIFE, LOOK)));
        assertEquals("a pear, a fig", text(there().change(name, LIFE, laying("a pear, a fig"))));
        assertEquals("nothing", text(here().change(name, LIFE, found -> Optional.empty())));
        assertEquals("a pear, a fig", text(here().change(name, LIFE, LOOK)));
        byte[] bytes = {0, -1, 39, 92};
        here().change(name, LIFE, found -> Optional.of(bytes));
        assertArrayEquals(bytes, there().change(name, LIFE, LOOK).orElseThrow());
    }

    @Test
    void itIsGoneWhenItsTimeIsOverAndMayBeLaidThereAnew() {
        here().change(name, Duration.ZERO, laying("old"));
        assertEquals("nothing", text(there().change(name, LIFE, LOOK)));
        assertEquals("new", text(there().change(name, LIFE, laying("new"))));
        assertEquals("new", text(here().change(name, LIFE, LOOK)));
    }

    @Test
    void ofSeveralAtOnceEachSeesWhatTheOneBeforeHasLeft() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Boolean> one = () -> {
                for (int i = 0; i < 5; i++) {
                    Shelf shelf = i % 2 == 0 ? here() : there();
                    shelf.change(
                            name,
                            LIFE,
                            found -> Optional.of(
                                    (found.isEmpty() ? "x" : text(found) + "x").getBytes(StandardCharsets.UTF_8)));
                }
                return true;
            };
            for (Future<Boolean> done : threads.invokeAll(List.of(one, one, one, one))) {
                assertTrue(done.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals("x".repeat(20), text(there().change(name, LIFE, LOOK)));
    }

    /** The first one dawdles for as long as the other, who must wait, might take to come in between. */
    @Test
    void nobodyComesInBetween() throws Exception {
        // Its first use may take long.
        there().change(name, LIFE, LOOK);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch between = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> first = threads.submit(() -> here().change(name, LIFE, found -> {
                begun.countDown();
                dawdle(between);
                return Optional.of((text(found) + " and one").getBytes(StandardCharsets.UTF_8));
            }));
            begun.await();
            Future<?> second = threads.submit(() -> there().change(name, LIFE, found -> {
                between.countDown();
                return Optional.of((text(found) + " and two").getBytes(StandardCharsets.UTF_8));
            }));
            first.get();
            second.get();
        } finally {
            threads.shutdownNow();
        }
        assertEquals("nothing and one and two", text(here().change(name, LIFE, LOOK)));
    }

    private static void dawdle(CountDownLatch until) {
        try {
            until.await(300, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void ofTooManyThoseGoThatWouldEndFirst() {
        here().change(name, Shelf.ALWAYS, laying("stays"));
        here().change(name + " first", LIFE.minusMinutes(2), laying("goes"));
        for (int i = 0; i < MOST; i++) {
            here().change(name + " " + i, LIFE.minusMinutes(1), laying("one of many"));
        }
        assertTrue(here().change(name, LIFE, LOOK).isPresent());
        assertTrue(here().change(name + " " + (MOST - 1), LIFE, LOOK).isPresent());
        assertFalse(here().change(name + " first", LIFE, LOOK).isPresent());
    }
}

package dev.mcppreflight.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mcppreflight.conformance.probe.Patience;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Silence costs about one time-out in a whole run; whoever answers slowly is still heard out. */
class PatienceTest {

    private final AtomicLong clock = new AtomicLong();
    private final Patience patience = new Patience(Duration.ofSeconds(10), clock::get);

    @Test
    void theFirstWaitIsTheWholeTimeOut() {
        assertEquals(Duration.ofSeconds(10), patience.next());
    }

    @Test
    void silenceUsesItUp() {
        silence("a", 4_000);
        assertEquals(Duration.ofSeconds(6), patience.next());
        silence("b", 6_000);
        assertEquals(Duration.ofMillis(500), patience.next());
    }

    /** However many requests stay without an answer, each of the last costs little. */
    @Test
    void afterTwoMoreChancesLittleIsLeft() {
        silence("a", 10_000);
        assertEquals(Duration.ofMillis(500), time("b"));
        silence("b", 500);
        silence("c", 500);
        assertEquals(Duration.ofMillis(300), time("d"));
        answer(1_000);
        assertEquals(Duration.ofSeconds(2), time("d"));
    }

    @Test
    void whatNeverCameIsHardlyWaitedForAgain() {
        silence("a", 10_000);
        assertEquals(Duration.ofMillis(200), time("a"));
        answer(1_000);
        answer(100);
        assertEquals(Duration.ofMillis(1_100), time("a"));
    }

    /** A stream that comes as it is need not come compressed. */
    @Test
    void whatComesInOneMannerIsWaitedForInAnother() {
        answer(10);
        try (Patience.Wait wait = patience.begin("answered", " otherwise")) {
            pass(10_000);
            wait.wasted();
        }
        assertEquals(Duration.ofSeconds(1), time("answered"));
        try (Patience.Wait wait = patience.begin("answered", " otherwise")) {
            assertEquals(Duration.ofMillis(200), wait.time());
        }
        try (Patience.Wait wait = patience.begin("answered", " in a third way")) {
            assertEquals(Duration.ofSeconds(1), wait.time());
        }
    }

    /** A process takes long to its first answer, and not to the others. */
    @Test
    void eachKindHasATimeOfItsOwn() {
        try (Patience.Wait wait = patience.begin("initialize", "")) {
            pass(2_000);
            wait.answered();
        }
        answer(10);
        silence("a", 10_000);
        assertEquals(Duration.ofSeconds(1), time("answered"));
        assertEquals(Duration.ofSeconds(10), time("initialize"));
    }

    @Test
    void whatCameBeforeIsWaitedForAsEver() {
        answer(200);
        silence("a", 10_000);
        silence("b", 500);
        silence("c", 500);
        assertEquals(Duration.ofSeconds(1), time("answered"));
        silence("answered", 500);
        assertEquals(Duration.ofMillis(400), time("answered"));
    }

    @Test
    void whoAnswersSlowlyIsWaitedForInProportion() {
        answer(1_000);
        silence("a", 10_000);
        assertEquals(Duration.ofSeconds(5), patience.next());
        answer(3_000);
        assertEquals(Duration.ofSeconds(10), patience.next());
    }

    /** Waits that go on beside each other end together. */
    @Test
    void aWaitThatBeginsBesideAnotherEndsWithIt() {
        try (Patience.Wait first = patience.begin("a", "")) {
            pass(7_000);
            assertEquals(Duration.ofSeconds(3), time("b"));
            first.wasted();
        }
        assertEquals(Duration.ofSeconds(3), time("b"));
    }

    /** What goes on no longer than answers usually take says nothing. */
    @Test
    void aWaitBesideASlowAnswerIsTheWholeTimeOut() {
        answer(1_500);
        try (Patience.Wait slow = patience.begin("a", "")) {
            pass(1_500);
            assertEquals(Duration.ofSeconds(10), time("b"));
            slow.answered();
        }
    }

    @Test
    void whatAPartWastesIsWasted() {
        Patience part = patience.within(Duration.ofSeconds(2));
        try (Patience.Wait wait = part.begin("a", "")) {
            assertEquals(Duration.ofSeconds(2), wait.time());
            pass(2_000);
            wait.wasted();
        }
        assertEquals(Duration.ofSeconds(8), patience.next());
    }

    @Test
    void aShortTimeOutIsNeverExceeded() {
        Patience brief = new Patience(Duration.ofMillis(500), clock::get);
        try (Patience.Wait wait = brief.begin("a", "")) {
            pass(3_000);
            wait.answered();
        }
        assertEquals(Duration.ofMillis(500), brief.next());
    }

    private Duration time(String kind) {
        try (Patience.Wait wait = patience.begin(kind, "")) {
            return wait.time();
        }
    }

    private void answer(long millis) {
        try (Patience.Wait wait = patience.begin("answered", "")) {
            pass(millis);
            wait.answered();
        }
    }

    private void silence(String kind, long millis) {
        try (Patience.Wait wait = patience.begin(kind, "")) {
            pass(millis);
            wait.wasted();
        }
    }

    private void pass(long millis) {
        clock.addAndGet(Duration.ofMillis(millis).toNanos());
    }
}

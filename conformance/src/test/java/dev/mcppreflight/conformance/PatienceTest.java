package dev.mcppreflight.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mcppreflight.conformance.probe.Patience;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Silence costs about one time-out in a whole run; whoever answers slowly is still heard out. */
class PatienceTest {

    private final Patience patience = new Patience(Duration.ofSeconds(10));

    @Test
    void theFirstWaitIsTheWholeTimeOut() {
        assertEquals(Duration.ofSeconds(10), patience.next());
    }

    @Test
    void silenceUsesItUpToASecond() {
        patience.wasted(Duration.ofSeconds(4));
        assertEquals(Duration.ofSeconds(6), patience.next());
        patience.wasted(Duration.ofSeconds(6));
        assertEquals(Duration.ofSeconds(1), patience.next());
    }

    @Test
    void whoAnswersSlowlyIsWaitedForInProportion() {
        patience.answered(Duration.ofSeconds(1));
        patience.wasted(Duration.ofSeconds(10));
        assertEquals(Duration.ofSeconds(5), patience.next());
        patience.answered(Duration.ofSeconds(3));
        assertEquals(Duration.ofSeconds(10), patience.next());
    }

    @Test
    void aShortTimeOutIsNeverExceeded() {
        Patience short500 = new Patience(Duration.ofMillis(500));
        short500.answered(Duration.ofSeconds(3));
        assertEquals(Duration.ofMillis(500), short500.next());
    }
}

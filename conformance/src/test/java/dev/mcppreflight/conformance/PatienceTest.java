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
    void silenceUsesItUp() {
        patience.wasted(Duration.ofSeconds(4));
        assertEquals(Duration.ofSeconds(6), patience.next());
        patience.wasted(Duration.ofSeconds(6));
        assertEquals(Duration.ofMillis(500), patience.next());
        patience.wasted(Duration.ofMillis(500));
        assertEquals(Duration.ofMillis(500), patience.next());
    }

    /** However many requests stay without an answer, each of the last costs little. */
    @Test
    void afterTwoMoreChancesLittleIsLeft() {
        patience.wasted(Duration.ofSeconds(11));
        assertEquals(Duration.ofMillis(150), patience.next());
        patience.answered(Duration.ofSeconds(1));
        assertEquals(Duration.ofSeconds(2), patience.next());
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

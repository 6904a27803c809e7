package dev.mcppreflight.server.everything;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Handles end, are never twice the same, and never too many. */
class BasketsTest {

    private Instant now = Instant.EPOCH;

    private final Baskets baskets = new Baskets(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @Test
    void aHandleEnds() {
        String handle = baskets.open("ann");
        now = now.plus(Baskets.LIFE).minusMillis(1);
        assertEquals(Optional.of(List.of("pear")), baskets.add(handle, "ann", "pear"));
        now = now.plusMillis(1);
        assertEquals(Optional.empty(), baskets.add(handle, "ann", "pear"));
    }

    @Test
    void theOldestMakesRoom() {
        Set<String> handles = new HashSet<>();
        String first = baskets.open("ann");
        for (int i = 0; i < 1000; i++) {
            assertTrue(handles.add(baskets.open("bob")));
        }
        assertEquals(Optional.empty(), baskets.add(first, "ann", "pear"));
    }

    @Test
    void aBasketIsFullOnce() {
        String handle = baskets.open("ann");
        for (int i = 0; i < 100; i++) {
            assertTrue(baskets.add(handle, "ann", "pear").isPresent());
        }
        assertEquals(Optional.empty(), baskets.add(handle, "ann", "pear"));
    }
}

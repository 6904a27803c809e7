package dev.mcppreflight.server.everything;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.MoveableClock;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.replicas.OwnShelf;
import io.modelcontextprotocol.json.McpJsonDefaults;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Handles end, are never twice the same, and never too many. */
class BasketsTest {

    private final MoveableClock clock = new MoveableClock();

    private final Baskets baskets = new Baskets(new JsonCodec(McpJsonDefaults.getMapper()), new OwnShelf(clock));

    @Test
    void aHandleEnds() {
        String handle = baskets.open("ann");
        clock.pass(Baskets.LIFE.minusMillis(1));
        assertEquals(Optional.of(List.of("pear")), baskets.add(handle, "ann", "pear"));
        clock.pass(Duration.ofMillis(1));
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

    /** What is no handle is not even looked for. */
    @Test
    void whatIsNoHandleOpensNothing() {
        for (String handle : new String[] {"", "seal", "\0", "x".repeat(1_000_000), "Ａ".repeat(40)}) {
            assertEquals(Optional.empty(), baskets.add(handle, "ann", "pear"));
        }
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

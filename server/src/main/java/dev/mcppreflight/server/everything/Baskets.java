package dev.mcppreflight.server.everything;

import dev.mcppreflight.server.protocol.SessionIds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Baskets behind handles. A handle cannot be guessed, ends by itself, and opens nothing for anybody but the principal
 * that got it: to know it is no proof of who one is.
 */
final class Baskets {

    /** How long a handle lives. */
    static final Duration LIFE = Duration.ofMinutes(10);

    private static final int MOST = 1000;
    private static final int MOST_ITEMS = 100;

    private final SessionIds handles = new SessionIds("");
    private final Clock clock;
    private final Map<String, Basket> baskets = new LinkedHashMap<>();

    Baskets(Clock clock) {
        this.clock = clock;
    }

    private record Basket(String owner, Instant end, List<String> items) {}

    /** Returns the handle of a new basket; of too many the oldest goes. */
    synchronized String open(String owner) {
        Instant now = clock.instant();
        baskets.values().removeIf(basket -> !now.isBefore(basket.end()));
        if (baskets.size() >= MOST) {
            baskets.remove(baskets.keySet().iterator().next());
        }
        String handle = handles.next();
        baskets.put(handle, new Basket(owner, now.plus(LIFE), new ArrayList<>()));
        return handle;
    }

    /** Adds something and returns all that is in it; nothing when this owner has no such basket, or it is full. */
    synchronized Optional<List<String>> add(String handle, String owner, String item) {
        Basket basket = baskets.get(handle);
        if (basket == null
                || !basket.owner().equals(owner)
                || !clock.instant().isBefore(basket.end())
                || basket.items().size() >= MOST_ITEMS) {
            return Optional.empty();
        }
        basket.items().add(item);
        return Optional.of(List.copyOf(basket.items()));
    }
}

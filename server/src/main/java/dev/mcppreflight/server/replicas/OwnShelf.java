package dev.mcppreflight.server.replicas;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The shelf of a server that is alone: it ends with the process. */
public final class OwnShelf implements Shelf {

    private final Clock clock;
    private final int most;
    private final Map<String, Thing> things = new LinkedHashMap<>();

    private record Thing(byte[] content, Instant end) {}

    /** Creates an empty shelf. */
    public OwnShelf(Clock clock) {
        this(clock, MOST);
    }

    OwnShelf(Clock clock, int most) {
        this.clock = clock;
        this.most = most;
    }

    @Override
    public synchronized Optional<byte[]> change(String name, Duration life, UnaryOperator<Optional<byte[]>> change) {
        Instant now = clock.instant();
        things.values().removeIf(thing -> !now.isBefore(thing.end()));
        Optional<Thing> before = Optional.ofNullable(things.get(name));
        Optional<byte[]> after = change.apply(before.map(Thing::content));
        after.ifPresent(content ->
                things.put(name, new Thing(content, before.map(Thing::end).orElse(now.plus(life)))));
        if (things.size() > most) {
            things.entrySet().stream()
                    .min(Map.Entry.comparingByValue(Comparator.comparing(Thing::end)))
                    .ifPresent(first -> things.remove(first.getKey()));
        }
        return after;
    }
}

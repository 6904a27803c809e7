package dev.mcppreflight.server.everything;

import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.SessionIds;
import dev.mcppreflight.server.replicas.Shelf;
import dev.mcppreflight.server.replicas.UnreachableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Baskets behind handles. A handle cannot be guessed, ends by itself, and opens nothing for anybody but the principal
 * that got it: to know it is no proof of who one is. Every replica knows the handles of all.
 */
final class Baskets {

    /** How long a handle lives. */
    static final Duration LIFE = Duration.ofMinutes(10);

    private static final Pattern HANDLE = Pattern.compile("[0-9a-f]{40}");
    private static final int MOST_ITEMS = 100;

    private final SessionIds handles = new SessionIds("");
    private final JsonCodec json;
    private final Shelf shelf;

    Baskets(JsonCodec json, Shelf shelf) {
        this.json = json;
        this.shelf = shelf;
    }

    private record Basket(String owner, List<String> items) {

        boolean takesFrom(String principal) {
            return owner.equals(principal) && items.size() < MOST_ITEMS;
        }

        Basket with(String item) {
            return new Basket(
                    owner, Stream.concat(items.stream(), Stream.of(item)).toList());
        }
    }

    /**
     * Returns the handle of a new basket; of too many the oldest goes.
     *
     * @throws Fixture.Failed when there is no place for baskets at the moment
     */
    String open(String owner) {
        String handle = handles.next();
        change(handle, none -> Optional.of(json.write(new Basket(owner, List.of()))));
        return handle;
    }

    /**
     * Adds something and returns all that is in it; nothing when this owner has no such basket, or it is full.
     *
     * @throws Fixture.Failed when baskets are not to be had at the moment
     */
    Optional<List<String>> add(String handle, String owner, String item) {
        if (!HANDLE.matcher(handle).matches()) {
            return Optional.empty();
        }
        return change(handle, found -> found.map(this::read)
                        .filter(basket -> basket.takesFrom(owner))
                        .map(basket -> json.write(basket.with(item))))
                .map(content -> read(content).items());
    }

    private Basket read(byte[] content) {
        return json.read(content, Basket.class);
    }

    private Optional<byte[]> change(String handle, UnaryOperator<Optional<byte[]>> change) {
        try {
            return shelf.change("basket " + handle, LIFE, change);
        } catch (UnreachableException e) {
            throw new Fixture.Failed("Baskets cannot be reached at the moment: try again.");
        }
    }
}

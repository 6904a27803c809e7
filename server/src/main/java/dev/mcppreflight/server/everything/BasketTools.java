package dev.mcppreflight.server.everything;

import static dev.mcppreflight.server.everything.Samples.text;

import dev.mcppreflight.server.protocol.Peer;
import java.util.List;

/** Two tools with a state between them: one hands out a handle, the other takes it (2026-07-28, basic, "Statelessness"). */
final class BasketTools {

    private static final int LONGEST_ITEM = 200;

    private final Baskets baskets;

    BasketTools(Baskets baskets) {
        this.baskets = baskets;
    }

    /** Returns the tools in their order. */
    List<Fixture> all() {
        return List.of(
                Fixture.plain("open_basket", (in, context) -> List.of(text(baskets.open(owner(context.peer()))))),
                Fixture.plain("add_to_basket", (in, context) -> {
                    if (!(in.get("basket") instanceof String handle)
                            || !(in.get("item") instanceof String item)
                            || item.length() > LONGEST_ITEM) {
                        throw new Fixture.Failed(
                                "Give basket, a handle, and item, a text of at most " + LONGEST_ITEM + " characters.");
                    }
                    List<String> items = baskets.add(handle, owner(context.peer()), item)
                            .orElseThrow(() -> new Fixture.Failed(
                                    "There is no such basket, or it is full: open one with open_basket."));
                    return List.of(text("In the basket: " + String.join(", ", items)));
                }));
    }

    private static String owner(Peer peer) {
        return peer.principal() == null ? "" : peer.principal();
    }
}

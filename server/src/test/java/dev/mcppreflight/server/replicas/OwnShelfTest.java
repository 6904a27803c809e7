package dev.mcppreflight.server.replicas;

import java.time.Clock;

/** The shelf of a server that is alone. */
class OwnShelfTest extends ShelfContract {

    private final Shelf shelf = new OwnShelf(Clock.systemUTC(), MOST);

    @Override
    protected Shelf here() {
        return shelf;
    }

    @Override
    protected Shelf there() {
        return shelf;
    }
}

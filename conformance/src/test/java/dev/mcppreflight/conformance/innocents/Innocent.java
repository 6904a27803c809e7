package dev.mcppreflight.conformance.innocents;

import dev.mcppreflight.conformance.target.Target;

/** A server of another maker, running or ready to be started by its command. */
public interface Innocent extends AutoCloseable {

    /** How to speak to it. */
    Target target();

    /** How many checks at once it stands. */
    default int threads() {
        return 4;
    }

    /** Ends what was started. */
    @Override
    void close();
}

package dev.mcppreflight.conformance.innocents;

import dev.mcppreflight.conformance.target.Target;
import java.util.function.UnaryOperator;

/** A server of another maker, running or ready to be started by its command. */
public interface Innocent extends AutoCloseable {

    /** How to speak to it. */
    Target target();

    /** The same server for another caller. */
    default Innocent seenBy(UnaryOperator<Target> caller) {
        Innocent server = this;
        return new Innocent() {
            @Override
            public Target target() {
                return caller.apply(server.target());
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }

    /** How many checks at once it stands. */
    default int threads() {
        return 4;
    }

    /** Ends what was started. */
    @Override
    void close();
}

package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.target.Transport;
import dev.mcppreflight.conformance.wire.WireLog;

/** One session with the target over one transport. Safe for several threads. */
interface Session extends AutoCloseable {

    Transport transport();

    /** Opens what has to be open before a message can be sent; answers what came back. */
    Reply open(WireLog log);

    /** Sends a message and waits for its answer, if it is to have one. */
    Reply send(Outgoing message, WireLog log);

    /** What the session knows after a successful initialize: the session id, the revision. */
    void established(Reply initialize, String revision);

    /** Whether it can still carry messages. */
    boolean isAlive();

    @Override
    void close();
}

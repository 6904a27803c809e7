package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.probe.HttpProbe;
import dev.mcppreflight.conformance.target.Transport;
import dev.mcppreflight.conformance.wire.WireLog;

/** One session with the target over one transport. Safe for several threads. */
interface Session extends AutoCloseable {

    Transport transport();

    /** Opens what has to be open before a message can be sent; answers what came back. */
    Reply open(WireLog log);

    /** Sends a message and waits for its answer, if it is to have one. */
    Reply send(Outgoing message, WireLog log);

    /**
     * Like {@link #send} but reads a streamed answer to its end, as long as the given probe waits.
     *
     * @throws NotApplicable where answers come in no streams of their own
     */
    default Reply readToEnd(Outgoing message, WireLog log, HttpProbe patient) {
        throw new NotApplicable("only Streamable HTTP answers in a stream of its own");
    }

    /** The session of the transport below; itself where there is none below. */
    default Session carrier() {
        return this;
    }

    /** What the session knows after a successful initialize: the session id, the revision. */
    void established(Reply initialize, String revision);

    /** Whether it can still carry messages. */
    boolean isAlive();

    @Override
    void close();
}

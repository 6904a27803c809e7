package dev.mcppreflight.server.http;

import dev.mcppreflight.server.protocol.Audience;
import dev.mcppreflight.server.protocol.DuplexSession;
import java.time.Instant;

/**
 * A session of HTTP+SSE; it lives exactly as long as its stream.
 *
 * @param id the session id
 * @param stream the stream to the client
 * @param conversation what is spoken on it
 * @param audience who is told that it has ended
 */
record SseSession(String id, EventStream stream, DuplexSession conversation, Audience audience) implements Session {

    @Override
    public boolean isIdleSince(Instant time) {
        return false;
    }

    /** The stream is there, and with it the client. */
    @Override
    public Instant lastUse() {
        return Instant.MAX;
    }

    @Override
    public void close() {
        audience.remove(conversation.peer());
        stream.close();
    }
}

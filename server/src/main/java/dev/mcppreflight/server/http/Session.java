package dev.mcppreflight.server.http;

import java.time.Instant;

/** One client's session. */
interface Session {

    /** Returns its id. */
    String id();

    /** Tells whether nobody has used the session since this time, so that it may be forgotten. */
    boolean isIdleSince(Instant time);

    /** Returns when the client was last heard of. */
    Instant lastUse();

    /** Ends the session and its streams. */
    void close();
}

package dev.mcppreflight.server.http;

import java.time.Instant;

/** One client's session. */
interface Session {

    /** Tells whether nobody has used the session since this time, so that it may be forgotten. */
    boolean isIdleSince(Instant time);

    /** Ends the session and its streams. */
    void close();
}

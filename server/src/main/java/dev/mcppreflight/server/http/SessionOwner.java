package dev.mcppreflight.server.http;

import java.util.regex.Pattern;

/** The part of a session id that names the replica on which the session lives; a server that is alone names none. */
final class SessionOwner {

    private static final int NAME = 8;
    private static final Pattern NAMED = Pattern.compile("[0-9a-f]{48}");

    private SessionOwner() {}

    /** Tells whether this id names a replica. */
    static boolean isNamed(String session) {
        return session != null && NAMED.matcher(session).matches();
    }

    /** Returns the replica that an id names. */
    static String of(String session) {
        return session.substring(0, NAME);
    }
}

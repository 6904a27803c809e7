package dev.mcppreflight.server.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How grave a message is (RFC 5424, as in server/utilities/logging), from the least on. */
public enum LogLevel {
    /** For developers. */
    DEBUG,
    /** Something happened. */
    INFO,
    /** Something that matters happened. */
    NOTICE,
    /** Something may become a problem. */
    WARNING,
    /** Something failed. */
    ERROR,
    /** A part of the server failed. */
    CRITICAL,
    /** Somebody has to act. */
    ALERT,
    /** The server cannot be used. */
    EMERGENCY;

    /** Returns the name on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the level of that name on the wire, or nothing. */
    public static Optional<LogLevel> of(Object name) {
        return Arrays.stream(values())
                .filter(level -> level.wireName().equals(name))
                .findFirst();
    }
}

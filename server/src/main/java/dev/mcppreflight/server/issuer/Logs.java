package dev.mcppreflight.server.issuer;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Tomcat tells of its start on java.util.logging, which would write to standard error. */
final class Logs {

    /** Kept, because the log manager forgets loggers that nobody holds, and their levels with them. */
    private static final List<Logger> TOMCAT = List.of(Logger.getLogger("org.apache"));

    private Logs() {}

    /** Lets only errors through. */
    static void quiet() {
        TOMCAT.forEach(logger -> logger.setLevel(Level.SEVERE));
    }
}

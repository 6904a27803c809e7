package dev.mcppreflight.conformance.fault.mcp;

import java.util.List;

/** The revisions of the specification that the healthy server speaks. */
public final class Revision {

    public static final String LATEST = "2025-11-25";

    /** The one revision with JSON-RPC batches. */
    public static final String WITH_BATCHES = "2025-03-26";

    public static final List<String> ALL = List.of("2024-11-05", WITH_BATCHES, "2025-06-18", LATEST);

    private Revision() {}

    /** The requested revision where the server speaks it, or else the newest that it does. */
    static String negotiate(String requested) {
        return ALL.contains(requested) ? requested : LATEST;
    }
}

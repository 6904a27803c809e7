package dev.mcppreflight.conformance.fault;

import java.util.List;

/** The revisions of the specification that the healthy server speaks. */
final class Revision {

    static final String LATEST = "2025-11-25";

    /** The one revision with JSON-RPC batches. */
    static final String WITH_BATCHES = "2025-03-26";

    static final List<String> ALL = List.of("2024-11-05", WITH_BATCHES, "2025-06-18", LATEST);

    private Revision() {}

    /** The requested revision where the server speaks it, or else the newest that it does. */
    static String negotiate(String requested) {
        return ALL.contains(requested) ? requested : LATEST;
    }
}

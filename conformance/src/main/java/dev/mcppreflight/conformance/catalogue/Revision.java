package dev.mcppreflight.conformance.catalogue;

import java.util.List;

/** The published revisions of the specification, oldest first; they are dates and compare as text. */
public final class Revision {

    /** The revision without a handshake, which the specification calls modern; those before it are legacy. */
    public static final String MODERN = "2026-07-28";

    /** Every published revision. */
    public static final List<String> ALL = List.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", MODERN);

    private Revision() {}

    /** Whether this is a published revision. */
    public static boolean isPublished(String revision) {
        return ALL.contains(revision);
    }

    /** The revisions from one to another, both included. */
    public static List<String> between(String since, String until) {
        return ALL.stream()
                .filter(revision -> revision.compareTo(since) >= 0 && revision.compareTo(until) <= 0)
                .toList();
    }

    /** The newest published revision. */
    public static String newest() {
        return ALL.get(ALL.size() - 1);
    }
}

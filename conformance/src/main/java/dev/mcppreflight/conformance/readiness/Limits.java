package dev.mcppreflight.conformance.readiness;

import dev.mcppreflight.conformance.catalogue.Client.Limit;

/** Limits in words. */
final class Limits {

    private Limits() {}

    static String words(Limit limit, long seen) {
        return what(limit.measure()) + ": " + seen + " were seen, and at most "
                + limit.most().orElseThrow() + " are taken."
                + (limit.says().isEmpty() ? "" : " " + limit.says());
    }

    private static String what(String measure) {
        return switch (measure) {
            case "tools" -> "Tools";
            case "tool-name" -> "Characters of a tool's name";
            case "tool-description" -> "Characters of a tool's description";
            case "instructions" -> "Characters of the instructions";
            case "result" -> "Characters of a result";
            default -> "Seconds of a call";
        };
    }
}

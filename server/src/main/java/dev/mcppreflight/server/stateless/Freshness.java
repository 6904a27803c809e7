package dev.mcppreflight.server.stateless;

/**
 * How long clients may keep a result, and who else may be given it (2026-07-28, server/utilities/caching).
 *
 * @param millis how many milliseconds
 * @param scope {@code public} or {@code private}
 */
record Freshness(long millis, String scope) {

    /** What is offered stays the same while the server runs, and for everybody; a restart may change it. */
    private static final Freshness OFFER = new Freshness(300_000, "public");

    /** What is in the documents may change at any time, and is not for everybody. */
    private static final Freshness CONTENT = new Freshness(0, "private");

    /** Returns what holds for the results of this method, or null when they are not to be kept. */
    static Freshness of(String method) {
        return switch (method) {
            case "server/discover", "tools/list", "prompts/list", "resources/templates/list" -> OFFER;
            case "resources/list", "resources/read" -> CONTENT;
            default -> null;
        };
    }
}

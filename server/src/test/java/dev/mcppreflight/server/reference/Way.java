package dev.mcppreflight.server.reference;

/** How a client asks. */
enum Way {
    SSE("over HTTP+SSE"),
    STREAMABLE("over Streamable HTTP"),
    REST("by REST");

    private final String phrase;

    Way(String phrase) {
        this.phrase = phrase;
    }

    static Way of(String phrase) {
        for (Way way : values()) {
            if (way.phrase.equals(phrase)) {
                return way;
            }
        }
        throw new IllegalArgumentException("no such way: " + phrase);
    }
}

package dev.mcppreflight.conformance.target;

import java.util.Locale;

/** How messages travel. */
public enum Transport {
    /** Find out by the rule of the specification: POST initialize first, then GET for an endpoint event. */
    AUTO("auto"),
    /** HTTP+SSE of revision 2024-11-05. */
    SSE("sse"),
    /** Streamable HTTP, since revision 2025-03-26. */
    STREAMABLE("streamable"),
    /** Standard streams of a process. */
    STDIO("stdio");

    private final String word;

    Transport(String word) {
        this.word = word;
    }

    /** The word on the command line and in reports. */
    public String word() {
        return word;
    }

    /** The transport of that word, or an exception that lists the words. */
    public static Transport of(String word) {
        for (Transport transport : values()) {
            if (transport.word.equals(word.toLowerCase(Locale.ROOT))) {
                return transport;
            }
        }
        throw new IllegalArgumentException("unknown transport '" + word + "': auto, sse, streamable or stdio");
    }
}

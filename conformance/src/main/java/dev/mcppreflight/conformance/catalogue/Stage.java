package dev.mcppreflight.conformance.catalogue;

import java.util.Locale;

/** The rungs of the ladder, in their order: what cannot be judged because a lower one broke is blocked. */
public enum Stage {
    /** Name, port, TLS, HTTP. */
    REACH,
    /** Event streams, Streamable HTTP, standard streams; framing and buffering. */
    TRANSPORT,
    /** Credentials and how they are asked for. */
    AUTHORIZATION,
    /** Initialize and versions. */
    HANDSHAKE,
    /** Tools, resources, prompts. */
    DISCOVERY,
    /** Using what was discovered. */
    CALLS,
    /** Readiness for ChatGPT, Claude and others. */
    CLIENTS,
    /** Limits, hostile input, recovery. */
    RESILIENCE;

    /** The word in tags, folders and reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The stage of that word. */
    public static Stage of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}

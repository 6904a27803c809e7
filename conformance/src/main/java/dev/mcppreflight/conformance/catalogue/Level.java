package dev.mcppreflight.conformance.catalogue;

import java.util.Locale;

/** How strongly the specification says it; decides whether a miss fails or warns. */
public enum Level {
    MUST,
    SHOULD,
    MAY,
    /** Not in the specification, but a known fault of connections. */
    ADVISORY;

    /** The word in tags. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The level of a catalogue row, where MUST NOT counts as MUST and SHOULD NOT as SHOULD. */
    public static Level of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace(" NOT", ""));
    }
}

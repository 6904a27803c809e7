package dev.mcppreflight.conformance.conversation;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Finds the constant of a closed vocabulary by the words that scenarios use for it. */
final class Phrases {

    /** A word of the vocabulary. */
    interface Phrase {
        /** How scenarios say it. */
        String phrase();
    }

    private Phrases() {}

    static <P extends Phrase> P find(P[] vocabulary, String phrase, String what) {
        return Arrays.stream(vocabulary)
                .filter(candidate -> candidate.phrase().equals(phrase))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no " + what + " is called '" + phrase + "'; known are: "
                                + Arrays.stream(vocabulary).map(Phrase::phrase).collect(Collectors.joining("; "))));
    }
}

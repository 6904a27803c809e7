package dev.mcppreflight.server.documents;

import java.util.Locale;
import java.util.Set;

/** Guesses the language of a text by its commonest words. */
public final class Language {

    /** The code of a text whose language is unknown. */
    public static final String UNKNOWN = "und";

    private static final int WORDS = 2000;
    private static final Set<String> FRENCH =
            Set.of("le", "la", "les", "des", "du", "est", "une", "dans", "pour", "et");
    private static final Set<String> ENGLISH =
            Set.of("the", "of", "and", "is", "to", "in", "for", "was", "with", "that");

    private Language() {}

    /** Returns {@code fr}, {@code en} or {@code und}. */
    public static String of(String text) {
        int french = 0;
        int english = 0;
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+", WORDS)) {
            french += FRENCH.contains(word) ? 1 : 0;
            english += ENGLISH.contains(word) ? 1 : 0;
        }
        return french == english ? UNKNOWN : french > english ? "fr" : "en";
    }
}

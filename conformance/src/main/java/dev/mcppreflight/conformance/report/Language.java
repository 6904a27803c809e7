package dev.mcppreflight.conformance.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The languages in which reports for people are written; those for programs are English. */
public enum Language {
    ENGLISH("en"),
    FRENCH("fr");

    private final String code;

    Language(String code) {
        this.code = code;
    }

    /** Its code of two letters (ISO 639-1). */
    public String code() {
        return code;
    }

    /** The language of a code or of a locale's name, such as {@code fr}, {@code fr_CA.UTF-8} or {@code fr-FR}. */
    public static Optional<Language> of(String name) {
        String start = name.toLowerCase(Locale.ROOT).split("[-_.@]", 2)[0];
        return Arrays.stream(values())
                .filter(language -> language.code.equals(start))
                .findFirst();
    }
}

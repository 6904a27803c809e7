package dev.mcppreflight.server.documents;

import java.time.LocalDate;
import java.util.List;

/**
 * Which documents a search is restricted to; null means any.
 *
 * @param language {@code fr} or {@code en}
 * @param category the kind of document
 * @param commune the commune, as it is written
 * @param mediaType the type of the file
 * @param tags tags that all have to be there; empty for any
 * @param pathPrefix how the path of the file begins
 * @param from the earliest date
 * @param to the latest date
 */
public record Filters(
        String language,
        String category,
        String commune,
        String mediaType,
        List<String> tags,
        String pathPrefix,
        LocalDate from,
        LocalDate to) {

    /** No restriction. */
    public static final Filters NONE = new Filters(null, null, null, null, List.of(), null, null, null);

    /** Creates filters whose tags nobody changes. */
    public Filters {
        tags = List.copyOf(tags);
    }

    /** Returns a restriction to these facts, each of which may be null. */
    public static Filters of(String language, String category, String commune) {
        return new Filters(language, category, commune, null, List.of(), null, null, null);
    }
}

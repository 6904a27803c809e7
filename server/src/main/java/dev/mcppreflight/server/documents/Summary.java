package dev.mcppreflight.server.documents;

import java.time.LocalDate;

/**
 * A document without its text, as lists and hits show it.
 *
 * @param id the stable id
 * @param title the title
 * @param url where a person can read it
 * @param language {@code fr}, {@code en} or {@code und}
 * @param category the kind of document
 * @param commune the commune, or null
 * @param date the date of the document
 * @param source where it comes from
 */
public record Summary(
        String id,
        String title,
        String url,
        String language,
        String category,
        String commune,
        LocalDate date,
        Source source) {

    /** Returns the same with another source. */
    public Summary from(Source other) {
        return new Summary(id, title, url, language, category, commune, date, other);
    }

    /** Returns the same with another date. */
    public Summary on(LocalDate other) {
        return new Summary(id, title, url, language, category, commune, other, source);
    }

    /** Returns the whole document. */
    public Document with(String text) {
        return new Document(id, title, text, url, language, category, commune, date, source);
    }
}

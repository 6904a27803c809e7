package dev.mcppreflight.server.documents;

import java.time.LocalDate;

/**
 * One document of the collection.
 *
 * @param id the stable id, lower-case letters, digits and hyphens
 * @param title the title, in the language of the document
 * @param text the whole text as Markdown
 * @param url where a person can read it
 * @param language {@code fr} or {@code en}
 * @param category the kind of document, such as {@code lease}
 * @param commune the Swiss commune that it is about
 * @param date the date of the document
 */
public record Document(
        String id,
        String title,
        String text,
        String url,
        String language,
        String category,
        String commune,
        LocalDate date) {}

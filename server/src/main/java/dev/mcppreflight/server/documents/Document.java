package dev.mcppreflight.server.documents;

import java.time.LocalDate;
import java.util.List;

/**
 * One document of the collection.
 *
 * @param id the stable id, lower-case letters, digits and hyphens
 * @param title the title, in the language of the document
 * @param text the whole text, mostly Markdown
 * @param url where a person can read it
 * @param language {@code fr}, {@code en}, or {@code und} when it is unknown
 * @param category the kind of document, such as {@code lease}
 * @param commune the Swiss commune that it is about, or null
 * @param date the date of the document
 * @param source where it comes from
 */
public record Document(
        String id,
        String title,
        String text,
        String url,
        String language,
        String category,
        String commune,
        LocalDate date,
        Source source) {

    /** Creates a document from a Markdown file that has the name of its id. */
    public Document(
            String id,
            String title,
            String text,
            String url,
            String language,
            String category,
            String commune,
            LocalDate date) {
        this(
                id,
                title,
                text,
                url,
                language,
                category,
                commune,
                date,
                new Source(id + ".md", "text/markdown", List.of()));
    }

    /** Returns everything but the text. */
    public Summary summary() {
        return new Summary(id, title, url, language, category, commune, date, source);
    }
}

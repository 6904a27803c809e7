package dev.mcppreflight.server.tools;

import dev.mcppreflight.server.documents.Document;

/**
 * The metadata of a document in results.
 *
 * @param language {@code fr} or {@code en}
 * @param category the kind of document
 * @param commune the commune
 * @param date ISO 8601
 */
record Facts(String language, String category, String commune, String date) {

    /** Returns the metadata of this document. */
    static Facts of(Document document) {
        return new Facts(
                document.language(),
                document.category(),
                document.commune(),
                document.date().toString());
    }
}

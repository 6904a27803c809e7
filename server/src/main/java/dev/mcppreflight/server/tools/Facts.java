package dev.mcppreflight.server.tools;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mcppreflight.server.documents.Summary;

/**
 * The metadata of a document in results.
 *
 * @param language {@code fr} or {@code en}
 * @param category the kind of document
 * @param commune the commune, or null
 * @param date ISO 8601
 */
record Facts(
        String language,
        String category,
        @JsonInclude(JsonInclude.Include.NON_NULL) String commune,
        String date) {

    /** Returns the metadata of this document. */
    static Facts of(Summary document) {
        return new Facts(
                document.language(),
                document.category(),
                document.commune(),
                document.date().toString());
    }
}

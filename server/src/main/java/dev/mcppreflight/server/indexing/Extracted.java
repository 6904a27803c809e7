package dev.mcppreflight.server.indexing;

import dev.mcppreflight.server.documents.Document;
import java.util.List;

/**
 * A document that was found in a file.
 *
 * @param document the document
 * @param dated whether its content says when it is from; else its date is that of the file
 * @param method how the text was got: {@code text_file} or {@code pdf_direct}
 * @param pages the number of its pages, or null where it has none
 * @param warnings what people should know about the text
 */
public record Extracted(Document document, boolean dated, String method, Integer pages, List<String> warnings) {

    /** Creates a document whose warnings nobody changes. */
    public Extracted {
        warnings = List.copyOf(warnings);
    }

    /** Returns the same text as this document. */
    public Extracted as(Document other) {
        return new Extracted(other, dated, method, pages, warnings);
    }
}

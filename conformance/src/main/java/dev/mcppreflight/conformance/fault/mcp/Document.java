package dev.mcppreflight.conformance.fault.mcp;

import dev.mcppreflight.conformance.data.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The library behind search and fetch. */
record Document(String id, String title, String text) {

    private static final List<Document> ALL = List.of(
            new Document("1", "Opening hours of the café", "The café opens at eight.\nOn Sundays it opens at ten."),
            new Document("2", "How to reach the museum", "Take the tram to the museum; the café is next door."),
            new Document("3", "House rules", "Please leave bags at the entrance of the museum."));

    /** Summaries of the documents that contain the word. */
    static List<Json> search(String word) {
        String wanted = word.toLowerCase(Locale.ROOT);
        return ALL.stream()
                .filter(document -> (document.title + document.text)
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted))
                .map(Document::summary)
                .toList();
    }

    static Optional<Json> find(String id) {
        return ALL.stream()
                .filter(document -> document.id.equals(id))
                .map(Document::whole)
                .findFirst();
    }

    static Json summarySchema() {
        return Tool.schema(properties(), "id", "title", "url");
    }

    static Json schema() {
        Json metadata = Json.object(
                "type", "object",
                "description", "More facts about the document.",
                "additionalProperties", Json.object("type", "string"));
        return Tool.schema(
                properties()
                        .with("text", Tool.property("string", "The whole text."))
                        .with("metadata", metadata),
                "id",
                "title",
                "text",
                "url");
    }

    private static Json properties() {
        return Json.object(
                "id", Tool.property("string", "The id to fetch the document by."),
                "title", Tool.property("string", "The title."),
                "url", Tool.property("string", "Where a reader finds the document."));
    }

    private Json summary() {
        return Json.object("id", id, "title", title, "url", "https://example.com/library/" + id);
    }

    private Json whole() {
        return summary().with("text", text).with("metadata", Json.object("language", "en"));
    }
}

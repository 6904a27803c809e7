package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Schemas;
import java.util.Optional;

/** What results owe the schemas of their tools (2025-11-25 server/tools#output-schema). */
final class SchemaRules {

    private SchemaRules() {}

    /** Whether a result is as its tool's output schema says; results that are errors owe nothing. */
    static Optional<String> conforms(Reply reply, Conversation conversation) {
        Json tool = toolOf(reply, conversation);
        Json schema = tool.get("outputSchema");
        if (schema.isMissing()
                || !reply.isResult()
                || reply.result().get("isError").isTrue()) {
            return Optional.empty();
        }
        Json structured = reply.result().get("structuredContent");
        if (structured.isMissing()) {
            return Optional.of(tool.get("name").text() + " declares an outputSchema and gave no structuredContent");
        }
        return Schemas.problemOf(structured, schema)
                .map(problem -> tool.get("name").text() + ": " + problem);
    }

    private static Json toolOf(Reply reply, Conversation conversation) {
        String name = reply.exchange().request().get("params").get("name").text();
        return conversation.contact().listing(Listing.Kind.TOOLS).items().stream()
                .filter(tool -> tool.get("name").text().equals(name))
                .findFirst()
                .orElse(Json.MISSING);
    }
}

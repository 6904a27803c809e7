package dev.mcppreflight.server.tools;

import dev.mcppreflight.server.documents.Document;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.protocol.RequestContext;

/** {@code fetch}: the second half of the contract that ChatGPT's deep research expects. */
final class Fetch implements DocumentTool {

    private final DocumentStore store;

    Fetch(DocumentStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "fetch";
    }

    @Override
    public Object call(Arguments arguments, RequestContext context) {
        Document document = required(store, arguments.text("id"));
        return new Result(
                document.id(), document.title(), document.text(), document.url(), Facts.of(document.summary()));
    }

    /** Returns the document of this id, or fails in a way that tells the model where ids come from. */
    static Document required(DocumentStore store, String id) {
        return store.find(id).orElseThrow(Fetch::notFound);
    }

    /** Returns how to tell that there is no such document. */
    static ToolFailure notFound() {
        return new ToolFailure(
                "document_not_found",
                "There is no document with this id.",
                "Take an id from the results of search or list_documents.");
    }

    record Result(String id, String title, String text, String url, Facts metadata) {}
}

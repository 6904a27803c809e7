package dev.mcppreflight.server.tools;

import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.Stored;
import dev.mcppreflight.server.protocol.RequestContext;

/** {@code delete_document}: takes a document out of the collection, with all its chunks. */
final class DeleteDocument implements DocumentTool {

    private final DocumentStore store;

    DeleteDocument(DocumentStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "delete_document";
    }

    @Override
    public Object call(Arguments arguments, RequestContext context) {
        String id = arguments.text("id");
        int chunks = store.stored(id).map(Stored::chunks).orElse(0);
        if (!store.delete(id)) {
            throw Fetch.notFound();
        }
        return new Result(id, true, chunks);
    }

    record Result(String document_id, boolean deleted, int chunks_deleted) {}
}

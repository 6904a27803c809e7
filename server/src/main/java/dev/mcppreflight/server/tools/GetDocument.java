package dev.mcppreflight.server.tools;

import dev.mcppreflight.server.documents.Document;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.protocol.RequestContext;

/** {@code get_document}: a part of a document. */
final class GetDocument implements DocumentTool {

    private final DocumentStore store;

    GetDocument(DocumentStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "get_document";
    }

    @Override
    public Object call(Arguments arguments, RequestContext context) {
        Document document = Fetch.required(store, arguments.text("id"));
        int total = document.text().length();
        int from = border(document.text(), Math.min(arguments.integer("offset", 0), total));
        int to = border(document.text(), Math.min(from + arguments.integer("length", 8000), total));
        return new Part(
                document.id(),
                document.title(),
                document.url(),
                document.text().substring(from, to),
                from,
                to - from,
                total,
                Facts.of(document.summary()));
    }

    /** Returns the position, or the one behind it when it would cut a character in two. */
    private static int border(String text, int position) {
        boolean inside = position > 0
                && position < text.length()
                && Character.isHighSurrogate(text.charAt(position - 1))
                && Character.isLowSurrogate(text.charAt(position));
        return inside ? position + 1 : position;
    }

    record Part(
            String id,
            String title,
            String url,
            String text,
            int offset,
            int length,
            int total_length,
            Facts metadata) {}
}

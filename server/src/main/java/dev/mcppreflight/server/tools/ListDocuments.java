package dev.mcppreflight.server.tools;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.Summary;
import dev.mcppreflight.server.protocol.RequestContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** {@code list_documents}: the collection page by page. */
final class ListDocuments implements DocumentTool {

    private static final String CURSOR_PREFIX = "after:";

    private final DocumentStore store;

    ListDocuments(DocumentStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "list_documents";
    }

    @Override
    public Object call(Arguments arguments, RequestContext context) {
        int limit = arguments.integer("limit", 20);
        String cursor = arguments.textOrNull("cursor");
        // One more than asked for tells whether there is a next page.
        List<Summary> found = store.list(cursor == null ? "" : decode(cursor), limit + 1);
        List<Summary> page = found.subList(0, Math.min(limit, found.size()));
        return new Page(
                store.statistics().documents(),
                page.stream()
                        .map(d -> new Entry(d.id(), d.title(), d.url(), Facts.of(d)))
                        .toList(),
                found.size() > limit ? encode(page.get(limit - 1).id()) : null);
    }

    private static String encode(String id) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((CURSOR_PREFIX + id).getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (text.startsWith(CURSOR_PREFIX)) {
                return text.substring(CURSOR_PREFIX.length());
            }
        } catch (IllegalArgumentException e) {
            // Not Base64: as unknown as any other foreign cursor.
        }
        throw new ToolFailure(
                "invalid_cursor", "This cursor is unknown.", "Leave out cursor to start with the first page.");
    }

    record Page(
            int total,
            List<Entry> documents,
            @JsonInclude(JsonInclude.Include.NON_NULL) String next_cursor) {}

    record Entry(String id, String title, String url, Facts metadata) {}
}

package dev.mcppreflight.server.tools;

import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.Filters;
import dev.mcppreflight.server.documents.Hit;
import dev.mcppreflight.server.documents.SearchQuery;
import java.util.ArrayList;
import java.util.List;

/** {@code search_documents}: passages with scores and filters. */
final class SearchDocuments implements DocumentTool {

    private static final int SNIPPET_LENGTH = 800;

    private final DocumentStore store;

    SearchDocuments(DocumentStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "search_documents";
    }

    @Override
    public Object call(Arguments arguments) {
        SearchQuery query = SearchQuery.fulltext(
                arguments.text("query"),
                arguments.integer("limit", 5),
                arguments.number("threshold", 0.3),
                Filters.of(
                        arguments.textOrNull("language"),
                        arguments.textOrNull("category"),
                        arguments.textOrNull("commune")));
        List<Result> results = new ArrayList<>();
        for (Hit hit : store.search(query)) {
            results.add(result(results.size() + 1, hit));
        }
        return new Results(query.text(), "fulltext", results.size(), results);
    }

    private static Result result(int rank, Hit hit) {
        return new Result(
                rank,
                hit.document().id(),
                hit.chunkId(),
                hit.chunk().index(),
                hit.document().title(),
                hit.document().url(),
                Math.round(hit.similarity() * 10_000) / 10_000.0,
                shortened(hit.chunk().text()),
                Facts.of(hit.document()));
    }

    private static String shortened(String text) {
        return text.length() <= SNIPPET_LENGTH ? text : text.substring(0, SNIPPET_LENGTH - 1) + "\u2026";
    }

    record Results(String query, String mode, int count, List<Result> results) {}

    record Result(
            int rank,
            String document_id,
            String chunk_id,
            int chunk_index,
            String title,
            String url,
            double similarity,
            String snippet,
            Facts metadata) {}
}

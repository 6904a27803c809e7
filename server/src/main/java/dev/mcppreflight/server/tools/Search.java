package dev.mcppreflight.server.tools;

import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.SearchQuery;
import java.util.List;

/** {@code search}: the first half of the contract that ChatGPT's deep research expects. */
final class Search implements DocumentTool {

    private static final int LIMIT = 10;

    private final DocumentStore store;

    Search(DocumentStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "search";
    }

    @Override
    public Object call(Arguments arguments) {
        return new Results(store.search(SearchQuery.of(arguments.text("query"), LIMIT)).stream()
                .map(hit -> new Result(
                        hit.document().id(),
                        hit.document().title(),
                        hit.document().url()))
                .toList());
    }

    record Results(List<Result> results) {}

    record Result(String id, String title, String url) {}
}

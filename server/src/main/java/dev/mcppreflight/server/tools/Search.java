package dev.mcppreflight.server.tools;

import dev.mcppreflight.server.documents.Filters;
import dev.mcppreflight.server.documents.SearchMode;
import dev.mcppreflight.server.protocol.RequestContext;
import java.util.List;

/** {@code search}: the first half of the contract that ChatGPT's deep research expects. */
final class Search implements DocumentTool {

    private static final int LIMIT = 10;

    private final Retrieval retrieval;

    Search(Retrieval retrieval) {
        this.retrieval = retrieval;
    }

    @Override
    public String name() {
        return "search";
    }

    @Override
    public boolean reports() {
        return true;
    }

    @Override
    public Object call(Arguments arguments, RequestContext context) {
        return new Results(
                retrieval
                        .search(arguments.text("query"), SearchMode.HYBRID, LIMIT, 0, true, Filters.NONE, context)
                        .hits()
                        .stream()
                        .map(hit -> new Result(
                                hit.document().id(),
                                hit.document().title(),
                                hit.document().url()))
                        .toList());
    }

    record Results(List<Result> results) {}

    record Result(String id, String title, String url) {}
}

package dev.mcppreflight.server.tools;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mcppreflight.server.documents.Hit;
import dev.mcppreflight.server.protocol.RequestContext;
import java.util.ArrayList;
import java.util.List;

/** {@code search_documents}: passages with scores and filters. */
final class SearchDocuments implements DocumentTool {

    private static final int SNIPPET_LENGTH = 800;

    private final Retrieval retrieval;

    SearchDocuments(Retrieval retrieval) {
        this.retrieval = retrieval;
    }

    @Override
    public String name() {
        return "search_documents";
    }

    @Override
    public boolean reports() {
        return true;
    }

    @Override
    public Object call(Arguments arguments, RequestContext context) {
        Retrieval.Answer answer = retrieval.search(arguments, true, context);
        List<Result> results = new ArrayList<>();
        for (Hit hit : answer.hits()) {
            results.add(result(results.size() + 1, hit));
        }
        return new Results(
                arguments.text("query"), answer.mode(), results.size(), results, answer.reason(), answer.bestScore());
    }

    private static Result result(int rank, Hit hit) {
        return new Result(
                rank,
                hit.document().id(),
                hit.chunkId(),
                hit.chunk().index(),
                hit.document().title(),
                hit.document().url(),
                Snippets.rounded(hit.similarity()),
                Snippets.beginning(hit.chunk().text(), SNIPPET_LENGTH),
                Facts.of(hit.document()));
    }

    record Results(
            String query,
            String mode,
            int count,
            List<Result> results,
            @JsonInclude(JsonInclude.Include.NON_NULL) String reason,
            @JsonInclude(JsonInclude.Include.NON_NULL) Double best_score) {}

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

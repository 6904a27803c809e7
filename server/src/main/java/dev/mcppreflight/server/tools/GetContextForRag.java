package dev.mcppreflight.server.tools;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mcppreflight.server.documents.Hit;
import dev.mcppreflight.server.protocol.RequestContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code get_context_for_rag}: passages as one text with numbered sources, ready to be put into a prompt. */
final class GetContextForRag implements DocumentTool {

    private static final int LARGEST = 8000;

    private final Retrieval retrieval;

    GetContextForRag(Retrieval retrieval) {
        this.retrieval = retrieval;
    }

    @Override
    public String name() {
        return "get_context_for_rag";
    }

    @Override
    public boolean reports() {
        return true;
    }

    @Override
    public Object call(Arguments arguments, RequestContext context) {
        int most = arguments.integer("max_chars", LARGEST);
        Retrieval.Answer answer = retrieval.search(arguments, false, context);
        Map<String, List<Hit>> byDocument = new LinkedHashMap<>();
        answer.hits().forEach(hit -> byDocument
                .computeIfAbsent(hit.document().id(), id -> new ArrayList<>())
                .add(hit));
        StringBuilder text = new StringBuilder();
        List<Source> sources = new ArrayList<>();
        boolean truncated = false;
        for (List<Hit> hits : byDocument.values()) {
            Hit best = hits.get(0);
            String block = (text.isEmpty() ? "" : "\n\n---\n\n") + "[" + (sources.size() + 1) + "] "
                    + best.document().title() + "\n" + passages(hits);
            int room = most - text.length();
            truncated = block.length() > room;
            // A few characters of a source help nobody, except where they are all there is.
            if (truncated && !sources.isEmpty() && room < most / 4) {
                break;
            }
            text.append(truncated ? Snippets.beginning(block, room) : block);
            sources.add(new Source(
                    sources.size() + 1,
                    best.document().id(),
                    best.document().title(),
                    best.document().url(),
                    Snippets.rounded(best.similarity())));
            if (truncated) {
                break;
            }
        }
        return new Result(
                arguments.text("query"),
                answer.mode(),
                text.toString(),
                List.copyOf(sources),
                truncated,
                answer.reason(),
                answer.bestScore());
    }

    /** Joins what follows each other in the document or overlaps, so that nothing is said twice. */
    private static String passages(List<Hit> hits) {
        List<Hit> inOrder = new ArrayList<>(hits);
        inOrder.sort((a, b) -> Integer.compare(a.chunk().start(), b.chunk().start()));
        StringBuilder text = new StringBuilder();
        int end = -1;
        int index = -2;
        for (Hit hit : inOrder) {
            int overlap = end - hit.chunk().start();
            String chunk = hit.chunk().text();
            if (overlap > 0) {
                text.append(chunk.substring(Math.min(overlap, chunk.length())));
            } else {
                text.append(text.isEmpty() ? "" : hit.chunk().index() == index + 1 ? "\n\n" : "\n[...]\n")
                        .append(chunk);
            }
            end = Math.max(end, hit.chunk().end());
            index = hit.chunk().index();
        }
        return text.toString();
    }

    record Result(
            String query,
            String mode,
            String context,
            List<Source> sources,
            boolean truncated,
            @JsonInclude(JsonInclude.Include.NON_NULL) String reason,
            @JsonInclude(JsonInclude.Include.NON_NULL) Double best_score) {}

    record Source(int number, String document_id, String title, String url, double similarity) {}
}

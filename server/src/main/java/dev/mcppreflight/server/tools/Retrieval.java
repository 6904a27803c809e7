package dev.mcppreflight.server.tools;

import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.EmbeddingSpace;
import dev.mcppreflight.server.documents.Filters;
import dev.mcppreflight.server.documents.Hit;
import dev.mcppreflight.server.documents.SearchMode;
import dev.mcppreflight.server.documents.SearchQuery;
import dev.mcppreflight.server.documents.Vectors;
import dev.mcppreflight.server.embedding.EmbeddingException;
import dev.mcppreflight.server.embedding.EmbeddingModel;
import dev.mcppreflight.server.protocol.LogLevel;
import dev.mcppreflight.server.protocol.RequestContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches by words and by meaning. Where meaning cannot be compared - no model, one that is still loading, or a
 * collection without vectors of it - words alone decide, and the answer says so.
 */
final class Retrieval {

    private static final String LOGGER = "search";
    private static final int STEPS = 2;

    private final Logger log = LoggerFactory.getLogger(Retrieval.class);
    private final DocumentStore store;
    private final EmbeddingModel model;

    /**
     * Creates a retrieval.
     *
     * @param model the model that the collection is embedded with, or null for searches by words only
     */
    Retrieval(DocumentStore store, EmbeddingModel model) {
        this.store = store;
        this.model = model;
    }

    /** Returns what the arguments {@code query}, {@code mode}, {@code limit}, {@code threshold} and the filters ask for. */
    Answer search(Arguments arguments, boolean eachDocumentOnce, RequestContext context) {
        String wish = arguments.textOrNull("mode");
        Filters filters = new Filters(
                arguments.textOrNull("language"),
                arguments.textOrNull("category"),
                arguments.textOrNull("commune"),
                arguments.textOrNull("file_type"),
                arguments.texts("tags"),
                arguments.textOrNull("path_prefix"),
                arguments.date("created_after"),
                arguments.date("created_before"));
        return search(
                arguments.text("query"),
                wish == null ? SearchMode.HYBRID : SearchMode.valueOf(wish.toUpperCase(Locale.ROOT)),
                arguments.integer("limit", 5),
                arguments.number("threshold", 0.3),
                eachDocumentOnce,
                filters,
                context);
    }

    /** Returns what answers this text, in this mode if that is possible now. */
    Answer search(
            String text,
            SearchMode wish,
            int limit,
            double threshold,
            boolean eachDocumentOnce,
            Filters filters,
            RequestContext context) {
        requireModel(wish);
        context.progress(0, STEPS, "understanding the question");
        Vectors vector = wish == SearchMode.FULLTEXT ? null : vector(text, context);
        context.progress(1, STEPS, "searching");
        SearchMode mode = vector == null ? SearchMode.FULLTEXT : wish;
        List<Hit> hits = store.search(new SearchQuery(text, vector, mode, limit, threshold, eachDocumentOnce, filters));
        context.progress(STEPS, STEPS, "done");
        return answer(new SearchQuery(text, vector, mode, 1, 0, eachDocumentOnce, filters), hits, threshold);
    }

    /** An empty answer says why: a model, and a person behind it, would take every one for "there is nothing". */
    private Answer answer(SearchQuery best, List<Hit> hits, double threshold) {
        String mode = best.mode().name().toLowerCase(Locale.ROOT);
        if (!hits.isEmpty()) {
            return new Answer(mode, hits, null, null);
        }
        if (store.list("", 1).isEmpty()) {
            return new Answer(mode, hits, "empty_corpus", null);
        }
        List<Hit> below = threshold > 0 ? store.search(best) : List.of();
        return below.isEmpty()
                ? new Answer(mode, hits, "no_match", null)
                : new Answer(
                        mode,
                        hits,
                        "below_threshold",
                        Snippets.rounded(below.get(0).similarity()));
    }

    /** Whoever insists on meaning is told what is missing for it; whoever does not is answered by words. */
    private void requireModel(SearchMode wish) {
        Optional<EmbeddingSpace> stored = wish == SearchMode.SEMANTIC ? store.space() : Optional.empty();
        if (stored.isPresent() && (model == null || !stored.get().equals(model.space()))) {
            throw new ToolFailure(
                    "not_configured",
                    "The collection is embedded with " + stored.get() + ", and this server has another model.",
                    "Tell the operator to set EMBEDDING_MODEL and EMBEDDING_DIMENSIONS to it, with OPENAI_API_KEY or"
                            + " EMBEDDING_BASE_URL; mode fulltext works meanwhile.");
        }
    }

    private Vectors vector(String text, RequestContext context) {
        // The store first: a model is not loaded for a collection that has no vectors of it.
        if (model == null || store.space().filter(model.space()::equals).isEmpty() || !model.isReady()) {
            return null;
        }
        try {
            return model.embedQuestion(text);
        } catch (EmbeddingException e) {
            log.warn("searching by words only: {}", e.getMessage());
            context.log(LogLevel.WARNING, LOGGER, "Embeddings are unavailable: searching by words only.");
            return null;
        }
    }

    /**
     * What was found, and how.
     *
     * @param mode how it was compared
     * @param hits best first
     * @param reason why there are none: {@code empty_corpus}, {@code below_threshold} or {@code no_match}; or null
     * @param bestScore the similarity of the best one below the threshold, or null
     */
    record Answer(String mode, List<Hit> hits, String reason, Double bestScore) {}
}

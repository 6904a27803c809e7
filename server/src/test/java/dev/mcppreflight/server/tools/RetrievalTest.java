package dev.mcppreflight.server.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.documents.BundledCorpus;
import dev.mcppreflight.server.documents.Chunker;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.EmbeddingSpace;
import dev.mcppreflight.server.documents.IndexedDocument;
import dev.mcppreflight.server.documents.Vectors;
import dev.mcppreflight.server.embedding.EmbeddingException;
import dev.mcppreflight.server.embedding.EmbeddingModel;
import dev.mcppreflight.server.protocol.RequestContext;
import dev.mcppreflight.server.store.LuceneDocumentStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which mode answers, and what a context looks like. */
class RetrievalTest {

    private final DocumentStore store = LuceneDocumentStore.inMemory();
    private final Letters model = new Letters();

    RetrievalTest() {
        new BundledCorpus().read().stream().limit(20).forEach(document -> {
            var chunks = Chunker.standard().chunks(document.text());
            Vectors vectors = model.embed(chunks.stream().map(c -> c.text()).toList());
            store.save(new IndexedDocument(document, chunks, vectors));
        });
    }

    private String mode(EmbeddingModel with, String wish) {
        Arguments arguments =
                new Arguments(wish == null ? Map.of("query", "toiture") : Map.of("query", "toiture", "mode", wish));
        Retrieval.Answer answer = new Retrieval(store, with).search(arguments, true, RequestContext.NONE);
        assertFalse(answer.hits().isEmpty());
        return answer.mode();
    }

    @Test
    void theModeThatAnsweredIsTold() {
        assertEquals("hybrid", mode(model, null));
        assertEquals("semantic", mode(model, "semantic"));
        assertEquals("fulltext", mode(model, "fulltext"));
    }

    @Test
    void whoInsistsOnMeaningLearnsWhatIsMissing() {
        ToolFailure failure = assertThrows(ToolFailure.class, () -> mode(null, "semantic"));
        assertEquals("not_configured", failure.outcome().code());
        assertTrue(failure.outcome().hint().contains("EMBEDDING_MODEL"));
        assertTrue(failure.getMessage().contains("letters (26 dimensions)"));
        assertEquals("fulltext", mode(null, "hybrid"));
    }

    private static Retrieval.Answer answer(Retrieval retrieval, String query, String mode, double threshold) {
        return retrieval.search(
                new Arguments(Map.of("query", query, "mode", mode, "threshold", threshold)), true, RequestContext.NONE);
    }

    @Test
    void anEmptyAnswerSaysWhy() {
        Retrieval retrieval = new Retrieval(store, model);
        assertEquals("no_match", answer(retrieval, "zzyzx", "fulltext", 0.3).reason());
        assertNull(answer(retrieval, "toiture", "fulltext", 0.3).reason());
        Retrieval.Answer below = answer(retrieval, "toiture", "semantic", 1);
        assertEquals("below_threshold", below.reason());
        assertTrue(below.bestScore() > 0 && below.bestScore() < 1);
        assertFalse(answer(retrieval, "toiture", "semantic", below.bestScore() - 0.01)
                .hits()
                .isEmpty());
        try (DocumentStore empty = LuceneDocumentStore.inMemory()) {
            Retrieval nothing = new Retrieval(empty, null);
            assertEquals(
                    "empty_corpus", answer(nothing, "toiture", "hybrid", 0.3).reason());
        }
    }

    @Test
    void withoutAModelThatWorksWordsDecide() {
        model.ready = false;
        assertEquals("fulltext", mode(model, "hybrid"));
        model.ready = true;
        model.broken = true;
        assertEquals("fulltext", mode(model, "hybrid"));
    }

    @Test
    void aContextSaysNothingTwiceAndKeepsItsSize() {
        GetContextForRag tool = new GetContextForRag(new Retrieval(store, model));
        var whole = (GetContextForRag.Result) tool.call(
                new Arguments(Map.of("query", "toiture façade", "limit", 20, "threshold", 0, "max_chars", 50_000)),
                RequestContext.NONE);
        assertFalse(whole.truncated());
        assertTrue(whole.context().startsWith("[1] " + whole.sources().get(0).title()));
        assertEquals(
                whole.sources().size(),
                whole.sources().stream()
                        .map(GetContextForRag.Source::document_id)
                        .distinct()
                        .count());
        var cut = (GetContextForRag.Result) tool.call(
                new Arguments(Map.of("query", "toiture façade", "limit", 20, "threshold", 0, "max_chars", 700)),
                RequestContext.NONE);
        assertTrue(cut.truncated());
        assertTrue(cut.context().length() <= 700);
    }

    /** Counts letters: no meaning, but a vector for every text. */
    private static final class Letters implements EmbeddingModel {

        private boolean ready = true;
        private boolean broken;

        @Override
        public EmbeddingSpace space() {
            return new EmbeddingSpace("letters", 26);
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public Vectors embed(List<String> texts) {
            if (broken) {
                throw new EmbeddingException("broken");
            }
            return new Vectors(space(), texts.stream().map(Letters::count).toList());
        }

        private static float[] count(String text) {
            float[] vector = new float[26];
            text.toLowerCase(java.util.Locale.ROOT)
                    .chars()
                    .filter(c -> c >= 'a' && c <= 'z')
                    .forEach(c -> vector[c - 'a']++);
            return vector;
        }
    }
}

package dev.mcppreflight.server.embedding;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.mcppreflight.server.documents.EmbeddingSpace;
import dev.mcppreflight.server.documents.Vectors;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small model inside this process: no key, no network. It takes a second and some 100 MB to load, so that happens in the
 * background when it is first needed.
 */
public final class LocalEmbeddings implements EmbeddingModel {

    private static final EmbeddingSpace SPACE = new EmbeddingSpace("all-minilm-l6-v2-q", 384);

    private final Logger log = LoggerFactory.getLogger(LocalEmbeddings.class);
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<AllMiniLmL6V2QuantizedEmbeddingModel> model = new CompletableFuture<>();

    @Override
    public EmbeddingSpace space() {
        return SPACE;
    }

    @Override
    public boolean isReady() {
        begin();
        return model.isDone() && !model.isCompletedExceptionally();
    }

    private void begin() {
        if (begun.compareAndSet(false, true)) {
            Thread thread = new Thread(this::load, "embedding-model");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void load() {
        try {
            // On the thread of the caller: a pool of threads would outlive the work.
            model.complete(new AllMiniLmL6V2QuantizedEmbeddingModel(Runnable::run));
        } catch (RuntimeException | LinkageError e) {
            log.warn("the embedding model cannot be loaded, searches compare words only: {}", e.toString());
            model.completeExceptionally(e);
        }
    }

    @Override
    public Vectors embed(List<String> texts) {
        begin();
        try {
            List<TextSegment> segments = texts.stream().map(TextSegment::from).toList();
            return new Vectors(
                    SPACE,
                    segments.isEmpty()
                            ? List.of()
                            : model.join().embedAll(segments).content().stream()
                                    .map(embedding -> embedding.vector())
                                    .toList());
        } catch (CompletionException e) {
            throw new EmbeddingException("the embedding model cannot be loaded: " + e.getCause(), e);
        } catch (RuntimeException e) {
            throw new EmbeddingException("the embedding model failed: " + e.getMessage(), e);
        }
    }
}

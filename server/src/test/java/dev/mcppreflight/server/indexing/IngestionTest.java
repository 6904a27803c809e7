package dev.mcppreflight.server.indexing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.documents.Chunker;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.EmbeddingSpace;
import dev.mcppreflight.server.documents.Saved;
import dev.mcppreflight.server.documents.SearchQuery;
import dev.mcppreflight.server.documents.SpaceMismatchException;
import dev.mcppreflight.server.documents.Stored;
import dev.mcppreflight.server.documents.Vectors;
import dev.mcppreflight.server.embedding.EmbeddingException;
import dev.mcppreflight.server.embedding.EmbeddingModel;
import dev.mcppreflight.server.store.LuceneDocumentStore;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A document is there whole or not at all, and what is told about it is what is there. */
class IngestionTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

    private final DocumentStore store = LuceneDocumentStore.inMemory();
    private final Chunker chunker = new Chunker(16, 0);
    private final Extraction extraction = new Extraction();
    private int embedded;
    private int breaksAfter = Integer.MAX_VALUE;

    private final EmbeddingModel model = new EmbeddingModel() {
        @Override
        public EmbeddingSpace space() {
            return new EmbeddingSpace("counting", 2);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public Vectors embed(List<String> texts) {
            embedded += texts.size();
            if (embedded > breaksAfter) {
                throw new EmbeddingException("the service broke");
            }
            return new Vectors(
                    space(),
                    texts.stream().map(t -> new float[] {1, t.length()}).toList());
        }
    };

    @AfterEach
    void close() {
        store.close();
    }

    private Extracted text(String text, LocalDate day) {
        return extraction.read(new Original("a/notes.txt", text.getBytes(StandardCharsets.UTF_8), day));
    }

    private static String words(int howMany, String word) {
        return (word + " ").repeat(howMany).strip();
    }

    @Test
    void figuresAreThoseOfTheStore() {
        List<String> heard = new ArrayList<>();
        Ingestion.Result result = new Ingestion(store, model, chunker)
                .add(text(words(300, "trompette"), DAY), (done, total) -> heard.add(done + "/" + total));
        assertEquals(Saved.CREATED, result.saved());
        assertEquals(300, result.stored().chunks());
        assertEquals(300, result.stored().vectors());
        assertEquals(300, store.statistics().chunks());
        assertEquals(0, store.statistics().chunksWithoutEmbedding());
        assertEquals(List.of("0/300", "64/300", "128/300", "192/300", "256/300", "300/300"), heard);
    }

    @Test
    void theSameTextOnAnotherDayIsTheSame() {
        Ingestion ingestion = new Ingestion(store, model, chunker);
        ingestion.add(text("Le piano.", DAY), Ingestion.Progress.NONE);
        Ingestion.Result again = ingestion.add(text("Le piano.", DAY.plusDays(3)), Ingestion.Progress.NONE);
        assertEquals(Saved.UNCHANGED, again.saved());
        assertEquals(DAY, again.document().date());
        assertEquals(1, embedded);
        assertEquals(
                Saved.UPDATED,
                ingestion
                        .add(text("La cave.", DAY.plusDays(3)), Ingestion.Progress.NONE)
                        .saved());
    }

    @Test
    void whatFailsHalfwayLeavesEverythingAsItWas() {
        Ingestion ingestion = new Ingestion(store, model, chunker);
        ingestion.add(text("Le piano.", DAY), Ingestion.Progress.NONE);
        Stored before = store.stored(store.list("", 1).get(0).id()).orElseThrow();
        breaksAfter = 100;
        assertThrows(
                EmbeddingException.class,
                () -> ingestion.add(text(words(300, "trompette"), DAY), Ingestion.Progress.NONE));
        assertThrows(
                IllegalStateException.class,
                () -> ingestion.add(text(words(3, "trompette"), DAY), (done, total) -> {
                    throw new IllegalStateException("cancelled");
                }));
        assertEquals(before, store.stored(store.list("", 1).get(0).id()).orElseThrow());
        assertEquals(1, store.search(SearchQuery.of("piano", 5)).size());
        assertTrue(store.search(SearchQuery.of("trompette", 5)).isEmpty());
    }

    @Test
    void aCollectionOfAnotherModelIsLeftAlone() {
        new Ingestion(store, model, chunker).add(text("Le piano.", DAY), Ingestion.Progress.NONE);
        EmbeddingModel other = new dev.mcppreflight.server.embedding.LocalEmbeddings();
        assertThrows(SpaceMismatchException.class, () -> new Ingestion(store, other, chunker)
                .add(text("La cave.", DAY), Ingestion.Progress.NONE));
        assertEquals(1, store.statistics().documents());
    }
}

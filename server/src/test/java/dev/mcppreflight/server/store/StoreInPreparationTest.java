package dev.mcppreflight.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.documents.BundledCorpus;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.StoreUnavailableException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the store is built, and what happens when it cannot be. */
class StoreInPreparationTest {

    private final AtomicInteger built = new AtomicInteger();

    private DocumentStore build() {
        built.incrementAndGet();
        return new LuceneDocumentStore(new BundledCorpus().read());
    }

    @Test
    void itIsBuiltOnceWhenFirstAsked() {
        try (DocumentStore store = new StoreInPreparation(this::build)) {
            assertEquals(0, built.get());
            assertEquals(184, store.statistics().documents());
            assertEquals(1, store.list("", 1).size());
            assertEquals(1, built.get());
        }
    }

    @Test
    void whoAsksWhileItIsBuiltWaits() {
        try (StoreInPreparation store = new StoreInPreparation(this::build)) {
            store.begin();
            store.begin();
            assertEquals(1, store.list("", 1).size());
            assertEquals(1, built.get());
        }
    }

    @Test
    void whatWasNeverBuiltNeedsNoClosing() {
        new StoreInPreparation(this::build).close();
        assertEquals(0, built.get());
    }

    /** A folder that another process uses is free again when that one has ended. */
    @Test
    void whatCouldNotBeBuiltIsTriedAgain(@TempDir Path folder) {
        DocumentStore other = LuceneDocumentStore.in(folder);
        try (DocumentStore store = new StoreInPreparation(() -> LuceneDocumentStore.in(folder))) {
            String why = assertThrows(StoreUnavailableException.class, store::statistics)
                    .getMessage();
            assertTrue(why.contains("another process uses it"), why);
            other.close();
            assertEquals(0, store.statistics().documents());
        }
    }

    @Test
    void aStoreThatCannotBeBuiltIsUnavailable() {
        StoreInPreparation store = new StoreInPreparation(() -> {
            throw new IllegalStateException("no documents");
        });
        assertThrows(StoreUnavailableException.class, store::statistics);
        assertThrows(StoreUnavailableException.class, store::statistics);
    }
}

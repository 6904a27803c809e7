package dev.mcppreflight.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.EmbeddingSpace;
import dev.mcppreflight.server.documents.IndexedDocument;
import dev.mcppreflight.server.documents.Saved;
import dev.mcppreflight.server.documents.SearchQuery;
import dev.mcppreflight.server.documents.StoreUnavailableException;
import dev.mcppreflight.server.documents.Vectors;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded store, and what only it does: it lasts in a folder. */
class LuceneStoreContractTest extends DocumentStoreContract {

    @Override
    DocumentStore create() {
        return LuceneDocumentStore.inMemory();
    }

    @Test
    void aFolderKeepsEverything(@TempDir Path folder) {
        IndexedDocument document = indexed(document("a", "fr", "Bail", "Le piano."), new float[] {1, 0, 0});
        try (DocumentStore first = LuceneDocumentStore.in(folder)) {
            first.save(document);
            assertThrows(StoreUnavailableException.class, () -> LuceneDocumentStore.in(folder));
        }
        try (DocumentStore second = LuceneDocumentStore.in(folder)) {
            assertEquals(Optional.of(SPACE), second.space());
            assertEquals(Saved.UNCHANGED, second.save(document));
            assertEquals(1, second.search(SearchQuery.of("piano", 5)).size());
            assertEquals(Optional.of(document.document()), second.find("a"));
        }
    }

    @Test
    void longVectorsAreKept() {
        EmbeddingSpace space = new EmbeddingSpace("large", 3072);
        float[] vector = new float[3072];
        vector[7] = 1;
        IndexedDocument bare = indexed(document("a", "fr", "Bail", "Le piano."));
        try (DocumentStore store = create()) {
            store.save(
                    new IndexedDocument(bare.document(), bare.chunks(), new Vectors(space, List.<float[]>of(vector))));
            assertEquals(0, store.statistics().chunksWithoutEmbedding());
        }
    }
}

package dev.mcppreflight.server.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.documents.Vectors;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The model that is in the jar. */
class LocalEmbeddingsTest {

    @Test
    void whatMeansTheSameIsNear() {
        LocalEmbeddings model = new LocalEmbeddings();
        Vectors vectors = model.embed(List.of("The heating is broken", "The boiler does not work", "A recipe for jam"));
        assertTrue(model.isReady());
        assertEquals(3, vectors.values().size());
        assertTrue(cosine(vectors, 0, 1) > cosine(vectors, 0, 2) + 0.2);
        assertEquals(0, model.embed(List.of()).values().size());
    }

    private static double cosine(Vectors vectors, int a, int b) {
        double sum = 0;
        for (int i = 0; i < vectors.space().dimensions(); i++) {
            sum += vectors.values().get(a)[i] * vectors.values().get(b)[i];
        }
        return sum;
    }
}

package dev.mcppreflight.server.embedding;

import dev.mcppreflight.server.documents.EmbeddingSpace;
import dev.mcppreflight.server.documents.Vectors;
import java.util.List;

/** Turns texts into vectors that are near each other when the texts mean the same. */
public interface EmbeddingModel {

    /** Returns what its vectors belong to. */
    EmbeddingSpace space();

    /** Tells whether it can be asked now; the first call may be what makes it ready for later ones. */
    boolean isReady();

    /**
     * Returns one vector for each text, in the order of the texts.
     *
     * @throws EmbeddingException when that fails for any of them
     */
    Vectors embed(List<String> texts);

    /**
     * Returns the vector of a question, for somebody who waits for its answer and can do without.
     *
     * @throws EmbeddingException when the model does not work, or not soon enough
     */
    default Vectors embedQuestion(String text) {
        return embed(List.of(text));
    }
}

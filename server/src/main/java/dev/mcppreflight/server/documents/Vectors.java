package dev.mcppreflight.server.documents;

import java.util.List;

/**
 * Vectors of one space, one for each text, in the order of the texts.
 *
 * @param space what they belong to
 * @param values the vectors; whoever reads them does not change them
 */
public record Vectors(EmbeddingSpace space, List<float[]> values) {

    /**
     * Creates vectors that can be compared.
     *
     * @throws IllegalArgumentException when one has another dimension, is not finite or is zero: a cosine with it would
     *     mean nothing
     */
    public Vectors {
        values = List.copyOf(values);
        for (float[] vector : values) {
            if (vector.length != space.dimensions()) {
                throw new IllegalArgumentException(
                        "a vector of " + vector.length + " numbers does not belong to " + space);
            }
            double square = 0;
            for (float number : vector) {
                square += (double) number * number;
            }
            if (!(square > 0) || Double.isInfinite(square)) {
                throw new IllegalArgumentException("a vector of " + space.model() + " has no direction");
            }
        }
    }
}

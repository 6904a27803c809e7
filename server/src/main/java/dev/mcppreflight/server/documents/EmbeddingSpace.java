package dev.mcppreflight.server.documents;

/**
 * What vectors must have in common to be compared.
 *
 * @param model the model that made them
 * @param dimensions how many numbers each has
 */
public record EmbeddingSpace(String model, int dimensions) {

    @Override
    public String toString() {
        return model + " (" + dimensions + " dimensions)";
    }
}

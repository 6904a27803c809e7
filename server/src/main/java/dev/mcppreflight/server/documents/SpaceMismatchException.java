package dev.mcppreflight.server.documents;

/** Vectors of a model shall be compared with vectors of another one. */
public final class SpaceMismatchException extends RuntimeException {

    /** Creates the exception for a collection of one space and vectors of another. */
    public SpaceMismatchException(EmbeddingSpace stored, EmbeddingSpace offered) {
        super("the collection is embedded with " + stored + ", not with " + offered + ": index it again");
    }
}

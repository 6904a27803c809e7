package dev.mcppreflight.server.embedding;

/** Texts could not be embedded. The message says why, and never holds a key or a text. */
public final class EmbeddingException extends RuntimeException {

    /** Creates the exception. */
    public EmbeddingException(String message) {
        super(message);
    }

    /** Creates the exception with its cause. */
    public EmbeddingException(String message, Throwable cause) {
        super(message, cause);
    }
}

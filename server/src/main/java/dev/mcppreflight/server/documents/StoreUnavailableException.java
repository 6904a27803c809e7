package dev.mcppreflight.server.documents;

/** The store cannot be asked now; trying again later may help. */
public final class StoreUnavailableException extends RuntimeException {

    /** Creates the exception with its cause. */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

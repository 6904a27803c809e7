package dev.mcppreflight.server.auth;

/** The authorization server cannot be asked, so that nothing can be said about a token. */
public final class IssuerUnavailable extends RuntimeException {

    /**
     * Creates the exception.
     *
     * @param message for the operator
     */
    public IssuerUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.mcppreflight.server.auth;

/** A token that lets nobody in. */
final class InvalidToken extends Exception {

    /**
     * Creates the exception.
     *
     * @param message for whoever sent it; it holds nothing of the token
     */
    InvalidToken(String message) {
        super(message, null, false, false);
    }
}

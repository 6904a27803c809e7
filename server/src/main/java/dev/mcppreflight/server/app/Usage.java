package dev.mcppreflight.server.app;

/** A start that the given options forbid. */
final class Usage extends RuntimeException {

    /**
     * Creates the exception.
     *
     * @param message one line for the operator
     */
    Usage(String message) {
        super(message, null, false, false);
    }
}

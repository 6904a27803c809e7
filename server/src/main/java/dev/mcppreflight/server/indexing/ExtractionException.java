package dev.mcppreflight.server.indexing;

/** There is no text to be had from a file. */
public final class ExtractionException extends RuntimeException {

    private final String code;

    /**
     * Creates the exception.
     *
     * @param code a stable name in lower case with underscores
     * @param message why, in words that follow the name of the file
     */
    ExtractionException(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** Returns a stable name of the reason. */
    public String code() {
        return code;
    }
}

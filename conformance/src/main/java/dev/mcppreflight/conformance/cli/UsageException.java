package dev.mcppreflight.conformance.cli;

/** The arguments cannot be used as they are. */
final class UsageException extends RuntimeException {

    private final String hint;

    /**
     * Creates the exception.
     *
     * @param message one line: what is wrong
     * @param hint one line: what to do; empty for nothing beyond the help
     */
    UsageException(String message, String hint) {
        super(message, null, false, false);
        this.hint = hint;
    }

    /** What to do about it; may be empty. */
    String hint() {
        return hint;
    }
}

package dev.mcppreflight.server.tools;

import java.util.List;

/** A call that a model can mend or report; it becomes a result with {@code isError}, not a protocol error. */
final class ToolFailure extends RuntimeException {

    private final String code;
    private final String hint;

    /**
     * Creates a failure.
     *
     * @param code a stable name in lower case with underscores
     * @param message what went wrong, one sentence
     * @param hint what to do next, one sentence
     */
    ToolFailure(String code, String message, String hint) {
        super(message, null, false, false);
        this.code = code;
        this.hint = hint;
    }

    /** Returns what the caller reads. */
    ToolOutcome.Failure outcome() {
        return new ToolOutcome.Failure(code, getMessage(), hint, List.of());
    }
}

package dev.mcppreflight.conformance.signin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The records of what was done to sign in, by the constants of {@code Purpose}, in the order in which it was done. */
final class Steps {

    private final Map<String, Document> taken = new LinkedHashMap<>();

    /** A step that is taken when it is asked for first, and never again. */
    synchronized Document once(String purpose, Supplier<Document> step) {
        if (!taken.containsKey(purpose)) {
            taken.put(purpose, step.get());
        }
        return taken.get(purpose);
    }

    /** A step that was taken, perhaps once more. */
    synchronized void took(String purpose, Document record) {
        taken.put(purpose, record);
    }

    /** The record of a step; nothing where it did not come to that. */
    synchronized Optional<Document> of(String purpose) {
        return Optional.ofNullable(taken.get(purpose));
    }

    /** The record of the last step. */
    synchronized Optional<Document> last() {
        return taken.values().stream().reduce((earlier, later) -> later);
    }
}

package dev.mcppreflight.conformance.conversation;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** A value that is found out when first asked for, by one thread, while the others wait for this value alone. */
final class Once<T> {

    private T value;

    synchronized T get(Supplier<T> finding) {
        if (value == null) {
            value = finding.get();
        }
        return value;
    }

    /** Hands the value on, if it was ever asked for. */
    synchronized void ifKnown(Consumer<T> use) {
        if (value != null) {
            use.accept(value);
        }
    }
}

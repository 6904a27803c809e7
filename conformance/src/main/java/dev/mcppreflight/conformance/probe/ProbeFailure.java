package dev.mcppreflight.conformance.probe;

import dev.mcppreflight.conformance.wire.Failure;
import java.io.IOException;

/** Carries the kind of a failure from where it is known to where it is recorded. */
final class ProbeFailure extends IOException {

    private final Failure.Kind kind;

    ProbeFailure(Failure.Kind kind, String detail) {
        super(detail);
        this.kind = kind;
    }

    Failure.Kind kind() {
        return kind;
    }
}

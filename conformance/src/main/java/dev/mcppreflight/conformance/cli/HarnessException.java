package dev.mcppreflight.conformance.cli;

/** This tool cannot do its work here, for a reason that one line can say. */
final class HarnessException extends RuntimeException {

    HarnessException(String message) {
        super(message, null, false, false);
    }
}

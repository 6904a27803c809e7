package dev.mcppreflight.conformance.conversation;

import org.opentest4j.TestAbortedException;

/** The target never declared what the check is about; the message quotes what it did declare. */
public final class NotApplicable extends TestAbortedException {
    public NotApplicable(String reason) {
        super(reason);
    }
}

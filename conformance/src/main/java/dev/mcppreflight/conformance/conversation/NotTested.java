package dev.mcppreflight.conformance.conversation;

import org.opentest4j.TestAbortedException;

/** The check needs something that the operator did not give; the message names it. */
public final class NotTested extends TestAbortedException {
    public NotTested(String reason) {
        super(reason);
    }
}

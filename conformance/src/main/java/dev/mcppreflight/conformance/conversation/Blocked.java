package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.catalogue.Stage;
import org.opentest4j.TestAbortedException;

/** A lower rung of the ladder broke, so that nothing can be said. */
public final class Blocked extends TestAbortedException {
    public Blocked(Stage stage) {
        super("the first contact broke at " + stage.word());
    }
}

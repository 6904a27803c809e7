package dev.mcppreflight.conformance.steps;

import dev.mcppreflight.conformance.conversation.Conversation;
import dev.mcppreflight.conformance.conversation.Trait;
import io.cucumber.java.After;
import io.cucumber.java.en.Given;

/** What the target must be for a scenario to say anything about it. */
public class TargetSteps {

    private final Conversation conversation;

    public TargetSteps(Conversation conversation) {
        this.conversation = conversation;
    }

    @Given("a target that {trait}")
    public void targetThat(Trait trait) {
        conversation.require(trait);
    }

    @After
    public void close() {
        conversation.close();
    }
}

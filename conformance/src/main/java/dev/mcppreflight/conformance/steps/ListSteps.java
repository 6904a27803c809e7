package dev.mcppreflight.conformance.steps;

import dev.mcppreflight.conformance.conversation.Conversation;
import dev.mcppreflight.conformance.conversation.Listing;
import dev.mcppreflight.conformance.conversation.Quality;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;

/** Lists, and calls of what is on them. */
public class ListSteps {

    private final Conversation conversation;

    public ListSteps(Conversation conversation) {
        this.conversation = conversation;
    }

    @When("a client lists the {listing}")
    public void list(Listing.Kind kind) {
        conversation.list(kind);
    }

    @When("a client lists them again")
    public void listAgain() {
        conversation.listAgain();
    }

    @When("a client calls the tools that only read")
    public void callSafeTools() {
        conversation.callSafeTools();
    }

    @When("a client asks for all that was declared")
    public void lookAround() {
        conversation.lookAround();
    }

    @When("a client makes the usual mistakes")
    public void makeMistakes() {
        conversation.makeMistakes();
    }

    @Then("the list has {quality}")
    public void has(Quality quality) {
        conversation.expect(quality);
    }
}

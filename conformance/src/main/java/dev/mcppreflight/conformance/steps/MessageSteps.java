package dev.mcppreflight.conformance.steps;

import dev.mcppreflight.conformance.conversation.Answer;
import dev.mcppreflight.conformance.conversation.Caller;
import dev.mcppreflight.conformance.conversation.Conversation;
import dev.mcppreflight.conformance.conversation.Crowd;
import dev.mcppreflight.conformance.conversation.Message;
import dev.mcppreflight.conformance.conversation.Reading;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;

/** Messages and their answers. */
public class MessageSteps {

    private final Conversation conversation;

    public MessageSteps(Conversation conversation) {
        this.conversation = conversation;
    }

    @When("a client knocks")
    public void knock() {
        conversation.recallFirstContact();
    }

    @When("a client initializes")
    public void initialize() {
        conversation.recallHandshake();
    }

    @When("a client confirms its handshake")
    public void confirm() {
        conversation.recallConfirmation();
    }

    @When("{caller} sends {message}")
    public void send(Caller caller, Message message) {
        conversation.send(caller, message);
    }

    @When("a client reads {reading}")
    public void read(Reading reading) {
        conversation.read(reading);
    }

    @When("{int} requests at once ask for {message}")
    public void sendTogether(int times, Message message) {
        conversation.sendTogether(times, message);
    }

    @When("two clients send {message} with the same id")
    public void sendInTwoSessions(Message message) {
        conversation.sendInTwoSessions(message);
    }

    @When("{int} clients initialize, one after the other")
    public void openSessions(int times) {
        conversation.openSessions(times);
    }

    @When("a crowd {crowd}")
    public void letCome(Crowd crowd) {
        conversation.letCome(crowd);
    }

    @When("a client hangs up")
    public void hangUp() {
        conversation.hangUp();
    }

    @When("the client of the Java SDK connects")
    public void connectRealClient() {
        conversation.connectRealClient();
    }

    @Then("it gets {answer}")
    public void gets(Answer answer) {
        conversation.expect(answer);
    }

    @Then("the target goes on serving")
    public void goesOnServing() {
        conversation.expectStillServing();
    }
}

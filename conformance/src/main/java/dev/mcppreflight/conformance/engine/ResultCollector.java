package dev.mcppreflight.conformance.engine;

import dev.mcppreflight.conformance.catalogue.Check;
import dev.mcppreflight.conformance.catalogue.Level;
import dev.mcppreflight.conformance.conversation.Blocked;
import dev.mcppreflight.conformance.conversation.Contact;
import dev.mcppreflight.conformance.conversation.Conversation;
import dev.mcppreflight.conformance.conversation.Mismatch;
import dev.mcppreflight.conformance.conversation.NotApplicable;
import dev.mcppreflight.conformance.conversation.NotTested;
import dev.mcppreflight.conformance.report.CheckResult;
import dev.mcppreflight.conformance.report.Outcome;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.Result;
import io.cucumber.plugin.event.Status;
import io.cucumber.plugin.event.TestCaseFinished;
import java.util.List;
import java.util.function.Consumer;

/** Turns the end of each scenario into the result of its check, with the evidence of its conversation. */
final class ResultCollector implements ConcurrentEventListener {

    private final Contact contact;
    private final ThreadLocal<Conversation> current;
    private final Consumer<CheckResult> results;

    ResultCollector(Contact contact, ThreadLocal<Conversation> current, Consumer<CheckResult> results) {
        this.contact = contact;
        this.current = current;
        this.results = results;
    }

    @Override
    public void setEventPublisher(EventPublisher publisher) {
        publisher.registerHandlerFor(TestCaseFinished.class, this::finished);
    }

    private void finished(TestCaseFinished event) {
        Check check = CucumberEngine.check(event.getTestCase());
        Conversation conversation = current.get();
        Result result = event.getResult();
        Throwable problem = result.getError();
        Outcome outcome = outcome(result, check);
        boolean finding = outcome == Outcome.FAILED || outcome == Outcome.WARNED;
        Mismatch mismatch = finding ? (Mismatch) problem : null;
        results.accept(new CheckResult(
                check,
                outcome,
                finding || outcome == Outcome.PASSED ? "" : reason(result),
                finding ? mismatch.expected() : "",
                finding ? mismatch.observed() : "",
                "",
                "",
                "",
                "",
                conversation == null ? List.of() : conversation.evidence(),
                result.getDuration().toMillis()));
        current.remove();
    }

    private Outcome outcome(Result result, Check check) {
        Throwable problem = result.getError();
        if (result.getStatus().isOk() && problem == null) {
            return Outcome.PASSED;
        }
        if (problem instanceof NotApplicable) {
            return Outcome.NOT_APPLICABLE;
        }
        if (problem instanceof NotTested) {
            return Outcome.NOT_TESTED;
        }
        if (problem instanceof Blocked) {
            return contact.lacksCredentials() ? Outcome.NOT_TESTED : Outcome.BLOCKED;
        }
        if (problem instanceof Mismatch) {
            return check.level() == Level.MUST ? Outcome.FAILED : Outcome.WARNED;
        }
        return Outcome.HARNESS_ERROR;
    }

    private static String reason(Result result) {
        Throwable problem = result.getError();
        if (problem == null) {
            return result.getStatus() == Status.UNDEFINED
                    ? "a sentence of it is not in the phrasebook"
                    : result.getStatus().name().toLowerCase(java.util.Locale.ROOT);
        }
        String message = String.valueOf(problem.getMessage());
        return problem instanceof org.opentest4j.TestAbortedException
                ? message
                : problem.getClass().getSimpleName() + ": " + message;
    }
}

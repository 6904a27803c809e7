package dev.mcppreflight.server.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the client of a session by requests of the server, and waits for each answer. */
final class Questioning implements Asking {

    private static final long PATIENCE_SECONDS = 60;

    private final ActiveRequest course;
    private final Peer peer;
    private final Outlet outlet;
    private final JsonCodec json;

    Questioning(ActiveRequest course, Peer peer, Outlet outlet, JsonCodec json) {
        this.course = course;
        this.peer = peer;
        this.outlet = outlet;
        this.json = json;
    }

    @Override
    public Map<String, Map<?, ?>> ask(List<Inquiry> inquiries) {
        Map<String, Map<?, ?>> answers = new LinkedHashMap<>();
        inquiries.forEach(inquiry -> answers.put(inquiry.name(), ask(inquiry)));
        return answers;
    }

    private Map<?, ?> ask(Inquiry inquiry) {
        if (!peer.can(inquiry)) {
            throw new ClientFailure("the client does not declare the capability " + inquiry.capability());
        }
        Questions.Question question = peer.questions().open();
        try {
            outlet.send(json.write(Notice.request(question.id(), inquiry.method(), inquiry.params())));
            CompletableFuture.anyOf(question.answer(), course.cancelled()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return question.answer().join();
        } catch (TimeoutException e) {
            outlet.send(json.write(Notice.of(
                    "notifications/cancelled", Map.of("requestId", question.id(), "reason", "no answer in time"))));
            throw new ClientFailure("the client did not answer within " + PATIENCE_SECONDS + " seconds");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ClientFailure failure) {
                throw failure;
            }
            throw new RequestCancelled();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RequestCancelled();
        } finally {
            peer.questions().forget(question);
        }
    }
}

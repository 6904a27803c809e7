package dev.mcppreflight.server.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A request while it is answered, on one thread. */
final class ActiveRequest implements RequestContext {

    private static final long PATIENCE_SECONDS = 60;

    private final Object id;
    private final Object progressToken;
    private final Peer peer;
    private final Outlet outlet;
    private final JsonCodec json;
    private final CompletableFuture<Map<?, ?>> cancelled = new CompletableFuture<>();
    private double lastProgress = Double.NEGATIVE_INFINITY;

    /**
     * Creates the context of a request.
     *
     * @param outlet where messages go that belong to this request
     */
    ActiveRequest(Message.Request request, Peer peer, Outlet outlet, JsonCodec json) {
        this.id = request.id();
        Object token = request.meta().get("progressToken");
        this.progressToken = token instanceof String || token instanceof Number ? token : null;
        this.peer = peer;
        this.outlet = outlet;
        this.json = json;
    }

    Object id() {
        return id;
    }

    /** Notes that the client has lost interest; the thread that answers finds out where it asks. */
    void cancel() {
        cancelled.completeExceptionally(new RequestCancelled());
    }

    @Override
    public void progress(double done, double total, String message) {
        checkCancelled();
        // Must rise from one notification to the next (basic/utilities/progress).
        if (progressToken == null || done <= lastProgress) {
            return;
        }
        lastProgress = done;
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("progressToken", progressToken);
        params.put("progress", whole(done));
        if (total > 0) {
            params.put("total", whole(total));
        }
        if (message != null && peer.revision() != Revision.V2024_11_05) {
            params.put("message", message);
        }
        outlet.send(json.write(Notice.of("notifications/progress", params)));
    }

    /** A whole number without a fraction: some clients take nothing else. */
    private static Number whole(double number) {
        if (number == Math.rint(number) && Math.abs(number) < Long.MAX_VALUE) {
            return (long) number;
        }
        return number;
    }

    @Override
    public void checkCancelled() {
        if (cancelled.isDone()) {
            throw new RequestCancelled();
        }
    }

    @Override
    public void pause(long millis) {
        try {
            cancelled.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Not cancelled.
        } catch (ExecutionException e) {
            throw new RequestCancelled();
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    @Override
    public void log(LogLevel level, String logger, Object data) {
        if (peer.wants(level)) {
            outlet.send(json.write(Notice.of(
                    "notifications/message", Map.of("level", level.wireName(), "logger", logger, "data", data))));
        }
    }

    @Override
    public Map<?, ?> ask(String method, Object params) {
        Questions.Question question = peer.questions().open();
        try {
            outlet.send(json.write(Notice.request(question.id(), method, params)));
            CompletableFuture.anyOf(question.answer(), cancelled).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
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
            throw interrupted();
        } finally {
            peer.questions().forget(question);
        }
    }

    private static RequestCancelled interrupted() {
        Thread.currentThread().interrupt();
        return new RequestCancelled();
    }

    @Override
    public void letGo() {
        outlet.letGo();
    }

    @Override
    public Peer peer() {
        return peer;
    }
}

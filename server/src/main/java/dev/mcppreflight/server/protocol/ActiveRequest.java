package dev.mcppreflight.server.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A request while it is answered, on one thread. */
public final class ActiveRequest implements RequestContext {

    /** How often to look whether somebody still reads, while there is nothing to say. */
    private static final long LOOK_MILLIS = 200;

    private final Object id;
    private final Object progressToken;
    private final Peer peer;
    private final Asking asking;
    private final Outlet outlet;
    private final JsonCodec json;
    private final CompletableFuture<Map<?, ?>> cancelled = new CompletableFuture<>();
    private double lastProgress = Double.NEGATIVE_INFINITY;

    /**
     * Creates the context of a request.
     *
     * @param asking how the client is asked in the course of it
     * @param outlet where messages go that belong to this request
     */
    public ActiveRequest(
            Message.Request request, Peer peer, Function<ActiveRequest, Asking> asking, Outlet outlet, JsonCodec json) {
        this.id = request.id();
        Object token = request.meta().get("progressToken");
        this.progressToken = token instanceof String || token instanceof Number ? token : null;
        this.peer = peer;
        this.outlet = outlet;
        this.json = json;
        this.asking = asking.apply(this);
    }

    Object id() {
        return id;
    }

    /** Completes when the client has lost interest. */
    CompletableFuture<Map<?, ?>> cancelled() {
        return cancelled;
    }

    /** Notes that the client has lost interest; the thread that answers finds out where it asks. */
    public void cancel() {
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
        if (isUnwanted()) {
            throw new RequestCancelled();
        }
    }

    private boolean isUnwanted() {
        return cancelled.isDone() || !outlet.isOpen();
    }

    @Override
    public void pause(long millis) {
        try {
            for (long left = millis; left > 0; left -= LOOK_MILLIS) {
                rest(Math.min(left, LOOK_MILLIS));
                checkCancelled();
            }
        } catch (ExecutionException e) {
            throw new RequestCancelled();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RequestCancelled();
        }
    }

    private void rest(long millis) throws ExecutionException, InterruptedException {
        try {
            cancelled.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Not cancelled.
        }
    }

    @Override
    public void log(LogLevel level, String logger, Object data) {
        if (peer.wants(level) && !isUnwanted()) {
            outlet.send(json.write(Notice.of(
                    "notifications/message", Map.of("level", level.wireName(), "logger", logger, "data", data))));
        }
    }

    @Override
    public Map<String, Map<?, ?>> ask(List<Inquiry> inquiries) {
        return asking.ask(inquiries);
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

package dev.mcppreflight.server.protocol;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The requests of the server to one client that are not answered yet. */
final class Questions {

    private static final int MOST = 16;

    private final Map<Object, CompletableFuture<Map<?, ?>>> open = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private volatile boolean closed;

    /**
     * A request that waits for its answer.
     *
     * @param id its id
     * @param answer the result, in time
     */
    record Question(String id, CompletableFuture<Map<?, ?>> answer) {}

    /**
     * Returns a new question.
     *
     * @throws ClientFailure when the client is gone or has too many already
     */
    Question open() {
        if (open.size() >= MOST) {
            throw new ClientFailure("the client has not answered the last " + MOST + " requests");
        }
        // Never an id that the client might use for a request of its own.
        Question question = new Question("server-" + numbers.incrementAndGet(), new CompletableFuture<>());
        open.put(question.id(), question.answer());
        if (closed) {
            close();
        }
        return question;
    }

    /** Forgets a question. */
    void forget(Question question) {
        open.remove(question.id());
    }

    /** Takes an answer; one to a question that is not open is dropped, as it may just be late. */
    void answered(Message.Response response) {
        CompletableFuture<Map<?, ?>> waiting = open.remove(response.id());
        if (waiting == null) {
            return;
        }
        if (response.result() instanceof Map<?, ?> result) {
            waiting.complete(result);
        } else {
            waiting.completeExceptionally(new ClientFailure(refusal(response)));
        }
    }

    private static String refusal(Message.Response response) {
        return response.error() instanceof Map<?, ?> error && error.get("message") instanceof String message
                ? "the client refused: " + RpcError.quote(message)
                : "the answer of the client is not an object";
    }

    /** Notes that the client is gone. */
    void close() {
        closed = true;
        open.values().forEach(waiting -> waiting.completeExceptionally(new ClientFailure("the client is gone")));
    }
}

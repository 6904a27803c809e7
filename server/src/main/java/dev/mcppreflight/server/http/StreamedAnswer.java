package dev.mcppreflight.server.http;

import dev.mcppreflight.server.protocol.Outlet;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * An answer that becomes a stream as soon as there is something to say before it. Until then it may still be one value, with a
 * status of its own. The client cancels it by going away.
 */
final class StreamedAnswer implements Outlet {

    private final HttpServletRequest request;
    private final EventStream stream;
    private final CompletableFuture<Beginning> beginning = new CompletableFuture<>();

    /**
     * How it begins.
     *
     * @param whole the answer, when nothing went before it, or null
     * @param event the first event of the stream otherwise
     */
    private record Beginning(JSONRPCResponse whole, byte[] event) {}

    /**
     * Creates an answer of which nothing is known.
     *
     * @param onEnd called once when its stream has ended, if it became one
     */
    StreamedAnswer(HttpServletRequest request, Runnable onEnd) {
        this.request = request;
        this.stream = new EventStream(onEnd);
    }

    @Override
    public void send(byte[] message) {
        byte[] event = Events.message(null, message);
        if (!beginning.complete(new Beginning(null, event))) {
            stream.send(event);
        }
    }

    @Override
    public boolean isOpen() {
        return beginning.isDone() ? stream.hasClient() : !EventStream.isHungUp(request);
    }

    /**
     * Makes the answer on this thread.
     *
     * @param work makes it; there is none when the client has lost interest
     * @param written writes it as a message
     */
    void make(Supplier<Optional<JSONRPCResponse>> work, Function<JSONRPCResponse, byte[]> written) {
        try {
            Optional<JSONRPCResponse> answer = work.get();
            if (answer.isPresent() && !beginning.complete(new Beginning(answer.get(), null))) {
                send(written.apply(answer.get()));
            }
        } finally {
            beginning.complete(new Beginning(null, Events.HEARTBEAT));
            stream.close();
        }
    }

    /** Waits until it has become a stream or is there whole; returns it in that case. */
    Optional<JSONRPCResponse> awaitWhole() {
        return Optional.ofNullable(begun().whole());
    }

    /** Sends what has become a stream. */
    void open(HttpServletResponse response) throws IOException {
        stream.open(request, response, begun().event());
    }

    private Beginning begun() {
        try {
            return beginning.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a beginning never fails", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HttpRefusal(503, "The server is about to stop");
        }
    }

    /** Sends a comment, by which a dead connection is found out. */
    void heartbeat() {
        stream.send(Events.HEARTBEAT);
    }
}

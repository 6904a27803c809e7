package dev.mcppreflight.server.protocol;

import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.util.Optional;

/** The answer to a request that has been taken, and from then on can be cancelled. */
public final class PendingAnswer {

    private final Dispatcher dispatcher;
    private final Message.Request request;
    private final ActiveRequest context;

    PendingAnswer(Dispatcher dispatcher, Message.Request request, ActiveRequest context) {
        this.dispatcher = dispatcher;
        this.request = request;
        this.context = context;
    }

    /** Makes the answer on this thread; there is none when the client has cancelled the request. */
    public Optional<JSONRPCResponse> get() {
        try {
            return dispatcher.answer(request, context);
        } finally {
            drop();
        }
    }

    /** Notes that nobody is going to make the answer. */
    public void drop() {
        context.peer().end(context);
    }
}

package dev.mcppreflight.server.protocol;

import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client on a connection that carries messages both ways for its whole life: HTTP+SSE or stdio. */
public final class DuplexSession {

    private final Logger log = LoggerFactory.getLogger(DuplexSession.class);
    private final Dispatcher dispatcher;
    private final JsonCodec json;
    private final Outlet outlet;
    private final Executor workers;
    private final Peer peer;

    /**
     * Opens a session that talks through this outlet.
     *
     * @param principal on whose behalf the client speaks, or null where nobody asked
     * @param workers what requests are answered on that may take long: neither a ping nor a cancellation waits behind them
     */
    public DuplexSession(Dispatcher dispatcher, JsonCodec json, Outlet outlet, String principal, Executor workers) {
        this.dispatcher = dispatcher;
        this.json = json;
        this.outlet = outlet;
        this.workers = workers;
        this.peer = new Peer(outlet, principal);
    }

    /** Returns the client. */
    public Peer peer() {
        return peer;
    }

    /**
     * Returns why this message cannot be taken at all, or nothing. Batches belong to sessions on 2025-03-26 only, and
     * {@code initialize} never stands in one.
     */
    public Optional<RpcError> objection(Message message) {
        if (message instanceof Message.Malformed malformed) {
            return Optional.of(malformed.error());
        }
        return message instanceof Message.Batch batch ? Batches.objection(batch, peer.revision()) : Optional.empty();
    }

    /** Takes a message to which there is no objection; the answer goes to the outlet. */
    public void receive(Message message) {
        if (message instanceof Message.Batch batch) {
            batch.messages().forEach(this::receive);
        } else if (!(message instanceof Message.Request request)) {
            dispatcher.hear(message, peer);
        } else if (dispatcher.takesLong(request)) {
            answerElsewhere(request);
        } else {
            answer(dispatcher.take(request, peer, outlet));
        }
    }

    private void answerElsewhere(Message.Request request) {
        PendingAnswer pending = dispatcher.take(request, peer, outlet);
        try {
            workers.execute(() -> answer(pending));
        } catch (RejectedExecutionException e) {
            pending.drop();
            send(new RpcError(RpcError.INTERNAL_ERROR, "Too many calls at once: try again later")
                    .answering(request.id()));
        }
    }

    private void answer(PendingAnswer pending) {
        try {
            pending.get().ifPresent(this::send);
        } catch (RuntimeException e) {
            log.error("an answer could not be sent", e);
        }
    }

    private void send(JSONRPCResponse response) {
        outlet.send(json.write(response));
    }
}

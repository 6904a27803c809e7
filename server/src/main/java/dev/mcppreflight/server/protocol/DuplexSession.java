package dev.mcppreflight.server.protocol;

import dev.mcppreflight.server.protocol.RequestGuard.Decision;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;

/** One client on a connection that carries messages both ways for its whole life: HTTP+SSE or stdio. */
public final class DuplexSession implements McpServerTransport {

    private final RequestGuard guard;
    private final JsonCodec json;
    private final Outlet outlet;
    private final McpServerSession core;
    private final AtomicBoolean initializing = new AtomicBoolean();
    private final AtomicReference<Revision> revision = new AtomicReference<>();

    /** Where the messages of the server go. */
    public interface Outlet {

        /** Sends one message, UTF-8 JSON without line breaks; safe for use by several threads. */
        void send(byte[] message);

        /** Ends the connection; a second call does nothing. */
        void close();
    }

    /** Opens a session of the core that talks through this outlet. */
    public DuplexSession(McpServerSession.Factory cores, RequestGuard guard, JsonCodec json, Outlet outlet) {
        this.guard = guard;
        this.json = json;
        this.outlet = outlet;
        this.core = cores.create(this);
    }

    /**
     * Returns why this message cannot be taken at all, or nothing. Batches belong to sessions on 2025-03-26 only, and
     * {@code initialize} never stands in one.
     */
    public Optional<RpcError> objection(Message message) {
        if (message instanceof Message.Malformed malformed) {
            return Optional.of(malformed.error());
        }
        return message instanceof Message.Batch batch ? Batches.objection(batch, revision.get()) : Optional.empty();
    }

    /** Takes a message to which there is no objection; answers go to the outlet before this method returns. */
    public void receive(Message message) {
        if (message instanceof Message.Batch batch) {
            batch.messages().forEach(this::receive);
        } else if (message instanceof Message.Request request) {
            answer(request);
        }
        // Notifications need no action (initialized is implied by initialize, see start), and this server
        // sends no requests whose responses it could be waiting for.
    }

    private void answer(Message.Request request) {
        Decision decision = guard.decide(request, initializing.get());
        if (decision instanceof Decision.Answer answer) {
            outlet.send(json.write(answer.response()));
        } else if (decision instanceof Decision.Forward forward) {
            boolean first = forward.request().method().equals(McpSchema.METHOD_INITIALIZE);
            if (first && !initializing.compareAndSet(false, true)) {
                answer(request);
                return;
            }
            core.handle(forward.request()).block();
            if (first) {
                start();
            }
        }
    }

    /**
     * Opens the core for requests right after {@code initialize}. It would wait for the client's notification, and park
     * a ping or a list request of a client that forgot it for ever.
     */
    private void start() {
        core.handle(new JSONRPCNotification(McpSchema.METHOD_NOTIFICATION_INITIALIZED))
                .block();
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.fromRunnable(() -> outlet.send(json.write(negotiated(message))));
    }

    private JSONRPCMessage negotiated(JSONRPCMessage message) {
        if (message instanceof JSONRPCResponse response && response.result() instanceof InitializeResult proposed) {
            Handshake handshake = Handshake.of(proposed);
            revision.set(handshake.revision());
            return JSONRPCResponse.result(response.id(), handshake.result());
        }
        return message;
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return json.mapper().convertValue(data, type);
    }

    @Override
    public List<String> protocolVersions() {
        return Revision.dates();
    }

    /** Sends a notification of the server to this client. */
    public Mono<Void> notify(String method, Object params) {
        return core.sendNotification(method, params);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(outlet::close);
    }
}

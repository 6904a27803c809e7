package dev.mcppreflight.server.http;

import dev.mcppreflight.server.protocol.Audience;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.Message;
import dev.mcppreflight.server.protocol.Outlet;
import dev.mcppreflight.server.protocol.RpcError;
import dev.mcppreflight.server.protocol.RpcException;
import dev.mcppreflight.server.stateless.PendingResult;
import dev.mcppreflight.server.stateless.StatelessProtocol;
import dev.mcppreflight.server.stateless.Subscription;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Streamable HTTP without sessions (2026-07-28, basic/transports/streamable-http): every POST stands for itself. */
final class StatelessTransport {

    /** The errors that have a status of their own; any other tells of a request that was taken, and answered. */
    private static final Map<Integer, Integer> STATUS = Map.of(
            RpcError.METHOD_NOT_FOUND, 404,
            RpcError.HEADER_MISMATCH, 400,
            RpcError.MISSING_CLIENT_CAPABILITY, 400,
            RpcError.UNSUPPORTED_VERSION, 400);

    /** What logs of web servers call it; nobody receives it. */
    private static final int CLIENT_GONE = 499;

    private final StatelessProtocol protocol;
    private final MirroredHeaders headers;
    private final Audience audience;
    private final Executor workers;
    private final JsonCodec json;
    private final Reply reply;
    private final int mostSubscriptions;

    /** By something that stands for the request. */
    private final Map<Object, Listening> subscriptions = new ConcurrentHashMap<>();

    private final Map<Object, StreamedAnswer> answers = new ConcurrentHashMap<>();

    /** A client that can be told nothing before its answer; it cancels by going away. */
    private record Unheard(HttpServletRequest request) implements Outlet {

        @Override
        public void send(byte[] message) {
            // It has asked for none.
        }

        @Override
        public boolean isOpen() {
            return !EventStream.isHungUp(request);
        }
    }

    /** A subscription and the stream that answers its request. */
    private record Listening(Subscription subscription, EventStream stream) {}

    StatelessTransport(
            StatelessProtocol protocol, Audience audience, Executor workers, JsonCodec json, HttpOptions.Room room) {
        this.protocol = protocol;
        this.headers = new MirroredHeaders(protocol::mirrored);
        this.audience = audience;
        this.workers = workers;
        this.json = json;
        this.reply = new Reply(json);
        this.mostSubscriptions = room.sessions();
    }

    /** Answers a message that {@link Era} has found to stand for itself. */
    void post(HttpServletRequest request, HttpServletResponse response, AcceptedTypes accepted, Message message)
            throws IOException {
        if (message instanceof Message.Request call) {
            answer(request, response, accepted, call);
        } else if (message instanceof Message.Notification) {
            // There is none that says anything: who no longer wants an answer closes the connection.
            reply.empty(response, HttpServletResponse.SC_ACCEPTED);
        } else {
            RpcError error = new RpcError(
                    RpcError.INVALID_REQUEST,
                    "Invalid request: send one request or notification, no batch, no response");
            reply.error(request, response, 400, null, error);
        }
    }

    private void answer(
            HttpServletRequest request, HttpServletResponse response, AcceptedTypes accepted, Message.Request call)
            throws IOException {
        Optional<RpcError> objection = headers.objection(request, call).or(() -> protocol.objection(call));
        if (objection.isPresent()) {
            reply.error(
                    request, response, STATUS.getOrDefault(objection.get().code(), 400), call.id(), objection.get());
        } else if (StatelessProtocol.isSubscription(call)) {
            subscribe(request, response, accepted, call);
        } else if (accepted.events() && protocol.converses(call)) {
            converse(request, response, accepted, call);
        } else {
            JSONRPCResponse answer = protocol.take(call, principal(request), new Unheard(request))
                    .answer()
                    .orElseThrow(() -> new HttpRefusal(CLIENT_GONE, "The client hung up"));
            write(request, response, accepted, answer);
        }
    }

    private static String principal(HttpServletRequest request) {
        return Gate.identity(request).label();
    }

    /** Answers with JSON where the client reads it: one value needs no stream, and buffering proxies do no harm. */
    private void write(
            HttpServletRequest request, HttpServletResponse response, AcceptedTypes accepted, JSONRPCResponse answer)
            throws IOException {
        int status = answer.error() == null
                ? 200
                : STATUS.getOrDefault(answer.error().code(), 200);
        if (accepted.json() || status != 200) {
            reply.json(request, response, status, answer);
            return;
        }
        EventStream.headers(response);
        reply.bytes(request, response, 200, "text/event-stream", Events.message(null, json.write(answer)));
    }

    private void converse(
            HttpServletRequest request, HttpServletResponse response, AcceptedTypes accepted, Message.Request call)
            throws IOException {
        Object key = new Object();
        StreamedAnswer streamed = new StreamedAnswer(request, () -> answers.remove(key));
        PendingResult taken = protocol.take(call, principal(request), streamed);
        try {
            workers.execute(() -> streamed.make(taken::answer, json::write));
        } catch (RejectedExecutionException e) {
            throw new HttpRefusal(503, "Too many calls at once: try again later");
        }
        Optional<JSONRPCResponse> whole = streamed.awaitWhole();
        if (whole.isPresent()) {
            write(request, response, accepted, whole.get());
        } else {
            answers.put(key, streamed);
            streamed.open(response);
        }
    }

    private void subscribe(
            HttpServletRequest request, HttpServletResponse response, AcceptedTypes accepted, Message.Request call)
            throws IOException {
        if (!accepted.events()) {
            throw new HttpRefusal(406, "Not acceptable: accept text/event-stream");
        }
        if (subscriptions.size() >= mostSubscriptions) {
            throw new HttpRefusal(503, "Too many subscriptions: try again later");
        }
        try {
            subscribe(request, response, call);
        } catch (RpcException e) {
            reply.error(request, response, 400, call.id(), e.error());
        }
    }

    private void subscribe(HttpServletRequest request, HttpServletResponse response, Message.Request call)
            throws IOException {
        Object key = new Object();
        EventStream stream = new EventStream(() -> forget(key));
        Subscription subscription = protocol.subscription(call, message -> stream.send(Events.message(null, message)));
        subscriptions.put(key, new Listening(subscription, stream));
        // What changes from now on waits in the stream until the acknowledgement is out.
        audience.add(subscription);
        stream.open(request, response, Events.message(null, subscription.acknowledgement()));
    }

    private void forget(Object key) {
        Listening gone = subscriptions.remove(key);
        if (gone != null) {
            audience.remove(gone.subscription());
        }
    }

    /** Sends a comment on every open stream; those of clients that are gone end by it. */
    void heartbeat() {
        subscriptions.values().stream()
                .map(Listening::stream)
                .filter(EventStream::hasClient)
                .forEach(stream -> stream.send(Events.HEARTBEAT));
        answers.values().forEach(StreamedAnswer::heartbeat);
    }

    /** Returns the number of open subscriptions. */
    int size() {
        return subscriptions.size();
    }

    /** Ends all subscriptions, and says so. */
    void close() {
        subscriptions.values().forEach(open -> {
            open.stream().send(Events.message(null, open.subscription().end()));
            open.stream().close();
        });
    }
}

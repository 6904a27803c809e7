package dev.mcppreflight.server.http;

import dev.mcppreflight.server.protocol.Audience;
import dev.mcppreflight.server.protocol.Batches;
import dev.mcppreflight.server.protocol.Dispatcher;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.Message;
import dev.mcppreflight.server.protocol.MessageReader;
import dev.mcppreflight.server.protocol.Outlet;
import dev.mcppreflight.server.protocol.Peer;
import dev.mcppreflight.server.protocol.PendingAnswer;
import dev.mcppreflight.server.protocol.Revision;
import dev.mcppreflight.server.protocol.RpcError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * Streamable HTTP (2025-03-26 to 2025-11-25, basic/transports): one path for POST, GET and DELETE. Messages that stand for
 * themselves go elsewhere.
 */
final class StreamableTransport {

    private final Sessions<StreamableSession> sessions;
    private final Dispatcher dispatcher;
    private final StatelessTransport stateless;
    private final CallGuard calls;
    private final Audience audience;
    private final Executor workers;
    private final JsonCodec json;
    private final MessageReader reader;
    private final RequestBody bodies;
    private final Reply reply;
    private final Clock clock;
    private final Duration sessionIdle;

    /** How long a client without open stream has to be silent before its session may make room for another. */
    private final Duration restBeforeLeaving;

    StreamableTransport(
            Dispatcher dispatcher,
            StatelessTransport stateless,
            CallGuard calls,
            Audience audience,
            Executor workers,
            JsonCodec json,
            RequestBody bodies,
            Sessions<StreamableSession> sessions,
            HttpOptions.Room room,
            Clock clock) {
        this.sessions = sessions;
        this.dispatcher = dispatcher;
        this.stateless = stateless;
        this.calls = calls;
        this.audience = audience;
        this.workers = workers;
        this.json = json;
        this.reader = new MessageReader(json);
        this.bodies = bodies;
        this.reply = new Reply(json);
        this.clock = clock;
        this.sessionIdle = room.sessionIdle();
        this.restBeforeLeaving = room.heartbeat();
    }

    /** Takes a message or a batch, and answers it: {@code POST /mcp}. */
    void post(HttpServletRequest request, HttpServletResponse response, AcceptedTypes accepted) throws IOException {
        if (!accepted.json() && !accepted.events()) {
            throw new HttpRefusal(406, "Not acceptable: accept application/json or text/event-stream");
        }
        Message message = reader.read(bodies.read(request));
        if (message instanceof Message.Malformed malformed) {
            reply.error(request, response, 400, malformed.id(), malformed.error());
            return;
        }
        if (calls.refuses(request, response, message)) {
            return;
        }
        if (Era.isStateless(request, message)) {
            stateless.post(request, response, accepted, message);
            return;
        }
        Exchange exchange = new Exchange(request, response, accepted);
        if (request.getHeader(Era.SESSION) == null) {
            withoutSession(exchange, message);
        } else {
            withSession(exchange, message);
        }
    }

    private void withoutSession(Exchange exchange, Message message) throws IOException {
        if (!(message instanceof Message.Request call)) {
            exchange.refuse(null, message instanceof Message.Batch batch ? noBatch(batch) : missingSession());
        } else if (call.method().equals(McpSchema.METHOD_INITIALIZE)) {
            initialize(exchange, call);
        } else {
            exchange.refuse(
                    call.id(),
                    dispatcher.knows(call.method()) ? missingSession() : Dispatcher.unknownMethod(call.method()));
        }
    }

    private void initialize(Exchange exchange, Message.Request call) throws IOException {
        SessionStreams streams = new SessionStreams();
        Peer peer = new Peer(streams::tell, Gate.identity(exchange.request).label());
        List<JSONRPCResponse> answer =
                dispatcher.take(call, peer, Outlet.NOWHERE).get().stream().toList();
        if (!peer.isIntroduced()) {
            exchange.answer(answer, null);
            return;
        }
        sessions.makeRoom(clock.instant().minus(restBeforeLeaving));
        StreamableSession session = sessions.add(
                Gate.identity(exchange.request), id -> new StreamableSession(id, peer, streams, audience, clock));
        exchange.response.setHeader(Era.SESSION, session.id());
        exchange.answer(answer, session);
    }

    private void withSession(Exchange exchange, Message message) throws IOException {
        Object id = message instanceof Message.Request call ? call.id() : null;
        Optional<StreamableSession> found = find(exchange.request);
        if (found.isEmpty()) {
            reply.error(exchange.request, exchange.response, 404, id, unknownSession());
            return;
        }
        StreamableSession session = found.get();
        Optional<RpcError> objection = versionObjection(exchange.request);
        if (objection.isEmpty() && message instanceof Message.Batch batch) {
            objection = Batches.objection(batch, session.revision());
        }
        if (objection.isPresent()) {
            exchange.refuse(id, objection.get());
            return;
        }
        if (message instanceof Message.Request call
                && exchange.accepted.events()
                && dispatcher.converses(call, session.peer())) {
            converse(exchange, session, call);
            return;
        }
        exchange.batch = message instanceof Message.Batch;
        List<Message> messages = message instanceof Message.Batch batch ? batch.messages() : List.of(message);
        messages.forEach(heard -> dispatcher.hear(heard, session.peer()));
        List<Message.Request> calls = messages.stream()
                .filter(Message.Request.class::isInstance)
                .map(Message.Request.class::cast)
                .toList();
        // Who hangs up has cancelled nothing (2025-11-25, basic/transports): the work ends with its deadlines.
        List<JSONRPCResponse> answers = calls.stream()
                .flatMap(call -> dispatcher.take(call, session.peer(), Outlet.NOWHERE).get().stream())
                .toList();
        if (calls.isEmpty()) {
            reply.empty(exchange.response, HttpServletResponse.SC_ACCEPTED);
        } else {
            exchange.answer(answers, session);
        }
    }

    /** Answers with a stream, on which messages that belong to the request go before the answer. */
    private void converse(Exchange exchange, StreamableSession session, Message.Request call) throws IOException {
        ResumableStream stream = session.answerStream();
        PendingAnswer pending = dispatcher.take(call, session.peer(), stream);
        try {
            workers.execute(() -> {
                try {
                    pending.get().ifPresent(answer -> stream.send(json.write(answer)));
                } finally {
                    stream.finish();
                }
            });
        } catch (RejectedExecutionException e) {
            pending.drop();
            stream.finish();
            throw new HttpRefusal(503, "Too many calls at once: try again later");
        }
        session.connect(stream, -1, exchange.request, exchange.response);
    }

    /** Opens a stream for messages of the server: {@code GET /mcp}. */
    void get(HttpServletRequest request, HttpServletResponse response, AcceptedTypes accepted) throws IOException {
        if (isWithoutStreams(request, response)) {
            return;
        }
        if (!accepted.events()) {
            throw new HttpRefusal(406, "Not acceptable: accept text/event-stream");
        }
        Optional<StreamableSession> session = existing(request, response);
        if (session.isPresent()) {
            session.get().listen(request, response);
        }
    }

    /** Ends the session: {@code DELETE /mcp}. */
    void delete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isWithoutStreams(request, response)) {
            return;
        }
        Optional<StreamableSession> session = existing(request, response);
        if (session.isPresent()) {
            sessions.remove(session.get().id());
            reply.empty(response, HttpServletResponse.SC_NO_CONTENT);
        }
    }

    /** Since 2026-07-28 there is neither a stream to open nor a session to end. */
    private boolean isWithoutStreams(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!Era.isStateless(request)) {
            return false;
        }
        response.setHeader("Allow", "POST");
        reply.refusal(request, response, 405, "Method not allowed: in this revision use POST");
        return true;
    }

    /** Returns the session of a request without body; when there is none, or its version is bad, it has been answered. */
    private Optional<StreamableSession> existing(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (request.getHeader(Era.SESSION) == null) {
            reply.error(request, response, 400, null, missingSession());
            return Optional.empty();
        }
        Optional<StreamableSession> session = find(request);
        Optional<RpcError> objection = versionObjection(request);
        if (session.isEmpty()) {
            reply.error(request, response, 404, null, unknownSession());
        } else if (objection.isPresent()) {
            reply.error(request, response, 400, null, objection.get());
            return Optional.empty();
        }
        return session;
    }

    private Optional<StreamableSession> find(HttpServletRequest request) {
        Optional<StreamableSession> session = sessions.find(request.getHeader(Era.SESSION), Gate.identity(request));
        session.ifPresent(StreamableSession::touch);
        return session;
    }

    /** A missing header is fine: the session knows its version (2025-06-18, basic/transports, "Protocol Version Header"). */
    private static Optional<RpcError> versionObjection(HttpServletRequest request) {
        String version = request.getHeader(Era.VERSION);
        return version == null || Revision.ofSession(version.strip()).isPresent()
                ? Optional.empty()
                : Optional.of(new RpcError(
                        RpcError.INVALID_REQUEST,
                        "Bad request: unsupported " + Era.VERSION + ", supported are "
                                + String.join(", ", Revision.dates(false))));
    }

    private static RpcError noBatch(Message.Batch batch) {
        return Batches.objection(batch, null).orElseGet(StreamableTransport::missingSession);
    }

    private static RpcError missingSession() {
        return new RpcError(
                RpcError.INVALID_REQUEST, "Bad request: the header " + Era.SESSION + " is missing, send initialize");
    }

    private static RpcError unknownSession() {
        return new RpcError(
                RpcError.TRANSPORT_REFUSAL, "Session not found: it is unknown or ended, send initialize without it");
    }

    /** Sends a comment on every open stream; those of clients that are gone end by it. */
    void heartbeat() {
        sessions.all().forEach(StreamableSession::heartbeat);
    }

    /** Forgets sessions that nobody has used for the configured time. */
    void removeIdle() {
        sessions.removeIdleSince(clock.instant().minus(sessionIdle));
    }

    /** Returns the number of sessions. */
    int size() {
        return sessions.size();
    }

    /** Ends all sessions. */
    void close() {
        sessions.clear();
    }

    /** One POST and how it wants to be answered. */
    private final class Exchange {

        private final HttpServletRequest request;
        private final HttpServletResponse response;
        private final AcceptedTypes accepted;
        private boolean batch;

        Exchange(HttpServletRequest request, HttpServletResponse response, AcceptedTypes accepted) {
            this.request = request;
            this.response = response;
            this.accepted = accepted;
        }

        void refuse(Object id, RpcError error) throws IOException {
            reply.error(request, response, 400, id, error);
        }

        /**
         * Answers with JSON where the client reads it: one value needs no stream, and buffering proxies do no harm.
         *
         * @param answers none for a request that the client has cancelled, which gets no answer but the end of a stream
         */
        void answer(List<JSONRPCResponse> answers, StreamableSession session) throws IOException {
            if (accepted.json() && !answers.isEmpty()) {
                reply.json(request, response, 200, batch ? answers : answers.get(0));
                return;
            }
            EventStream.headers(response);
            reply.bytes(request, response, 200, "text/event-stream", events(answers, session));
        }

        private byte[] events(List<JSONRPCResponse> answers, StreamableSession session) {
            if (session == null) {
                ByteArrayOutputStream stream = new ByteArrayOutputStream();
                answers.forEach(answer -> stream.writeBytes(Events.message(null, json.write(answer))));
                return stream.toByteArray();
            }
            ResumableStream stream = session.answerStream();
            answers.forEach(answer -> stream.send(json.write(answer)));
            stream.finish();
            return stream.whole();
        }
    }
}

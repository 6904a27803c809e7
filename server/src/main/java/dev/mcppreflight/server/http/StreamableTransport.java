package dev.mcppreflight.server.http;

import dev.mcppreflight.server.protocol.Batches;
import dev.mcppreflight.server.protocol.Handshake;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.Message;
import dev.mcppreflight.server.protocol.MessageReader;
import dev.mcppreflight.server.protocol.RequestGuard;
import dev.mcppreflight.server.protocol.RequestGuard.Decision;
import dev.mcppreflight.server.protocol.Revision;
import dev.mcppreflight.server.protocol.RpcError;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.modelcontextprotocol.spec.McpStreamableServerSession.McpStreamableServerSessionInit;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Streamable HTTP (2025-03-26 to 2025-11-25, basic/transports): one path for POST, GET and DELETE. */
final class StreamableTransport implements McpStreamableServerTransportProvider {

    private static final String SESSION_HEADER = "Mcp-Session-Id";
    private static final String VERSION_HEADER = "MCP-Protocol-Version";

    private final Sessions<StreamableSession> sessions;
    private final RequestGuard guard;
    private final JsonCodec json;
    private final MessageReader reader;
    private final RequestBody bodies;
    private final Reply reply;
    private final Clock clock;
    private final Duration sessionIdle;
    private volatile McpStreamableServerSession.Factory cores;

    StreamableTransport(RequestGuard guard, JsonCodec json, HttpOptions options, Clock clock) {
        this.sessions = new Sessions<>(options.maxSessions());
        this.guard = guard;
        this.json = json;
        this.reader = new MessageReader(json);
        this.bodies = new RequestBody(options.maxBody());
        this.reply = new Reply(json);
        this.clock = clock;
        this.sessionIdle = options.sessionIdle();
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
        Exchange exchange = new Exchange(request, response, accepted);
        if (request.getHeader(SESSION_HEADER) == null) {
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
            // At once and as a plain error: a client that tries server/discover first falls back to initialize on it.
            exchange.refuse(
                    call.id(),
                    guard.knows(call.method()) ? missingSession() : RequestGuard.unknownMethod(call.method()));
        }
    }

    private void initialize(Exchange exchange, Message.Request call) throws IOException {
        Decision decision = guard.decide(call, false);
        if (decision instanceof Decision.Answer refused) {
            exchange.answer(List.of(refused.response()), null);
            return;
        }
        Object params = ((Decision.Forward) decision).request().params();
        AtomicReference<Handshake> handshake = new AtomicReference<>();
        StreamableSession session = sessions.add(id -> {
            McpStreamableServerSessionInit init =
                    cores.startSession(json.mapper().convertValue(params, new TypeRef<InitializeRequest>() {}));
            handshake.set(Handshake.of(init.initResult().block()));
            return new StreamableSession(id, handshake.get().revision(), init.session(), json, clock);
        });
        exchange.response.setHeader(SESSION_HEADER, session.id());
        exchange.answer(
                List.of(JSONRPCResponse.result(call.id(), handshake.get().result())), session);
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
        List<Message> messages = message instanceof Message.Batch batch ? batch.messages() : List.of(message);
        exchange.batch = message instanceof Message.Batch;
        List<JSONRPCResponse> answers = messages.stream()
                .filter(Message.Request.class::isInstance)
                .map(call -> answer(session, (Message.Request) call))
                .toList();
        if (answers.isEmpty()) {
            reply.empty(exchange.response, HttpServletResponse.SC_ACCEPTED);
        } else {
            exchange.answer(answers, session);
        }
    }

    private JSONRPCResponse answer(StreamableSession session, Message.Request call) {
        Decision decision = guard.decide(call, true);
        return decision instanceof Decision.Answer answer
                ? answer.response()
                : session.answer(((Decision.Forward) decision).request());
    }

    /** Opens a stream for messages of the server: {@code GET /mcp}. */
    void get(HttpServletRequest request, HttpServletResponse response, AcceptedTypes accepted) throws IOException {
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
        Optional<StreamableSession> session = existing(request, response);
        if (session.isPresent()) {
            sessions.remove(session.get().id());
            reply.empty(response, HttpServletResponse.SC_NO_CONTENT);
        }
    }

    /** Returns the session of a request without body; when there is none, or its version is bad, it has been answered. */
    private Optional<StreamableSession> existing(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (request.getHeader(SESSION_HEADER) == null) {
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
        Optional<StreamableSession> session = sessions.find(request.getHeader(SESSION_HEADER));
        session.ifPresent(StreamableSession::touch);
        return session;
    }

    /** A missing header is fine: the session knows its version (2025-06-18, basic/transports, "Protocol Version Header"). */
    private static Optional<RpcError> versionObjection(HttpServletRequest request) {
        String version = request.getHeader(VERSION_HEADER);
        return version == null || Revision.of(version.strip()).isPresent()
                ? Optional.empty()
                : Optional.of(new RpcError(
                        RpcError.INVALID_REQUEST,
                        "Bad request: unsupported " + VERSION_HEADER + ", supported are "
                                + String.join(", ", Revision.dates())));
    }

    private static RpcError noBatch(Message.Batch batch) {
        return Batches.objection(batch, null).orElseGet(StreamableTransport::missingSession);
    }

    private static RpcError missingSession() {
        return new RpcError(
                RpcError.INVALID_REQUEST, "Bad request: the header " + SESSION_HEADER + " is missing, send initialize");
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

    @Override
    public void setSessionFactory(McpStreamableServerSession.Factory factory) {
        this.cores = factory;
    }

    @Override
    public List<String> protocolVersions() {
        return Revision.dates();
    }

    @Override
    public Mono<Void> notifyClients(String method, Object params) {
        return Flux.fromIterable(sessions.all())
                .flatMap(session -> session.notify(method, params))
                .then();
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(sessions::clear);
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

        /** Answers with JSON where the client reads it: one value needs no stream, and buffering proxies do no harm. */
        void answer(List<JSONRPCResponse> answers, StreamableSession session) throws IOException {
            if (accepted.json()) {
                reply.json(request, response, 200, batch ? answers : answers.get(0));
                return;
            }
            EventStream.headers(response);
            reply.bytes(request, response, 200, "text/event-stream", events(answers, session));
        }

        private byte[] events(List<JSONRPCResponse> answers, StreamableSession session) {
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            if (session == null) {
                answers.forEach(answer -> stream.writeBytes(Events.message(null, json.write(answer))));
                return stream.toByteArray();
            }
            String name = session.nextStreamName();
            if (session.revision().hasPrimingEvents()) {
                stream.writeBytes(Events.priming(name + "-0"));
            }
            List<byte[]> events = new ArrayList<>();
            for (JSONRPCResponse answer : answers) {
                events.add(Events.message(name + "-" + (events.size() + 1), json.write(answer)));
            }
            session.replay().remember(name, events);
            events.forEach(stream::writeBytes);
            return stream.toByteArray();
        }
    }
}

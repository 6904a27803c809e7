package dev.mcppreflight.server.http;

import dev.mcppreflight.server.auth.Identity;
import dev.mcppreflight.server.protocol.Audience;
import dev.mcppreflight.server.protocol.Dispatcher;
import dev.mcppreflight.server.protocol.DuplexSession;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.Message;
import dev.mcppreflight.server.protocol.MessageReader;
import dev.mcppreflight.server.protocol.RpcError;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.http.BadMessageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP+SSE (2024-11-05, basic/transports): a stream for what the server says, a POST route for what the client says. */
final class SseTransport {

    private final Logger log = LoggerFactory.getLogger(SseTransport.class);
    private final Sessions<SseSession> sessions;
    private final Dispatcher dispatcher;
    private final CallGuard calls;
    private final Audience audience;
    private final Executor workers;
    private final JsonCodec json;
    private final MessageReader reader;
    private final RequestBody bodies;
    private final Reply reply;
    private final PublicAddress address;

    /**
     * Creates the transport.
     *
     * @param workers what long answers are made on
     * @param address where clients see the server
     */
    SseTransport(
            Dispatcher dispatcher,
            CallGuard calls,
            Audience audience,
            Executor workers,
            JsonCodec json,
            RequestBody bodies,
            Sessions<SseSession> sessions,
            PublicAddress address) {
        this.sessions = sessions;
        this.dispatcher = dispatcher;
        this.calls = calls;
        this.audience = audience;
        this.workers = workers;
        this.json = json;
        this.reader = new MessageReader(json);
        this.bodies = bodies;
        this.reply = new Reply(json);
        this.address = address;
    }

    /** Opens a stream, and with it a session: {@code GET /sse}. */
    void open(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Identity who = Gate.identity(request);
        SseSession session = sessions.add(who, id -> session(id, who.label()));
        session.stream()
                .open(
                        request,
                        response,
                        Events.endpoint(address.path(request) + RouteTable.MESSAGES + "?sessionId=" + session.id()));
    }

    private SseSession session(String id, String principal) {
        EventStream stream = new EventStream(() -> sessions.remove(id));
        DuplexSession conversation = new DuplexSession(
                dispatcher, json, message -> stream.send(Events.message(null, message)), principal, workers);
        audience.add(conversation.peer());
        return new SseSession(id, stream, conversation, audience);
    }

    /** Takes a message; the answer goes to the stream: {@code POST /messages?sessionId=}. */
    void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String id = sessionId(request);
        if (!Sessions.isWellFormed(id)) {
            throw new HttpRefusal(400, "Bad request: the query parameter sessionId is missing or malformed");
        }
        SseSession session = sessions.find(id, Gate.identity(request))
                .filter(found -> found.stream().hasClient())
                .orElseThrow(() -> new HttpRefusal(404, "Not found: the session is unknown or ended"));
        Message message = reader.read(bodies.read(request));
        Optional<RpcError> objection = session.conversation().objection(message);
        if (objection.isPresent()) {
            Object requestId = message instanceof Message.Malformed malformed ? malformed.id() : null;
            reply.error(request, response, 400, requestId, objection.get());
            return;
        }
        if (calls.refuses(request, response, message)) {
            return;
        }
        // The client has its 202 before the work begins, however long a tool takes.
        reply.empty(response, HttpServletResponse.SC_ACCEPTED);
        try {
            session.conversation().receive(message);
        } catch (RuntimeException e) {
            log.error("a message could not be handled", e);
        }
    }

    /** Returns the session that the query names, or null; a query that cannot be read names none. */
    static String sessionId(HttpServletRequest request) {
        try {
            return request.getParameter("sessionId");
        } catch (BadMessageException | IllegalArgumentException e) {
            return null;
        }
    }

    /** Sends a comment on every stream; those of clients that are gone end by it. */
    void heartbeat() {
        sessions.all().forEach(session -> session.stream().send(Events.HEARTBEAT));
    }

    /** Returns the number of sessions. */
    int size() {
        return sessions.size();
    }

    /** Ends all sessions. */
    void close() {
        sessions.clear();
    }
}

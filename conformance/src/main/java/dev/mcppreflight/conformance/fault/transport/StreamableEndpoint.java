package dev.mcppreflight.conformance.fault.transport;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.http.Event;
import dev.mcppreflight.conformance.fault.http.EventStream;
import dev.mcppreflight.conformance.fault.http.HttpHandler;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import dev.mcppreflight.conformance.fault.mcp.Incoming;
import dev.mcppreflight.conformance.fault.mcp.Revision;
import dev.mcppreflight.conformance.fault.mcp.Rpc;
import dev.mcppreflight.conformance.fault.mcp.RpcError;
import dev.mcppreflight.conformance.fault.mcp.Session;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Streamable HTTP with sessions. */
public final class StreamableEndpoint implements HttpHandler {

    public static final String SESSION_ID = "Mcp-Session-Id";
    static final String VERSION = "MCP-Protocol-Version";
    private static final String METHODS = "GET, POST, DELETE, OPTIONS, HEAD";

    private final Sessions sessions;
    private final Rpc rpc;
    private final boolean streaming;

    StreamableEndpoint(Site site, boolean streaming) {
        this.sessions = site.sessions();
        this.rpc = site.rpc();
        this.streaming = streaming;
    }

    @Override
    public Response handle(Request request) {
        return switch (request.method()) {
            case "POST" -> post(request);
            case "GET" -> get(request);
            case "DELETE" -> delete(request);
            case "OPTIONS" -> Response.empty(204).with("Allow", METHODS);
            case "HEAD" -> Response.empty(200).with("Allow", METHODS);
            default -> Posts.methodNotAllowed(METHODS);
        };
    }

    private Response post(Request request) {
        Optional<Response> refusal = Posts.refuseContentType(request);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (!Posts.accepts(request, "application/json") && !Posts.accepts(request, "text/event-stream")) {
            return Posts.refuse(
                    406,
                    RpcError.INVALID_REQUEST,
                    "The client must accept application/json and text/event-stream",
                    Json.MISSING);
        }
        try {
            Incoming incoming = Incoming.parse(request.text());
            if (request.headers().has(SESSION_ID)) {
                return inSession(request, incoming.id(), session -> {
                    incoming.checkBatch(session.revision());
                    return incoming.asks("initialize")
                            ? initialize(request, incoming)
                            : answer(request, incoming, session);
                });
            }
            if (incoming.asks("initialize")) {
                incoming.checkBatch("");
                return initialize(request, incoming);
            }
            return Posts.probesModernRevision(incoming)
                    ? Posts.refuse(400, RpcError.METHOD_NOT_FOUND, "Method not found: server/discover", incoming.id())
                    : missingSession(incoming.id());
        } catch (Incoming.Malformed e) {
            return Response.json(400, e.response());
        }
    }

    private Response initialize(Request request, Incoming incoming) {
        Session session = sessions.open(request);
        Response response = answer(request, incoming, session);
        if (!session.isInitialized()) {
            sessions.end(session);
            return response;
        }
        return response.with(SESSION_ID, session.id());
    }

    private Response answer(Request request, Incoming incoming, Session session) {
        Json answer = incoming.answer(rpc, session);
        if (answer.isMissing()) {
            return Response.empty(202);
        }
        boolean json = Posts.accepts(request, "application/json");
        return (streaming || !json) && Posts.accepts(request, "text/event-stream")
                ? Response.stream(out -> stream(session, answer, out))
                : Response.json(200, answer);
    }

    /** One event for each answer; before them, where the revision has it, the id that a client can come back with. */
    private static void stream(Session session, Json answer, EventStream out) throws IOException {
        int stream = session.nextStream();
        int position = 0;
        if (session.revision().equals(Revision.LATEST)) {
            out.send(Event.priming(Session.eventId(stream, position)));
        }
        for (Json single : answer.isArray() ? answer.items() : List.of(answer)) {
            Event event = Event.message(Session.eventId(stream, ++position), single);
            session.remember(stream, event);
            out.send(event);
        }
    }

    private Response get(Request request) {
        if (!Posts.accepts(request, "text/event-stream")) {
            return Response.text(406, "text/plain", "The client must accept text/event-stream\n");
        }
        return inSession(
                request,
                Json.MISSING,
                session -> Response.stream(out -> {
                    session.opened(out);
                    try {
                        listen(session, request.header("Last-Event-ID"), out);
                    } finally {
                        session.closed(out);
                    }
                }));
    }

    private static void listen(Session session, Optional<String> lastEventId, EventStream out) throws IOException {
        List<Event> missed = lastEventId.map(session::after).orElse(List.of());
        for (Event event : missed) {
            out.send(event);
        }
        if (!missed.isEmpty()) {
            // The stream that is resumed ended with its answer.
            return;
        }
        out.send(
                session.revision().equals(Revision.LATEST)
                        ? Event.priming(Session.eventId(session.nextStream(), 0))
                        : Event.comment("open"));
        out.awaitClose();
    }

    private Response delete(Request request) {
        return inSession(request, Json.MISSING, session -> {
            sessions.end(session);
            return Response.empty(200);
        });
    }

    /** What is to be done once the session is known. */
    @FunctionalInterface
    private interface InSession {
        Response apply(Session session);
    }

    private Response inSession(Request request, Json id, InSession action) {
        Optional<String> named = request.header(SESSION_ID);
        if (named.isEmpty()) {
            return missingSession(id);
        }
        Optional<Session> session = sessions.find(named.get(), request);
        if (session.isEmpty()) {
            return Posts.refuse(404, RpcError.INVALID_REQUEST, "Session not found", id);
        }
        String version = request.header(VERSION).orElse(Revision.LATEST);
        if (!Revision.ALL.contains(version)) {
            return Posts.refuse(400, RpcError.INVALID_REQUEST, "Unsupported " + VERSION, id);
        }
        return action.apply(session.get());
    }

    private static Response missingSession(Json id) {
        return Posts.refuse(400, RpcError.INVALID_REQUEST, SESSION_ID + " is missing", id);
    }
}

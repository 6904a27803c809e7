package dev.mcppreflight.conformance.fault.transport;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.http.Event;
import dev.mcppreflight.conformance.fault.http.EventStream;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import dev.mcppreflight.conformance.fault.mcp.Incoming;
import dev.mcppreflight.conformance.fault.mcp.Rpc;
import dev.mcppreflight.conformance.fault.mcp.RpcError;
import dev.mcppreflight.conformance.fault.mcp.Session;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** HTTP+SSE: a stream for what the server says, and an address for what the client says. */
final class SseEndpoint {

    private final Sessions sessions;
    private final Rpc rpc;
    private final BiFunction<Session, Sessions, List<Session>> recipients;

    /** @param recipients on whose streams an answer goes out: from the session that asked, and all of them */
    SseEndpoint(Site site, BiFunction<Session, Sessions, List<Session>> recipients) {
        this.sessions = site.sessions();
        this.rpc = site.rpc();
        this.recipients = recipients;
    }

    Response connect(Request request) {
        return switch (request.method()) {
            case "GET" ->
                Posts.accepts(request, "text/event-stream")
                        ? Response.stream(out -> stream(request, out))
                        : Response.text(406, "text/plain", "The client must accept text/event-stream\n");
            case "OPTIONS" -> Response.empty(204).with("Allow", "GET, OPTIONS, HEAD");
            case "HEAD" -> Response.empty(200).with("Content-Type", "text/event-stream");
            default -> Posts.methodNotAllowed("GET, OPTIONS, HEAD");
        };
    }

    Response post(Request request) {
        if (request.method().equals("OPTIONS")) {
            return Response.empty(204).with("Allow", "POST, OPTIONS");
        }
        if (!request.method().equals("POST")) {
            return Posts.methodNotAllowed("POST, OPTIONS");
        }
        Optional<Response> refusal = Posts.refuseContentType(request);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<String> id = request.parameter("sessionId");
        if (id.isEmpty()) {
            return Posts.refuse(400, RpcError.INVALID_REQUEST, "sessionId is missing", Json.MISSING);
        }
        Optional<Session> session = sessions.find(id.get(), request);
        if (session.isEmpty()) {
            return Posts.refuse(404, RpcError.INVALID_REQUEST, "Session not found", Json.MISSING);
        }
        try {
            Incoming incoming = Incoming.parse(request.text());
            incoming.checkBatch(session.get().revision());
            return Response.empty(202).then(() -> answer(incoming, session.get()));
        } catch (Incoming.Malformed e) {
            return Response.json(400, e.response());
        }
    }

    private void answer(Incoming incoming, Session session) {
        Json answer = incoming.answer(rpc, session);
        List<Session> addressees = recipients.apply(session, sessions);
        for (Json single : answer.isArray() ? answer.items() : List.of(answer)) {
            if (single.isPresent()) {
                addressees.forEach(addressee -> addressee.deliver(Event.message(null, single)));
            }
        }
    }

    private void stream(Request request, EventStream out) throws IOException {
        Session session = sessions.open(request);
        try {
            session.opened(out);
            out.send(Event.endpoint(HealthySite.MESSAGES + "?sessionId=" + session.id()));
            out.awaitClose();
        } finally {
            session.closed(out);
            sessions.end(session);
        }
    }
}

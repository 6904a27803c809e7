package dev.mcppreflight.conformance.fault.transport;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.http.HttpHandler;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import dev.mcppreflight.conformance.fault.mcp.Incoming;
import dev.mcppreflight.conformance.fault.mcp.Revision;
import dev.mcppreflight.conformance.fault.mcp.Rpc;
import dev.mcppreflight.conformance.fault.mcp.RpcError;
import dev.mcppreflight.conformance.fault.mcp.Session;
import java.util.Optional;

/** Streamable HTTP without sessions: each POST stands for itself, and there is no stream to listen on. */
final class StatelessEndpoint implements HttpHandler {

    private static final String METHODS = "POST, OPTIONS, HEAD";

    private final Rpc rpc;

    StatelessEndpoint(Rpc rpc) {
        this.rpc = rpc;
    }

    @Override
    public Response handle(Request request) {
        return switch (request.method()) {
            case "POST" -> post(request);
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
        if (!Posts.accepts(request, "application/json")) {
            return Posts.refuse(406, RpcError.INVALID_REQUEST, "The client must accept application/json", Json.MISSING);
        }
        try {
            Incoming incoming = Incoming.parse(request.text());
            if (Posts.probesModernRevision(incoming)) {
                return Posts.refuse(400, RpcError.METHOD_NOT_FOUND, "Method not found: server/discover", incoming.id());
            }
            String version = request.header(StreamableEndpoint.VERSION).orElse(Revision.WITH_BATCHES);
            if (!incoming.asks("initialize") && !Revision.ALL.contains(version)) {
                return Posts.refuse(
                        400, RpcError.INVALID_REQUEST, "Unsupported " + StreamableEndpoint.VERSION, incoming.id());
            }
            incoming.checkBatch(version);
            Json answer = incoming.answer(rpc, Session.stateless(version));
            return answer.isMissing() ? Response.empty(202) : Response.json(200, answer);
        } catch (Incoming.Malformed e) {
            return Response.json(400, e.response());
        }
    }
}

package dev.mcppreflight.conformance.fault.transport;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.http.Event;
import dev.mcppreflight.conformance.fault.http.EventStream;
import dev.mcppreflight.conformance.fault.http.HttpHandler;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import dev.mcppreflight.conformance.fault.mcp.Incoming;
import dev.mcppreflight.conformance.fault.mcp.ModernServer;
import dev.mcppreflight.conformance.fault.mcp.Rpc;
import dev.mcppreflight.conformance.fault.mcp.RpcError;
import dev.mcppreflight.conformance.fault.mcp.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** Streamable HTTP of the revision without a handshake: headers repeat parts of the body, and have to agree with it. */
public final class ModernEndpoint implements HttpHandler {

    public static final String METHOD = "Mcp-Method";
    public static final String NAME = "Mcp-Name";
    private static final String METHODS = "POST, OPTIONS, HEAD";
    private static final String MARK = "=?base64?";

    private final HttpHandler older;
    private final Rpc rpc;
    private final boolean alone;

    /**
     * @param older what answers requests of the revisions before
     * @param alone whether none does
     */
    public ModernEndpoint(HttpHandler older, Rpc rpc, boolean alone) {
        this.older = older;
        this.rpc = rpc;
        this.alone = alone;
    }

    @Override
    public Response handle(Request request) {
        boolean ours = request.method().equals("POST") && isOf(request);
        if (ours) {
            return post(request);
        }
        return alone && Set.of("GET", "DELETE").contains(request.method())
                ? Posts.methodNotAllowed(METHODS)
                : older.handle(request);
    }

    private boolean isOf(Request request) {
        return alone
                || request.headers().has(METHOD)
                || request.header(StreamableEndpoint.VERSION)
                        .filter(ModernServer.VERSION::equals)
                        .isPresent()
                || ModernServer.isOf(request.json());
    }

    private Response post(Request request) {
        Optional<Response> refusal = Posts.refuseContentType(request);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        try {
            Incoming incoming = Incoming.parse(request.text());
            incoming.checkBatch(ModernServer.VERSION);
            Json message = incoming.single();
            if (message.get("id").isMissing() || message.get("method").isMissing()) {
                return Response.empty(202);
            }
            boolean greeting =
                    alone && message.get("method").text().equals("initialize") && !ModernServer.isOf(message);
            Optional<String> objection = greeting ? Optional.empty() : objection(request, message);
            if (objection.isPresent()) {
                return Posts.refuse(400, ModernServer.HEADER_MISMATCH, objection.get(), message.get("id"));
            }
            return respond(message);
        } catch (Incoming.Malformed e) {
            return Response.json(400, e.response());
        }
    }

    private Response respond(Json message) {
        Json answer = rpc.answer(new Rpc.Call(message, Session.stateless(ModernServer.VERSION)));
        if (answer.get("method").isPresent()) {
            return Response.stream(out -> listen(answer, out));
        }
        int code = (int) answer.get("error").get("code").number(0);
        boolean bad = code <= ModernServer.HEADER_MISMATCH && code >= ModernServer.UNSUPPORTED_VERSION
                || code == RpcError.INVALID_PARAMS && ModernServer.isIncomplete(message);
        return Response.json(code == RpcError.METHOD_NOT_FOUND ? 404 : bad ? 400 : 200, answer);
    }

    private static void listen(Json acknowledgement, EventStream out) throws IOException {
        out.send(Event.message(null, acknowledgement));
        out.awaitClose();
    }

    /** What is wrong with the headers, beside the body. */
    private static Optional<String> objection(Request request, Json message) {
        Json params = message.get("params");
        String method = message.get("method").text();
        Json name =
                switch (method) {
                    case "tools/call", "prompts/get" -> params.get("name");
                    case "resources/read" -> params.get("uri");
                    default -> Json.MISSING;
                };
        Json version = params.get("_meta").get(ModernServer.PREFIX + "protocolVersion");
        return objection(request, StreamableEndpoint.VERSION, version.isString() ? version.text() : null)
                .or(() -> objection(request, METHOD, method))
                .or(() -> name.isString() ? objection(request, NAME, name.text()) : Optional.empty())
                .or(() -> mirrored(request, params));
    }

    private static Optional<String> mirrored(Request request, Json params) {
        Json query = params.get("arguments").get("query");
        return params.get("name").text().equals("search") && query.isString()
                ? objection(request, "Mcp-Param-" + ModernServer.MIRROR, query.text())
                : Optional.empty();
    }

    private static Optional<String> objection(Request request, String header, String value) {
        Optional<String> given = request.header(header);
        if (given.isEmpty()) {
            return Optional.of(header + " is missing");
        }
        boolean encoded = !header.equals(METHOD) && given.get().startsWith(MARK);
        boolean same = value == null || (encoded ? decoded(given.get()) : given.get()).equals(value);
        return same ? Optional.empty() : Optional.of(header + " says otherwise than the body");
    }

    private static String decoded(String value) {
        try {
            String inner = value.substring(MARK.length(), Math.max(MARK.length(), value.length() - 2));
            return new String(Base64.getDecoder().decode(inner), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}

package dev.mcppreflight.conformance.fault.transport;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import dev.mcppreflight.conformance.fault.mcp.Incoming;
import dev.mcppreflight.conformance.fault.mcp.RpcError;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What all endpoints ask of a request before they look at its message. */
public final class Posts {

    private Posts() {}

    /** A refusal of a POST whose body is not announced as JSON. */
    static Optional<Response> refuseContentType(Request request) {
        String type = request.header("Content-Type").orElse("").split(";")[0].strip();
        return type.equalsIgnoreCase("application/json")
                ? Optional.empty()
                : Optional.of(Response.text(415, "text/plain", "Content-Type must be application/json\n"));
    }

    /** Whether a client takes this media type; one that does not say takes everything. */
    static boolean accepts(Request request, String mediaType) {
        if (!request.headers().has("Accept")) {
            return true;
        }
        String family = mediaType.substring(0, mediaType.indexOf('/')) + "/*";
        return request.headers().all("Accept").stream()
                .flatMap(value -> Stream.of(value.toLowerCase(Locale.ROOT).split(",")))
                .map(range -> range.split(";")[0].strip())
                .anyMatch(range -> range.equals(mediaType) || range.equals(family) || range.equals("*/*"));
    }

    /** Whether the message is the greeting of a client of the modern revision, which has no session to show. */
    static boolean probesModernRevision(Incoming incoming) {
        return incoming.asks("server/discover");
    }

    /** A refusal that is an HTTP error and a JSON-RPC error at once. */
    public static Response refuse(int status, int code, String message, Json id) {
        return Response.json(status, new RpcError(code, message).response(id));
    }

    public static Response methodNotAllowed(String allowed) {
        return Response.text(405, "text/plain", "Method not allowed\n").with("Allow", allowed);
    }
}

package dev.mcppreflight.server.http;

import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.RpcError;
import java.io.IOException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * Writes whole answers. Each is committed here, because Spark would add a content type of its own to empty ones.
 */
final class Reply {

    /** The attribute of requests that are answered in the way of the REST API, not of JSON-RPC. */
    static final String REST = Reply.class.getName() + ".rest";

    private final JsonCodec json;

    Reply(JsonCodec json) {
        this.json = json;
    }

    /** Answers with this JSON value. */
    void json(HttpServletRequest request, HttpServletResponse response, int status, Object value) throws IOException {
        bytes(request, response, status, "application/json", json.write(value));
    }

    /** Answers with a JSON-RPC error; without id where the request is unknown. */
    void error(HttpServletRequest request, HttpServletResponse response, int status, Object id, RpcError error)
            throws IOException {
        json(request, response, status, error.toJson(id));
    }

    /** Answers with a refusal of the transport. */
    void refusal(HttpServletRequest request, HttpServletResponse response, int status, String message)
            throws IOException {
        if (request.getAttribute(REST) != null) {
            json(request, response, status, new Problem(message, code(status)));
            return;
        }
        error(request, response, status, null, refused(request, status, message));
    }

    /**
     * Returns the error for what the transport refuses. Since 2026-07-28 new codes lie outside of what JSON-RPC reserves, so
     * the status is one.
     */
    static RpcError refused(HttpServletRequest request, int status, String message) {
        return new RpcError(Era.isStateless(request) ? status : RpcError.TRANSPORT_REFUSAL, message);
    }

    private static String code(int status) {
        return switch (status) {
            case 400 -> "bad_request";
            case 401 -> "unauthorized";
            case 403 -> "forbidden";
            case 404 -> "not_found";
            case 405 -> "method_not_allowed";
            case 413 -> "payload_too_large";
            case 415 -> "unsupported_media_type";
            case 421 -> "misdirected_request";
            case 429 -> "rate_limited";
            case 503 -> "unavailable";
            default -> "internal_error";
        };
    }

    /** A refusal in the way of the REST API. */
    private record Problem(String detail, String code) {}

    /** Answers with what an endpoint has to say. */
    void answer(HttpServletRequest request, HttpServletResponse response, Answer answer) throws IOException {
        answer.headers().forEach(response::setHeader);
        if (answer.body().length == 0) {
            empty(response, answer.status());
        } else {
            bytes(request, response, answer.status(), answer.type(), answer.body());
        }
    }

    /** Answers without a body. */
    void empty(HttpServletResponse response, int status) throws IOException {
        response.setStatus(status);
        if (status != HttpServletResponse.SC_NO_CONTENT) {
            response.setContentLength(0);
        }
        response.flushBuffer();
    }

    /** Answers with these bytes; a HEAD request gets the headers alone. */
    void bytes(HttpServletRequest request, HttpServletResponse response, int status, String type, byte[] body)
            throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(body.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
        response.flushBuffer();
    }
}

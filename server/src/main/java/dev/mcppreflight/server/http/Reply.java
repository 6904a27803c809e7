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
        error(request, response, status, null, new RpcError(RpcError.TRANSPORT_REFUSAL, message));
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

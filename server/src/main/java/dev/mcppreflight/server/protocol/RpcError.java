package dev.mcppreflight.server.protocol;

import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A JSON-RPC error before it is tied to a request.
 *
 * @param code the JSON-RPC error code
 * @param message one short sentence without line breaks
 * @param data what a program can do something with, or null
 */
public record RpcError(int code, String message, Object data) {

    /** The text is not JSON. */
    public static final int PARSE_ERROR = -32700;
    /** The JSON value is not a valid message, or not valid now. */
    public static final int INVALID_REQUEST = -32600;
    /** The server has no such method. */
    public static final int METHOD_NOT_FOUND = -32601;
    /** The parameters do not fit the method. */
    public static final int INVALID_PARAMS = -32602;
    /** The server failed. */
    public static final int INTERNAL_ERROR = -32603;
    /** A refusal by the transport, before JSON-RPC had a say; up to 2025-11-25. */
    public static final int TRANSPORT_REFUSAL = -32000;
    /** There is no such resource; up to 2025-11-25. */
    public static final int RESOURCE_NOT_FOUND = -32002;
    /** Headers and body do not agree; since 2026-07-28. */
    public static final int HEADER_MISMATCH = -32020;
    /** The client would have to be able to do something that it did not declare; since 2026-07-28. */
    public static final int MISSING_CLIENT_CAPABILITY = -32021;
    /** The server does not speak this revision; since 2026-07-28. */
    public static final int UNSUPPORTED_VERSION = -32022;

    private static final int LONGEST_QUOTE = 80;

    /** Creates an error about which there is no more to say. */
    public RpcError(int code, String message) {
        this(code, message, null);
    }

    /** Returns the response to the request with this id. */
    public JSONRPCResponse answering(Object id) {
        return JSONRPCResponse.error(id, new JSONRPCError(code, message, data));
    }

    /**
     * Returns the error as a JSON object. Without an id the member is left out: the schemas since 2025-11-25 allow its
     * absence and forbid null.
     *
     * @param id the id of the request, or null when it could not be determined
     */
    public Map<String, Object> toJson(Object id) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", message);
        if (data != null) {
            error.put("data", data);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("jsonrpc", "2.0");
        if (id != null) {
            json.put("id", id);
        }
        json.put("error", error);
        return json;
    }

    /** Returns what a client sent, made safe for a one-line message: no control characters, at most 80 characters. */
    public static String quote(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", " ");
        return clean.length() <= LONGEST_QUOTE ? clean : clean.substring(0, LONGEST_QUOTE) + "...";
    }
}

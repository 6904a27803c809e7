package dev.mcppreflight.conformance.fault.mcp;

import dev.mcppreflight.conformance.data.Json;

/** A JSON-RPC error on its way to the caller. */
public final class RpcError extends RuntimeException {

    public static final int PARSE_ERROR = -32700;
    public static final int INVALID_REQUEST = -32600;
    public static final int METHOD_NOT_FOUND = -32601;
    public static final int INVALID_PARAMS = -32602;
    static final int INTERNAL_ERROR = -32603;
    public static final int RESOURCE_NOT_FOUND = -32002;

    private final int code;

    public RpcError(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** The response; an id that could not be read is left out, because the schemas know no null id. */
    public Json response(Json id) {
        Json error = Json.object("code", code, "message", getMessage());
        return isId(id)
                ? Json.object("jsonrpc", "2.0", "id", id, "error", error)
                : Json.object("jsonrpc", "2.0", "error", error);
    }

    static boolean isId(Json id) {
        return id.isString() || id.isInteger();
    }
}

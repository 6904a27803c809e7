package dev.mcppreflight.server.protocol;

import java.util.Map;

/** A request that is answered with an error. */
public final class RpcException extends RuntimeException {

    private final transient RpcError error;

    /** Creates the exception with what the client is told. */
    public RpcException(RpcError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    /** Returns the exception for parameters that do not fit. */
    public static RpcException invalidParams(String why) {
        return new RpcException(new RpcError(RpcError.INVALID_PARAMS, "Invalid params: " + why));
    }

    /** Returns the exception for a name, quoted, that means nothing here. */
    public static RpcException invalidParams(String what, String name) {
        return new RpcException(new RpcError(RpcError.INVALID_PARAMS, what + ": " + RpcError.quote(name)));
    }

    /** Returns the exception for a resource that there is not, as the revision of the client has it. */
    public static RpcException noResource(String uri, Peer peer) {
        String message = "Resource not found: see resources/list";
        return new RpcException(
                peer.isStateless()
                        ? new RpcError(RpcError.INVALID_PARAMS, message, Map.of("uri", uri))
                        : new RpcError(RpcError.RESOURCE_NOT_FOUND, message));
    }

    /** Returns what the client is told. */
    public RpcError error() {
        return error;
    }
}

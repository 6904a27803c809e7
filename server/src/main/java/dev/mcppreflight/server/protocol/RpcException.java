package dev.mcppreflight.server.protocol;

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

    /** Returns what the client is told. */
    public RpcError error() {
        return error;
    }
}

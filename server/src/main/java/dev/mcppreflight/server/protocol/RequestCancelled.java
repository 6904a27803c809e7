package dev.mcppreflight.server.protocol;

/** The client no longer wants the answer to a request; it gets none. */
public final class RequestCancelled extends RuntimeException {

    /** Creates the exception. */
    public RequestCancelled() {
        super("the client cancelled the request", null, false, false);
    }
}

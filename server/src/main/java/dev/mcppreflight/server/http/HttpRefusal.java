package dev.mcppreflight.server.http;

/** A request that HTTP itself forbids to serve. */
final class HttpRefusal extends RuntimeException {

    private final int status;

    HttpRefusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** Returns the HTTP status to answer with. */
    int status() {
        return status;
    }
}

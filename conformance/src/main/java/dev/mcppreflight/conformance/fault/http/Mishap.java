package dev.mcppreflight.conformance.fault.http;

/**
 * Thrown in the middle of an answer by a deviation whose server does not answer as it should: it stays silent, hangs
 * up, fails, or dies. What that means on the wire is the transport's business.
 */
public final class Mishap extends RuntimeException {

    public enum Kind {
        /** Nothing is ever answered, and the connection stays open. */
        SILENCE,
        /** The connection ends without an answer, and the server lives on. */
        HANG_UP,
        /** The transport's own error: an HTTP response; on a line-based transport there is none, so silence. */
        FAILURE,
        /** The server is gone. */
        DEATH
    }

    private final Kind kind;
    private final transient Response response;

    private Mishap(Kind kind, Response response) {
        super(kind.name(), null, false, false);
        this.kind = kind;
        this.response = response;
    }

    public static Mishap silence() {
        return new Mishap(Kind.SILENCE, null);
    }

    public static Mishap hangUp() {
        return new Mishap(Kind.HANG_UP, null);
    }

    public static Mishap death() {
        return new Mishap(Kind.DEATH, null);
    }

    public static Mishap failure(int status) {
        return failure(Response.text(
                status,
                "text/html; charset=utf-8",
                "<!doctype html><html><head><title>" + HttpStatus.reason(status) + "</title></head><body><h1>"
                        + HttpStatus.reason(status) + "</h1></body></html>\n"));
    }

    static Mishap failure(Response response) {
        return new Mishap(Kind.FAILURE, response);
    }

    public Kind kind() {
        return kind;
    }

    public Response response() {
        return response;
    }
}

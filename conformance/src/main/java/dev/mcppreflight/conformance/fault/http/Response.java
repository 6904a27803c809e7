package dev.mcppreflight.conformance.fault.http;

import dev.mcppreflight.conformance.data.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * One HTTP response: a body known beforehand, or a stream of events that is written while the connection is open.
 *
 * @param stream null unless the body is an event stream
 * @param afterwards what is still to be done once the response has left
 */
public record Response(int status, Headers headers, byte[] body, StreamBody stream, Runnable afterwards) {

    /** Writes the events of a response; the stream ends when it returns. */
    public interface StreamBody {
        void write(EventStream out) throws IOException;
    }

    private static final Runnable NOTHING = () -> {};

    public static Response empty(int status) {
        return new Response(status, Headers.NONE, new byte[0], null, NOTHING);
    }

    public static Response json(int status, Json body) {
        return text(status, "application/json", body.toString());
    }

    public static Response text(int status, String contentType, String body) {
        return new Response(
                status, Headers.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8), null, NOTHING);
    }

    /** An event stream that no cache and no proxy should hold back. */
    public static Response stream(StreamBody stream) {
        Headers headers =
                Headers.of("Content-Type", "text/event-stream", "Cache-Control", "no-cache", "X-Accel-Buffering", "no");
        return new Response(200, headers, new byte[0], stream, NOTHING);
    }

    public boolean isStream() {
        return stream != null;
    }

    public Response with(String name, String value) {
        return new Response(status, headers.with(name, value), body, stream, afterwards);
    }

    /** One more header line of that name. */
    public Response plus(String name, String value) {
        return new Response(status, headers.plus(name, value), body, stream, afterwards);
    }

    public Response without(String name) {
        return new Response(status, headers.without(name), body, stream, afterwards);
    }

    public Response status(int other) {
        return new Response(other, headers, body, stream, afterwards);
    }

    public Response body(byte[] other) {
        return new Response(status, headers, other, null, afterwards);
    }

    public Response stream(StreamBody other, Headers otherHeaders) {
        return new Response(status, otherHeaders, body, other, afterwards);
    }

    public Response then(Runnable action) {
        return new Response(status, headers, body, stream, action);
    }
}

package dev.mcppreflight.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Formats server-sent events. */
final class Events {

    /** A comment; it keeps proxies from closing the stream, and finds out whether the client is still there. */
    static final byte[] HEARTBEAT = utf8(": heartbeat\n\n");

    private static final int RETRY_MILLIS = 3000;

    private Events() {}

    /** Returns the first event of HTTP+SSE: where to send messages. */
    static byte[] endpoint(String uri) {
        return utf8("event: endpoint\ndata: " + uri + "\n\n");
    }

    /**
     * Returns a message event.
     *
     * @param id the event id, or null
     * @param message JSON without line breaks
     */
    static byte[] message(String id, byte[] message) {
        ByteArrayOutputStream event = new ByteArrayOutputStream(message.length + 64);
        event.writeBytes(utf8((id == null ? "" : "id: " + id + "\n") + "event: message\ndata: "));
        event.writeBytes(message);
        event.writeBytes(utf8("\n\n"));
        return event.toByteArray();
    }

    /** Returns the event without data that gives a client the id to come back with (2025-11-25). */
    static byte[] priming(String id) {
        return utf8("id: " + id + "\nretry: " + RETRY_MILLIS + "\ndata:\n\n");
    }

    /** Returns what tells a client after how many milliseconds to come back. */
    static byte[] retry(int millis) {
        return utf8("retry: " + millis + "\n\n");
    }

    /** Returns what opens a stream for older clients, which would take an empty event for broken JSON. */
    static byte[] opening() {
        return utf8(": open\nretry: " + RETRY_MILLIS + "\n\n");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package dev.mcppreflight.conformance.fault.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** The open body of an event-stream response. Several threads may send. */
public final class EventStream {

    /** Below every idle limit of a proxy that is in common use. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private final OutputStream out;
    private final InputStream in;
    private final Framing framing;
    private final Closeable connection;

    /** @param in what the client sends on the same connection: nothing, but its end tells that the client went away */
    public EventStream(OutputStream out, InputStream in, Framing framing, Closeable connection) {
        this.out = out;
        this.in = in;
        this.framing = framing;
        this.connection = connection;
    }

    public void send(Event event) throws IOException {
        send(framing.frame(event));
    }

    /** Sends bytes that no framing touches. */
    public void send(byte[] bytes) throws IOException {
        synchronized (out) {
            if (bytes.length > 0) {
                out.write(bytes);
                out.flush();
            }
        }
    }

    /** Keeps the stream open, with a heartbeat, until the client or the server closes the connection. */
    public void awaitClose() throws IOException {
        while (clientIsThere()) {
            send(Event.comment("heartbeat"));
        }
    }

    /** Like {@link #awaitClose} but without a sign of life. */
    public void awaitCloseSilently() {
        try {
            boolean there = clientIsThere();
            while (there) {
                there = clientIsThere();
            }
        } catch (IOException e) {
            // The connection is closed, which is what was awaited.
        }
    }

    /** Ends the stream from another thread. */
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    /** True after a heartbeat's time; false as soon as the client has closed. */
    private boolean clientIsThere() throws IOException {
        try {
            while (in.read() >= 0) {
                // A client has nothing to say on a connection that still answers; what it says is dropped.
            }
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }
}

package dev.mcppreflight.conformance.probe;

import dev.mcppreflight.conformance.wire.Recording;
import java.io.InputStream;

/** One of many event streams that are held open and looked at once: nobody waits on it, so that thousands cost no threads. */
public final class HeldStream implements AutoCloseable {

    private final HttpConnection connection;
    private final InputStream body;
    private final Recording recording;
    private final boolean opened;

    HeldStream(HttpConnection connection, InputStream body, Recording recording, boolean opened) {
        this.connection = connection;
        this.body = body;
        this.recording = recording;
        this.opened = opened;
    }

    /** Whether a stream came at all. */
    public boolean opened() {
        return opened;
    }

    public Recording recording() {
        return recording;
    }

    /** Whether it has ended by now. To be asked once: what came in the meantime is thrown away. */
    public boolean hasEnded() {
        return connection.hasEnded(body);
    }

    @Override
    public void close() {
        connection.close();
        recording.end();
    }
}

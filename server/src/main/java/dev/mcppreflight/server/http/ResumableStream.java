package dev.mcppreflight.server.http;

import dev.mcppreflight.server.protocol.Outlet;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One stream of a session, whatever connection carries it: its messages are numbered and kept for a while, so that a client
 * that lost the connection takes the stream up where it was (2025-11-25, basic/transports, "Resumability and Redelivery").
 * Event ids are {@code <stream>-<number>}, so they lead back to their stream.
 */
final class ResumableStream implements Outlet {

    private static final int MOST_EVENTS = 100;
    private static final int MOST_BYTES = 512 * 1024;
    private static final int COME_BACK_MILLIS = 500;

    private final String name;
    private final boolean primed;
    private final Deque<byte[]> kept = new ArrayDeque<>();
    private int bytes;
    private int sent;
    private EventStream connection;
    private boolean awaited = true;
    private boolean leaving;
    private boolean finished;

    /**
     * Creates a stream without connection.
     *
     * @param name the first part of its event ids
     * @param primed whether it begins with an event that says how to come back (since 2025-11-25)
     */
    ResumableStream(String name, boolean primed) {
        this.name = name;
        this.primed = primed;
    }

    /** Returns what the stream begins with: where to come back to, or at least when. */
    private byte[] beginning() {
        return primed ? Events.priming(name + "-0") : Events.opening();
    }

    /**
     * Gives the stream this connection from now on, and returns what the connection has to begin with. The one that it had
     * before ends.
     *
     * @param seen the number of the last event that the client has seen, or -1 when it is new to the stream
     */
    synchronized byte[] attach(EventStream fresh, int seen) {
        if (connection != null) {
            connection.close();
        }
        awaited = false;
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        first.writeBytes(seen < 0 ? beginning() : Events.opening());
        if (leaving) {
            leaving = false;
            first.writeBytes(Events.retry(COME_BACK_MILLIS));
            fresh.close();
            connection = null;
            return first.toByteArray();
        }
        int number = sent - kept.size();
        for (byte[] event : kept) {
            if (++number > seen) {
                first.writeBytes(event);
            }
        }
        connection = finished ? null : fresh;
        if (finished) {
            fresh.close();
        }
        return first.toByteArray();
    }

    /** Notes that this connection has ended. */
    synchronized void detach(EventStream ended) {
        if (connection == ended) {
            connection = null;
        }
    }

    @Override
    public synchronized void send(byte[] message) {
        byte[] event = Events.message(name + "-" + ++sent, message);
        kept.add(event);
        bytes += event.length;
        while (kept.size() > MOST_EVENTS || bytes > MOST_BYTES && kept.size() > 1) {
            bytes -= kept.remove().length;
        }
        if (connection != null) {
            connection.send(event);
        }
    }

    /**
     * Ends the connection, not the stream; without an event id to come back with a client would be lost. The work may be
     * quicker than the connection: then that one ends as soon as it is there.
     */
    @Override
    public synchronized void letGo() {
        if (primed && connection != null) {
            connection.send(Events.retry(COME_BACK_MILLIS));
            connection.close();
            connection = null;
        } else {
            leaving = primed && awaited;
        }
    }

    /** Ends the stream: its last message is sent. */
    synchronized void finish() {
        finished = true;
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    /** Sends a comment, by which a dead connection is found out. */
    synchronized void heartbeat() {
        if (connection != null) {
            connection.send(Events.HEARTBEAT);
        }
    }

    /** Tells whether a client is connected to it. */
    synchronized boolean isConnected() {
        return connection != null;
    }

    /** Tells whether nothing more will come. */
    synchronized boolean isFinished() {
        return finished;
    }

    /** Returns the size of what is kept. */
    synchronized int bytes() {
        return bytes;
    }

    /** Returns the whole stream as the body of an answer. */
    synchronized byte[] whole() {
        ByteArrayOutputStream body = new ByteArrayOutputStream(bytes + 64);
        if (primed) {
            body.writeBytes(beginning());
        }
        kept.forEach(body::writeBytes);
        return body.toByteArray();
    }
}

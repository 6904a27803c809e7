package dev.mcppreflight.server.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.servlet.AsyncContext;
import javax.servlet.AsyncEvent;
import javax.servlet.AsyncListener;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConnection;
import org.eclipse.jetty.server.Request;

/**
 * An open event stream that holds no thread. Writing never blocks: what the client does not take yet waits in a queue,
 * so that one slow client cannot hold up the heartbeat of all others.
 */
final class EventStream implements WriteListener, AsyncListener {

    /** A client that lets this much pile up is taken for dead. */
    private static final int MOST_QUEUED_BYTES = 8 * 1024 * 1024;

    private final Deque<byte[]> queue = new ArrayDeque<>();
    private final Runnable onEnd;
    private AsyncContext async;
    private Request request;
    private ServletOutputStream out;
    private int queuedBytes;
    private boolean writable;
    private boolean unflushed;
    private boolean closing;
    private boolean ended;

    /**
     * Creates a stream that is not open yet; events may already be sent to it.
     *
     * @param onEnd called once when the stream has ended, for whatever reason
     */
    EventStream(Runnable onEnd) {
        this.onEnd = onEnd;
    }

    /** Answers the request with this stream and its first event; both are on the wire when this method returns. */
    void open(HttpServletRequest servletRequest, HttpServletResponse response, byte[] first) throws IOException {
        headers(response);
        AsyncContext context = servletRequest.startAsync();
        context.setTimeout(0);
        context.addListener(this);
        ServletOutputStream stream = response.getOutputStream();
        synchronized (queue) {
            async = context;
            request = Request.getBaseRequest(servletRequest);
            out = stream;
        }
        try {
            stream.write(first);
            response.flushBuffer();
            stream.setWriteListener(this);
        } catch (IOException e) {
            onError(e);
        }
    }

    /** Sets the headers of an event stream: no cache, no proxy buffering, no compression. */
    static void headers(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream");
        response.setHeader("Cache-Control", "no-cache, no-transform");
        response.setHeader("X-Accel-Buffering", "no");
    }

    /** Sends an event or a comment; after the end of the stream it does nothing. */
    void send(byte[] event) {
        synchronized (queue) {
            if (ended || closing) {
                return;
            }
            queue.add(event);
            queuedBytes += event.length;
            if (queuedBytes > MOST_QUEUED_BYTES && request != null) {
                request.getHttpChannel().abort(new IOException("the client does not read"));
            }
        }
        drain();
    }

    /** Ends the stream after the events sent so far. */
    void close() {
        synchronized (queue) {
            closing = true;
        }
        drain();
    }

    /**
     * Tells whether anybody is at the other end, and ends the stream if not. While a stream is open the container watches
     * for room to write alone; that the client hung up it would learn from the second heartbeat after.
     */
    boolean hasClient() {
        try {
            synchronized (queue) {
                if (ended || request == null || !isHungUp(request)) {
                    return !ended;
                }
            }
            onError(new EOFException("the client hung up"));
        } catch (IOException e) {
            onError(e);
        }
        return false;
    }

    /** Tells whether the client that sent this request has gone away without an answer. */
    static boolean isHungUp(HttpServletRequest servletRequest) {
        try {
            return isHungUp(Request.getBaseRequest(servletRequest));
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * The request has been read whole: what can come is the end, or the next request of a client that does not wait for
     * answers. That one's first byte goes where the container looks for it.
     */
    private static boolean isHungUp(Request request) throws IOException {
        EndPoint end = request.getHttpChannel().getEndPoint();
        if (!(end.getTransport() instanceof SocketChannel channel)
                || !(end.getConnection() instanceof HttpConnection connection)
                || !connection.isRequestBufferEmpty()) {
            return false;
        }
        ByteBuffer one = ByteBuffer.allocate(1);
        int read = channel.read(one);
        if (read > 0) {
            connection.onUpgradeTo(one.flip());
        }
        return read < 0;
    }

    private void drain() {
        try {
            synchronized (queue) {
                if (writable && !ended) {
                    write();
                }
            }
        } catch (IOException | IllegalStateException e) {
            onError(e);
        }
    }

    /** Writes while the container takes it; when it does not, the container calls {@link #onWritePossible()} later. */
    private void write() throws IOException {
        while (out.isReady()) {
            byte[] event = queue.poll();
            if (event != null) {
                queuedBytes -= event.length;
                unflushed = true;
                out.write(event);
            } else if (unflushed) {
                unflushed = false;
                out.flush();
            } else {
                if (closing) {
                    closing = false;
                    async.complete();
                }
                return;
            }
        }
    }

    @Override
    public void onWritePossible() {
        synchronized (queue) {
            writable = true;
        }
        drain();
    }

    @Override
    public void onError(Throwable failure) {
        if (end()) {
            request.getHttpChannel().abort(failure);
            completeQuietly();
        }
    }

    private void completeQuietly() {
        try {
            async.complete();
        } catch (IllegalStateException e) {
            // The container has completed it already.
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // The stream is started once.
    }

    private boolean end() {
        synchronized (queue) {
            if (ended) {
                return false;
            }
            ended = true;
            queue.clear();
        }
        onEnd.run();
        return true;
    }
}

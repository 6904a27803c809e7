package dev.mcppreflight.conformance.probe;

import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.Recording;
import dev.mcppreflight.conformance.wire.SseEvent;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** An event stream that stays open, read in the background; or the answer that came in its place. */
public final class HttpStream implements AutoCloseable {

    /** A stream that says more than this says nothing; what comes later is let go. */
    private static final int MAX_EVENTS = 5_000;

    private static final long MAX_OCTETS = 64L * 1024 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<SseEvent> events = new ArrayList<>();
    private final HttpConnection connection;
    private final Recording recording;
    private HttpAnswer answer;
    private boolean ended;
    private volatile boolean closing;

    private HttpStream(HttpConnection connection, Recording recording, HttpAnswer answer) {
        this.connection = connection;
        this.recording = recording;
        this.answer = answer;
        this.ended = connection == null;
    }

    static HttpStream refused(HttpAnswer answer) {
        return new HttpStream(null, answer.recording(), answer);
    }

    static HttpStream reading(HttpConnection connection, InputStream in, Recording recording) {
        HttpAnswer head = new HttpAnswer(connection.status(), connection.headers(), "", List.of(), null, recording);
        HttpStream stream = new HttpStream(connection, recording, head);
        Thread reader = new Thread(() -> stream.read(in), "event-stream");
        reader.setDaemon(true);
        reader.start();
        return stream;
    }

    /** Whether a stream was opened. */
    public boolean isOpen() {
        return connection != null;
    }

    /** Status and headers; the whole answer where no stream was opened. */
    public HttpAnswer answer() {
        return answer;
    }

    public Recording recording() {
        return recording;
    }

    /** The first event, already come or coming within the time, that fits; null for none. */
    public SseEvent await(Predicate<SseEvent> wanted, Duration time) {
        long left = time.toNanos();
        int seen = 0;
        lock.lock();
        try {
            while (true) {
                for (; seen < events.size(); seen++) {
                    if (wanted.test(events.get(seen))) {
                        return events.get(seen);
                    }
                }
                if (ended || left <= 0) {
                    return null;
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the stream ends by itself within the time. */
    public boolean endsWithin(Duration time) {
        long left = time.toNanos();
        lock.lock();
        try {
            while (!ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** The events so far. */
    public List<SseEvent> events() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    private void read(InputStream in) {
        try {
            long octets = 0;
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                if (++octets > MAX_OCTETS) {
                    recording.failed(Failure.Kind.TOO_LARGE, "the stream is longer than " + MAX_OCTETS + " octets");
                    connection.close();
                    return;
                }
                SseEvent event = recording.streamOctet(octet);
                if (event != null) {
                    add(event);
                }
            }
            recording.ended();
        } catch (IOException e) {
            if (!closing) {
                Failure failure = HttpConnection.failure(e, recording, true);
                recording.failed(failure.kind(), failure.detail());
            }
        } finally {
            end();
        }
    }

    private void add(SseEvent event) {
        lock.lock();
        try {
            if (events.size() < MAX_EVENTS) {
                events.add(event);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits at most this long for what a thing that does not happen would look like. */
    public static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing = true;
        if (connection != null) {
            connection.close();
            recording.end();
        }
    }
}

package dev.mcppreflight.conformance.probe;

import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.Recording;
import dev.mcppreflight.conformance.wire.SseEvent;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** An event stream that stays open, read in the background; or the answer that came in its place. */
public final class HttpStream implements AutoCloseable {

    private static final int MAX_EVENTS = 5_000;

    /** More than any honest stream brings in a run; it is held in memory. */
    static final long MAX_OCTETS = 32L * 1024 * 1024;

    private final Arrivals<SseEvent> events = new Arrivals<>(MAX_EVENTS);
    private final HttpConnection connection;
    private final Recording recording;
    private HttpAnswer answer;
    private volatile boolean closing;

    private HttpStream(HttpConnection connection, Recording recording, HttpAnswer answer) {
        this.connection = connection;
        this.recording = recording;
        this.answer = answer;
        if (connection == null) {
            events.end();
        }
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
        return events.await(0, wanted, time);
    }

    /** Whether the stream ends by itself within the time. */
    public boolean endsWithin(Duration time) {
        return events.endWithin(time);
    }

    /** The events so far. */
    List<SseEvent> events() {
        return events.soFar();
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
                    events.add(event);
                }
            }
            // Closing shuts our half down first, and a polite server then ends its own.
            if (!closing) {
                recording.ended();
            }
        } catch (IOException e) {
            if (!closing) {
                Failure failure = Dial.failure(e, recording, true);
                recording.failed(failure.kind(), failure.detail());
            }
        } finally {
            events.end();
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

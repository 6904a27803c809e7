package dev.mcppreflight.conformance.probe;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.target.Limits;
import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.Purpose;
import dev.mcppreflight.conformance.wire.Recording;
import dev.mcppreflight.conformance.wire.SseEvent;
import dev.mcppreflight.conformance.wire.SseParser;
import dev.mcppreflight.conformance.wire.WireLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/** Sends exactly these bytes on a connection of their own, follows no redirect, retries nothing, and records it. */
public final class HttpProbe {

    private static final Set<Failure.Kind> SILENCES =
            Set.of(Failure.Kind.CONNECT_TIMEOUT, Failure.Kind.NO_ANSWER, Failure.Kind.UNFINISHED);

    /** Within so many octets the first event of a stream of HTTP+SSE has come. */
    private static final int EARLY = 16 * 1024;

    private final Trust trust;
    private final Names names;
    private final Limits limits;
    private final Patience patience;
    private final Streams streams;

    /** A probe whose patience is that of a whole run. */
    public HttpProbe(Trust trust, Names names, Limits limits, Patience patience) {
        this(trust, names, limits, patience, new Streams());
    }

    private HttpProbe(Trust trust, Names names, Limits limits, Patience patience, Streams streams) {
        this.trust = trust;
        this.names = names;
        this.limits = limits;
        this.patience = patience;
        this.streams = streams;
    }

    /** The same, but it waits each time for as long as these limits say. */
    public HttpProbe within(Limits others) {
        return new HttpProbe(trust, names, others, new Patience(others.timeout()), streams);
    }

    /** The same, but it waits no longer each time than these limits say, and draws on the same patience. */
    public HttpProbe brief(Limits others) {
        return new HttpProbe(trust, names, others, patience.within(others.timeout()), streams);
    }

    public Patience patience() {
        return patience;
    }

    /** All event streams that were opened by this probe, and by those that came of it. */
    public Streams streams() {
        return streams;
    }

    public Names names() {
        return names;
    }

    public Limits limits() {
        return limits;
    }

    /** Sends a request and reads its answer to the end. */
    public HttpAnswer send(HttpRequest request, String purpose, WireLog log) {
        return send(request, purpose, log, event -> false);
    }

    /**
     * Sends a request and reads its answer to the end, or, where that is an event stream, to the first event that is the
     * last one wanted.
     */
    public HttpAnswer send(HttpRequest request, String purpose, WireLog log, Predicate<SseEvent> last) {
        Recording recording = begin(request, purpose, log);
        List<SseEvent> events = new ArrayList<>();
        String body = "";
        try (Patience.Wait wait = patience.begin(kind(request), Purpose.manner(purpose));
                HttpConnection connection = new HttpConnection(recording, limits.withTimeout(wait.time()))) {
            Failure failure = null;
            try {
                connection.connect(request.url(), trust, names);
                connection.exchange(request);
                InputStream in = decoded(connection, request);
                if (isStream(connection)) {
                    readEvents(in, recording, events, last);
                } else {
                    body = readText(in, recording, false);
                }
                wait.answered();
            } catch (IOException e) {
                failure = failed(e, connection, recording, wait);
            }
            return new HttpAnswer(connection.status(), connection.headers(), body, events, failure, recording);
        }
    }

    /** Opens a stream and reads its events in the background until it is closed. */
    public HttpStream open(HttpRequest request, String purpose, WireLog log) {
        Recording recording = begin(request, purpose, log);
        Patience.Wait wait = patience.begin(kind(request), Purpose.manner(purpose));
        HttpConnection connection = new HttpConnection(recording, limits.withTimeout(wait.time()));
        try (wait) {
            connection.connect(request.url(), trust, names);
            connection.exchange(request);
            InputStream in = decoded(connection, request);
            if (!isStream(connection) || connection.status() != 200) {
                String body;
                try (connection) {
                    body = readText(in, recording, true);
                }
                return HttpStream.refused(
                        new HttpAnswer(connection.status(), connection.headers(), body, List.of(), null, recording));
            }
            connection.untimed();
            HttpStream stream = HttpStream.reading(connection, in, recording);
            streams.add(stream);
            return stream;
        } catch (IOException e) {
            connection.close();
            Failure failure = failed(e, connection, recording, wait);
            return HttpStream.refused(
                    new HttpAnswer(connection.status(), connection.headers(), "", List.of(), failure, recording));
        }
    }

    /** Opens a stream, reads its first event if it is to have one, and then holds it without a thread of its own. */
    public HeldStream hold(HttpRequest request, String purpose, WireLog log, boolean awaitEvent) {
        Recording recording = begin(request, purpose, log);
        Patience.Wait wait = patience.begin(kind(request), Purpose.manner(purpose));
        HttpConnection connection = new HttpConnection(recording, limits.withTimeout(wait.time()));
        try (wait) {
            connection.connect(request.url(), trust, names);
            connection.exchange(request);
            InputStream in = decoded(connection, request);
            if (!isStream(connection) || connection.status() != 200) {
                try (connection) {
                    readText(in, recording, true);
                }
                return new HeldStream(connection, InputStream.nullInputStream(), recording, false);
            }
            if (awaitEvent) {
                readEvents(in, recording, new ArrayList<>(), event -> true);
            }
            return new HeldStream(connection, in, recording, true);
        } catch (IOException e) {
            connection.close();
            failed(e, connection, recording, wait);
            return new HeldStream(connection, InputStream.nullInputStream(), recording, false);
        }
    }

    private static Failure failed(IOException e, HttpConnection connection, Recording recording, Patience.Wait wait) {
        Failure failure = Dial.failure(e, recording, connection.status() > 0);
        recording.failed(failure.kind(), failure.detail());
        if (SILENCES.contains(failure.kind())) {
            wait.wasted();
        }
        return failure;
    }

    /** What is asked for: one method of a protocol may be answered where another is not. */
    private static String kind(HttpRequest request) {
        String called = Json.parseOrMissing(request.body()).get("method").text();
        return request.method() + " " + (called.isEmpty() ? request.url().getPath() : called);
    }

    private static Recording begin(HttpRequest request, String purpose, WireLog log) {
        return log.begin(purpose, request.method(), request.url().toString(), request.headers(), request.body());
    }

    private static boolean isStream(HttpConnection connection) {
        return Header.first(connection.headers(), "Content-Type")
                .map(value -> value.toLowerCase(Locale.ROOT).startsWith("text/event-stream"))
                .orElse(false);
    }

    private static InputStream decoded(HttpConnection connection, HttpRequest request) throws IOException {
        InputStream in = connection.body(request.method());
        boolean coded = Header.first(connection.headers(), "Content-Encoding")
                .map(value -> value.trim().equalsIgnoreCase("gzip"))
                .orElse(false);
        boolean asked = Header.first(request.headers(), "Accept-Encoding")
                .map(value -> value.contains("gzip"))
                .orElse(false);
        return coded && asked ? new GZIPInputStream(in) : in;
    }

    private static void readEvents(InputStream in, Recording recording, List<SseEvent> events, Predicate<SseEvent> last)
            throws IOException {
        long octets = 0;
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (++octets > HttpStream.MAX_OCTETS) {
                throw new ProbeFailure(
                        Failure.Kind.TOO_LARGE, "the stream is longer than " + HttpStream.MAX_OCTETS + " octets");
            }
            SseEvent event = recording.streamOctet(octet);
            if (event != null) {
                events.add(event);
                if (last.test(event)) {
                    recording.end();
                    return;
                }
            }
        }
        recording.ended();
    }

    /** @param stream whether a stream was asked for: one whose type does not say so has no end to wait for either */
    private String readText(InputStream in, Recording recording, boolean stream) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] buffer = new byte[16 * 1024];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                text.write(buffer, 0, count);
                if (text.size() > limits.maxBody()) {
                    throw new ProbeFailure(
                            Failure.Kind.TOO_LARGE, "the body is larger than " + limits.maxBody() + " octets");
                }
                if (stream && text.size() < EARLY && SseParser.isBegun(text.toString(StandardCharsets.UTF_8))) {
                    recording.end();
                    return text.toString(StandardCharsets.UTF_8);
                }
            }
            recording.ended();
        } finally {
            recording.body(text.toByteArray());
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}

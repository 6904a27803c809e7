package dev.mcppreflight.server.http;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The streams of one session of Streamable HTTP, the latest of those that have ended included. */
final class SessionStreams {

    private static final int MOST_LISTENING = 8;
    private static final int MOST_KEPT = 16;
    private static final int MOST_BYTES = 1024 * 1024;
    private static final Pattern EVENT_ID = Pattern.compile("(\\d{1,18})-(\\d{1,9})");

    private final Map<String, ResumableStream> answers = new LinkedHashMap<>();
    private final Map<String, ResumableStream> listening = new LinkedHashMap<>();
    private long names;

    /** Where a client wants to go on. */
    record Place(ResumableStream stream, int seen) {}

    /** Returns a new stream for answers. */
    synchronized ResumableStream answer(boolean primed) {
        return add(answers, primed);
    }

    /**
     * Returns a new stream for messages that belong to no request.
     *
     * @throws HttpRefusal 429 when the session has too many
     */
    synchronized ResumableStream listen(boolean primed) {
        if (listening.values().stream().filter(ResumableStream::isConnected).count() >= MOST_LISTENING) {
            throw new HttpRefusal(429, "Too many streams in this session: close one first");
        }
        return add(listening, primed);
    }

    private ResumableStream add(Map<String, ResumableStream> streams, boolean primed) {
        forgetTheOldest(answers, ResumableStream::isFinished);
        forgetTheOldest(listening, stream -> true);
        String name = Long.toString(++names);
        ResumableStream stream = new ResumableStream(name, primed);
        streams.put(name, stream);
        return stream;
    }

    /** Nobody waits for a stream that has ended, or that its listener has left; it is kept in case that somebody does. */
    private static void forgetTheOldest(
            Map<String, ResumableStream> streams, java.util.function.Predicate<ResumableStream> over) {
        int bytes = streams.values().stream().mapToInt(ResumableStream::bytes).sum();
        Iterator<ResumableStream> oldest = streams.values().iterator();
        while (oldest.hasNext() && (streams.size() >= MOST_KEPT || bytes > MOST_BYTES)) {
            ResumableStream stream = oldest.next();
            if (!stream.isConnected() && over.test(stream)) {
                bytes -= stream.bytes();
                oldest.remove();
            }
        }
    }

    /**
     * Returns where to go on, if it is known.
     *
     * @param lastEventId what the client sent, or null
     */
    synchronized Optional<Place> find(String lastEventId) {
        Matcher id = EVENT_ID.matcher(lastEventId == null ? "" : lastEventId);
        if (!id.matches()) {
            return Optional.empty();
        }
        ResumableStream stream = answers.getOrDefault(id.group(1), listening.get(id.group(1)));
        return stream == null ? Optional.empty() : Optional.of(new Place(stream, Integer.parseInt(id.group(2))));
    }

    /** Sends a message that belongs to no request on one stream, never on two; without listener it is kept for one. */
    void tell(byte[] message) {
        ResumableStream chosen = null;
        for (ResumableStream stream : listening()) {
            if (chosen == null || stream.isConnected() || !chosen.isConnected()) {
                chosen = stream;
            }
        }
        if (chosen != null) {
            chosen.send(message);
        }
    }

    private synchronized List<ResumableStream> listening() {
        return new ArrayList<>(listening.values());
    }

    private synchronized List<ResumableStream> all() {
        List<ResumableStream> all = new ArrayList<>(answers.values());
        all.addAll(listening.values());
        return all;
    }

    /** Sends a comment on every open connection. */
    void heartbeat() {
        all().forEach(ResumableStream::heartbeat);
    }

    /** Tells whether a client is connected to any stream. */
    boolean isConnected() {
        return all().stream().anyMatch(ResumableStream::isConnected);
    }

    /** Ends all streams. */
    void close() {
        all().forEach(ResumableStream::finish);
    }
}

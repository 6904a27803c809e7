package dev.mcppreflight.server.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The latest answers that a session sent as events, for a client that lost the connection and comes back with
 * {@code Last-Event-ID} (2025-11-25, basic/transports, "Resumability and Redelivery"). Event ids are
 * {@code <stream>-<number>}, so they lead back to their stream.
 */
final class Replay {

    private static final int MOST_STREAMS = 16;

    private final Map<String, List<byte[]>> eventsByStream = new LinkedHashMap<>();

    /** Remembers the events of a stream, numbered from 1; the oldest stream is forgotten when there are too many. */
    synchronized void remember(String stream, List<byte[]> events) {
        eventsByStream.put(stream, List.copyOf(events));
        if (eventsByStream.size() > MOST_STREAMS) {
            eventsByStream.remove(eventsByStream.keySet().iterator().next());
        }
    }

    /**
     * Returns the events that follow this one on its stream; none when the id is unknown.
     *
     * @param lastEventId what the client sent, or null
     */
    synchronized List<byte[]> after(String lastEventId) {
        if (lastEventId == null || !lastEventId.matches("\\d{1,18}-\\d{1,9}")) {
            return List.of();
        }
        String[] parts = lastEventId.split("-");
        List<byte[]> events = eventsByStream.getOrDefault(parts[0], List.of());
        int seen = Math.min(Integer.parseInt(parts[1]), events.size());
        return new ArrayList<>(events.subList(seen, events.size()));
    }
}

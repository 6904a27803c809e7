package dev.mcppreflight.conformance.fault.mcp;

import dev.mcppreflight.conformance.fault.http.Event;
import dev.mcppreflight.conformance.fault.http.EventStream;
import dev.mcppreflight.conformance.fault.http.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What the server knows of one client between two messages. */
public final class Session {

    private static final int REMEMBERED_STREAMS = 100;

    private final String id;
    private final String owner;
    private volatile String revision;
    private final List<EventStream> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger streams = new AtomicInteger();
    private final ConcurrentSkipListMap<Integer, List<Event>> sent = new ConcurrentSkipListMap<>();

    /** @param owner the user whose session it is; the empty string where users are not told apart */
    public Session(String id, String owner) {
        this.id = id;
        this.owner = owner;
    }

    /** A client without a session, known by nothing but the revision that it names. */
    public static Session stateless(String revision) {
        Session session = new Session("", "");
        session.negotiated(revision);
        return session;
    }

    public String id() {
        return id;
    }

    public boolean isOf(Request request) {
        return owner.equals(request.subject());
    }

    public boolean isInitialized() {
        return revision != null;
    }

    /** The negotiated revision; the empty string before initialization. */
    public String revision() {
        return revision == null ? "" : revision;
    }

    void negotiated(String agreed) {
        revision = agreed;
    }

    public void opened(EventStream stream) {
        open.add(stream);
    }

    public void closed(EventStream stream) {
        open.remove(stream);
    }

    /** Sends on the one stream of the HTTP+SSE transport. */
    public void deliver(Event event) {
        for (EventStream stream : open) {
            try {
                stream.send(event);
            } catch (IOException e) {
                stream.close();
            }
        }
    }

    public void end() {
        open.forEach(EventStream::close);
    }

    /** Opens a stream whose events can be asked for again; its number is part of each event id. */
    public int nextStream() {
        int number = streams.incrementAndGet();
        sent.put(number, new ArrayList<>());
        if (sent.size() > REMEMBERED_STREAMS) {
            sent.pollFirstEntry();
        }
        return number;
    }

    /** The id of an event: unique within the session, and telling its stream. */
    public static String eventId(int stream, int position) {
        return stream + "-" + position;
    }

    public void remember(int stream, Event event) {
        sent.computeIfPresent(stream, (number, events) -> {
            events.add(event);
            return events;
        });
    }

    /** The events of the same stream that came after this one. */
    public List<Event> after(String eventId) {
        String[] parts = eventId.split("-");
        try {
            List<Event> events = sent.getOrDefault(Integer.parseInt(parts[0]), List.of());
            int position = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
            return events.stream()
                    .filter(event -> Integer.parseInt(event.id().split("-")[1]) > position)
                    .toList();
        } catch (NumberFormatException e) {
            return List.of();
        }
    }
}

package dev.mcppreflight.server.http;

import dev.mcppreflight.server.protocol.Audience;
import dev.mcppreflight.server.protocol.Peer;
import dev.mcppreflight.server.protocol.Revision;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** A session of Streamable HTTP; it outlives its connections. */
final class StreamableSession implements Session {

    private final String id;
    private final Peer peer;
    private final SessionStreams streams;
    private final Audience audience;
    private final Clock clock;
    private volatile Instant lastUse;

    /** Creates the session of a client that has introduced itself. */
    StreamableSession(String id, Peer peer, SessionStreams streams, Audience audience, Clock clock) {
        this.id = id;
        this.peer = peer;
        this.streams = streams;
        this.audience = audience;
        this.clock = clock;
        this.lastUse = clock.instant();
        audience.add(peer);
    }

    @Override
    public String id() {
        return id;
    }

    /** Returns the client. */
    Peer peer() {
        return peer;
    }

    /** Returns the negotiated revision. */
    Revision revision() {
        return peer.revision();
    }

    /** Notes that the client is alive. */
    void touch() {
        lastUse = clock.instant();
    }

    /** Returns a new stream for an answer. */
    ResumableStream answerStream() {
        return streams.answer(revision().hasPrimingEvents());
    }

    /**
     * Opens a stream for messages that belong to no request, or goes on with the one that the client lost: {@code GET /mcp}.
     *
     * @throws HttpRefusal 429 when the session has too many
     */
    void listen(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SessionStreams.Place place = streams.find(request.getHeader("Last-Event-ID"))
                .orElseGet(
                        () -> new SessionStreams.Place(streams.listen(revision().hasPrimingEvents()), -1));
        connect(place.stream(), place.seen(), request, response);
    }

    /** Answers a request with this stream. */
    void connect(ResumableStream stream, int seen, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        AtomicReference<EventStream> self = new AtomicReference<>();
        EventStream connection = new EventStream(() -> {
            touch();
            stream.detach(self.get());
        });
        self.set(connection);
        connection.open(request, response, stream.attach(connection, seen));
    }

    /** Sends a comment on every open stream. */
    void heartbeat() {
        streams.heartbeat();
    }

    @Override
    public Instant lastUse() {
        return lastUse;
    }

    @Override
    public boolean isIdleSince(Instant time) {
        return lastUse.isBefore(time) && !peer.isBusy() && !streams.isConnected();
    }

    @Override
    public void close() {
        audience.remove(peer);
        streams.close();
    }
}

package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.HttpProbe;
import dev.mcppreflight.conformance.probe.HttpRequest;
import dev.mcppreflight.conformance.probe.HttpStream;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.target.Transport;
import dev.mcppreflight.conformance.wire.Purpose;
import dev.mcppreflight.conformance.wire.WireLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What loads a server, or takes long: a large body, many sessions, many streams, and streams and sessions that are left alone
 * for a while. Done only where the operator asks for it, and bounded in number and time.
 */
final class Soak {

    /** Above the usual limit of nginx, one megabyte. */
    private static final int LARGE_BODY = 1_200_000;

    private static final int SESSIONS = 40;
    private static final int STREAMS = 12;
    private static final Duration BRIEF = Duration.ofSeconds(2);

    private final Contact contact;
    private final Target target;
    private final HttpProbe probe;
    private final WireLog log;

    Soak(Contact contact, WireLog log) {
        this.contact = contact;
        this.target = contact.target();
        HttpProbe whole = contact.probe();
        Duration fair = whole.patience().scant();
        // A patience of its own: what the checks have spent in vain is spent on something else.
        this.probe = whole.within(target.limits().withTimeout(fair.compareTo(BRIEF) > 0 ? fair : BRIEF));
        this.log = log;
    }

    void run(Duration time) {
        if (target.isCommand() || contact.brokenAt().isPresent()) {
            return;
        }
        List<Session> own = new ArrayList<>();
        try {
            // The session that the checks share may have rested for a while already.
            Session rested = open(own);
            Session busy = open(own);
            sendLargeBody(busy);
            restOnStreams(time, busy);
            rested.send(ping(Purpose.AFTER_REST), log);
            crowdStreams(open(own));
        } catch (Mismatch e) {
            // The checks before have left no room; how it refuses is seen below.
        } finally {
            own.forEach(contact::end);
        }
        openManySessions();
    }

    private Session open(List<Session> own) {
        Session session = contact.openSession(contact.newLog(), probe);
        own.add(session);
        return session;
    }

    private Outgoing ping(String purpose) {
        return Outgoing.plain(purpose, contact.request("ping", Json.MISSING));
    }

    private void sendLargeBody(Session session) {
        Json meta = Json.object("dev.mcppreflight/padding", "x".repeat(LARGE_BODY));
        session.send(Outgoing.plain(Purpose.LARGE, contact.request("ping", Json.object("_meta", meta))), log);
    }

    /** Two at once: the same age at the end of both is a timer, not an accident. */
    private void restOnStreams(Duration time, Session session) {
        List<HttpStream> streams = List.of(stream(session, log), stream(session, log));
        long end = System.nanoTime() + time.toNanos();
        streams.forEach(stream -> {
            if (stream.isOpen()) {
                stream.endsWithin(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
        });
        streams.forEach(HttpStream::close);
        HttpStream.pause(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }

    private HttpStream stream(Session session, WireLog of) {
        HttpRequest request = session.carrier() instanceof StreamableSession streamable
                ? streamable.request("GET", null)
                : new HttpRequest("GET", target.url(), HttpHeaders.stream(target), null);
        return probe.open(request, Purpose.HELD_STREAM, of);
    }

    private void crowdStreams(Session session) {
        List<HttpStream> open = new ArrayList<>();
        WireLog aside = contact.newLog();
        try {
            for (int i = 0; i < STREAMS; i++) {
                HttpStream stream = stream(session, aside);
                if (!stream.isOpen()) {
                    break;
                }
                open.add(stream);
            }
            session.send(ping(Purpose.BESIDE_STREAMS), log);
        } finally {
            open.forEach(HttpStream::close);
        }
    }

    /** As hosted clients come: again and again, and seldom with a good-bye. */
    private void openManySessions() {
        if (contact.transport() != Transport.STREAMABLE) {
            return;
        }
        for (int i = 0; i < SESSIONS; i++) {
            Outgoing message = contact.initializeMessage(target.revision()).named(Purpose.CROWD);
            Reply reply = new StreamableSession(target, target.url(), probe).send(message, log);
            if (!reply.isResult()) {
                return;
            }
        }
    }
}

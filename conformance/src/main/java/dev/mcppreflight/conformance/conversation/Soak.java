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
        this.probe = contact.probe().brief(target.limits().withTimeout(BRIEF));
        this.log = log;
    }

    void run(Duration time) {
        if (target.isCommand() || contact.brokenAt().isPresent()) {
            return;
        }
        Session rested;
        try {
            rested = contact.openSession(contact.newLog());
        } catch (Mismatch e) {
            // The checks before have left no room; how it refuses is what there is to see.
            openManySessions();
            return;
        }
        try {
            sendLargeBody();
            restOnStreams(time);
            rested.send(ping(Purpose.AFTER_REST), log);
            crowdStreams();
            openManySessions();
        } finally {
            rested.close();
        }
    }

    private Outgoing ping(String purpose) {
        return Outgoing.plain(purpose, contact.request("ping", Json.MISSING));
    }

    private void sendLargeBody() {
        Json meta = Json.object("dev.mcppreflight/padding", "x".repeat(LARGE_BODY));
        contact.shared(log)
                .send(Outgoing.plain(Purpose.LARGE, contact.request("ping", Json.object("_meta", meta))), log);
    }

    /** Two at once: the same age at the end of both is a timer, not an accident. */
    private void restOnStreams(Duration time) {
        List<HttpStream> streams = List.of(stream(Purpose.HELD_STREAM), stream(Purpose.HELD_STREAM));
        long end = System.nanoTime() + time.toNanos();
        streams.forEach(stream -> {
            if (stream.isOpen()) {
                stream.endsWithin(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
        });
        streams.forEach(HttpStream::close);
        HttpStream.pause(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }

    private HttpStream stream(String purpose) {
        HttpRequest request = contact.transport() == Transport.SSE
                ? new HttpRequest("GET", target.url(), HttpHeaders.stream(target), null)
                : ((StreamableSession) contact.shared(log)).request("GET", null);
        return probe.open(request, purpose, log);
    }

    private void crowdStreams() {
        List<HttpStream> open = new ArrayList<>();
        WireLog aside = contact.newLog();
        HttpRequest request = contact.transport() == Transport.SSE
                ? new HttpRequest("GET", target.url(), HttpHeaders.stream(target), null)
                : ((StreamableSession) contact.shared(log)).request("GET", null);
        try {
            for (int i = 0; i < STREAMS; i++) {
                HttpStream stream = probe.open(request, Purpose.HELD_STREAM, aside);
                if (!stream.isOpen()) {
                    break;
                }
                open.add(stream);
            }
            contact.shared(log).send(ping(Purpose.BESIDE_STREAMS), log);
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

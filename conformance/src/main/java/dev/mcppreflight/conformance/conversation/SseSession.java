package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.HttpAnswer;
import dev.mcppreflight.conformance.probe.HttpProbe;
import dev.mcppreflight.conformance.probe.HttpRequest;
import dev.mcppreflight.conformance.probe.HttpStream;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.target.Transport;
import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.Purpose;
import dev.mcppreflight.conformance.wire.SseEvent;
import dev.mcppreflight.conformance.wire.WireLog;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/** A session over HTTP+SSE (2024-11-05 basic/transports#http-with-sse). */
final class SseSession implements Session {

    private static final Duration AT_ONCE = Duration.ofMillis(300);

    /** How often in a session an answer in the body of the POST is awaited on the stream as well, before it is known for a habit. */
    private static final int ONCE_MORE = 1;

    private final AtomicInteger answeredInBody = new AtomicInteger();
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final Target target;
    private final URI address;
    private final HttpProbe probe;
    private volatile HttpStream stream;
    private volatile URI messages;

    SseSession(Target target, URI address, HttpProbe probe) {
        this.target = target;
        this.address = address;
        this.probe = probe;
    }

    /** A session over a stream that is open already. */
    SseSession(Target target, URI address, HttpProbe probe, HttpStream stream) {
        this(target, address, probe);
        this.stream = stream;
        readEndpoint();
    }

    @Override
    public Transport transport() {
        return Transport.SSE;
    }

    /** Where messages are posted, resolved against the stream's address; null before the endpoint event. */
    URI messages() {
        return messages;
    }

    HttpStream stream() {
        return stream;
    }

    /** One sentence for people about how the stream opened. */
    String observed() {
        return new Reply(stream.recording().exchange(), Json.MISSING, Json.MISSING).observed();
    }

    @Override
    public Reply open(WireLog log) {
        return open(log, Purpose.STREAM, UnaryOperator.identity());
    }

    Reply open(WireLog log, String purpose, UnaryOperator<HttpRequest> adjustment) {
        HttpRequest request = adjustment.apply(streamRequest());
        stream = probe.open(request, purpose, log);
        readEndpoint();
        return new Reply(stream.recording().exchange(), Json.MISSING, Json.MISSING);
    }

    HttpRequest streamRequest() {
        return new HttpRequest("GET", address, HttpHeaders.stream(target), null);
    }

    private void readEndpoint() {
        if (!stream.isOpen()) {
            return;
        }
        Duration patience = probe.patience().next();
        SseEvent event = stream.await(candidate -> candidate.name().equals("endpoint"), patience);
        if (event == null) {
            probe.patience().wasted(patience);
            stream.recording()
                    .failed(
                            stream.endsWithin(Duration.ZERO) ? Failure.Kind.TRUNCATED : Failure.Kind.UNFINISHED,
                            "no endpoint event within " + stream.recording().elapsed() + " ms");
            return;
        }
        try {
            messages = address.resolve(event.data().trim());
        } catch (IllegalArgumentException e) {
            stream.recording().failed(Failure.Kind.UNFINISHED, "the endpoint event holds no address");
        }
    }

    @Override
    public Reply send(Outgoing message, WireLog log) {
        if (message.method().equals("GET")) {
            try (HttpStream other = probe.open(message.adjustment().apply(streamRequest()), message.purpose(), log)) {
                if (other.isOpen()) {
                    other.await(event -> true, probe.limits().quiet());
                }
                return new Reply(
                        other.recording().exchange(),
                        message.id(),
                        Reply.spoken(
                                other.answer().status(),
                                Json.parseOrMissing(other.answer().body())));
            }
        }
        boolean post = message.method().equals("POST");
        HttpRequest request = new HttpRequest(
                message.method(),
                post ? messages : address,
                post ? HttpHeaders.post(target) : HttpHeaders.common(target),
                post ? message.text() : null);
        // One message at a time, as long as answers come at once: some servers break their stream when several answers
        // meet on it, which would then look like anything but what it is.
        oneAtATime.lock();
        HttpAnswer answer;
        Json inBody;
        SseEvent event = null;
        Duration patience = Duration.ZERO;
        try {
            answer = probe.send(message.adjustment().apply(request), message.purpose(), log);
            inBody = Reply.spoken(answer.status(), Json.parseOrMissing(answer.body()));
            if (answer.isSuccess() && message.id().isPresent()) {
                boolean answered = message.isAnsweredBy(inBody);
                boolean habit = answered && answeredInBody.incrementAndGet() > ONCE_MORE;
                patience = habit
                        ? Duration.ZERO
                        : answered ? probe.limits().quiet() : probe.patience().next();
                event = await(message, shorter(patience, atOnce()));
            }
        } finally {
            oneAtATime.unlock();
        }
        if (!answer.isSuccess()) {
            return reply(answer, message, inBody);
        }
        if (message.id().isMissing()) {
            return reply(answer, message, inBody.isPresent() ? inBody : unaddressed(message));
        }
        if (event == null) {
            event = await(message, patience.minus(shorter(patience, atOnce())));
        }
        Json reply = event == null ? inBody : event.message();
        if (event != null) {
            answer.recording().answer(event.data());
            probe.patience().answered(Duration.ofMillis(answer.recording().elapsed()));
        } else if (message.isAnsweredBy(inBody)) {
            answer.recording().answer(inBody);
        } else {
            probe.patience().wasted(Duration.ofMillis(answer.recording().elapsed()));
            answer.recording()
                    .failed(
                            Failure.Kind.UNFINISHED,
                            "no answer on the stream within "
                                    + answer.recording().elapsed() + " ms");
        }
        return new Reply(answer.exchange(), message.id(), reply);
    }

    /** How long others have to wait for an answer; nobody waits in a queue for those who are known not to come. */
    private Duration atOnce() {
        return probe.patience().isSpent() ? AT_ONCE.dividedBy(10) : AT_ONCE;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private SseEvent await(Outgoing message, Duration time) {
        Duration left = time;
        boolean wasPending = false;
        while (true) {
            Duration slice = shorter(left, AT_ONCE);
            SseEvent event = stream.await(candidate -> message.isAnsweredBy(candidate.message()), slice);
            left = left.minus(slice);
            boolean over = left.isZero() || stream.endsWithin(Duration.ZERO);
            // An answer that stands in an event without an end is all that there will be.
            boolean pending = event == null && !over && isPending(message);
            if (event != null || over || pending && wasPending) {
                return event;
            }
            wasPending = pending;
        }
    }

    private boolean isPending(Outgoing message) {
        String pending = stream.recording().exchange().stream().pending();
        return message.isAnsweredBy(Json.parseOrMissing(pending));
    }

    private static Reply reply(HttpAnswer answer, Outgoing message, Json reply) {
        if (reply.isPresent()) {
            answer.recording().answer(reply);
        }
        return new Reply(answer.exchange(), message.id(), reply);
    }

    /** An answer without id, which is all that a message without id can get. */
    private Json unaddressed(Outgoing message) {
        // The confirmation of a handshake is not worth watching each time; a check of its own does.
        if (message.purpose().equals(Purpose.INITIALIZED)) {
            return Json.MISSING;
        }
        SseEvent event = stream.await(
                candidate -> Outgoing.isUnaddressed(candidate.message()),
                probe.limits().quiet());
        return event == null ? Json.MISSING : event.message();
    }

    @Override
    public void established(Reply initialize, String revision) {
        // HTTP+SSE carries its session in the endpoint's address and no version header.
    }

    @Override
    public boolean isAlive() {
        return stream != null && messages != null && !stream.endsWithin(Duration.ZERO);
    }

    @Override
    public void close() {
        if (stream != null) {
            stream.close();
        }
    }
}

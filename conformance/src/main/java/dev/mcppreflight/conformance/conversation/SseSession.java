package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.HttpAnswer;
import dev.mcppreflight.conformance.probe.HttpProbe;
import dev.mcppreflight.conformance.probe.HttpRequest;
import dev.mcppreflight.conformance.probe.HttpStream;
import dev.mcppreflight.conformance.probe.Patience;
import dev.mcppreflight.conformance.probe.Streams;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.target.Transport;
import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.Purpose;
import dev.mcppreflight.conformance.wire.SseEvent;
import dev.mcppreflight.conformance.wire.SseFacts;
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
    private final AtomicInteger waiting = new AtomicInteger();
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
        readEndpoint(Purpose.STREAM);
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
        readEndpoint(purpose);
        return new Reply(stream.recording().exchange(), Json.MISSING, Json.MISSING);
    }

    HttpRequest streamRequest() {
        return new HttpRequest("GET", address, HttpHeaders.stream(target), null);
    }

    private void readEndpoint(String purpose) {
        if (!stream.isOpen()) {
            return;
        }
        SseEvent event;
        try (Patience.Wait wait = probe.patience().begin("the endpoint event", Purpose.manner(purpose))) {
            event = stream.await(candidate -> candidate.name().equals("endpoint"), wait.time());
            if (event == null) {
                boolean ended = stream.endsWithin(Duration.ZERO);
                if (!ended) {
                    wait.wasted();
                }
                stream.recording()
                        .failed(
                                ended ? Failure.Kind.TRUNCATED : Failure.Kind.UNFINISHED,
                                "no endpoint event within " + stream.recording().elapsed() + " ms");
                return;
            }
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
        Signs signs = new Signs(message);
        Patience.Wait wait =
                probe.patience().begin("an event for " + message.called(), Purpose.manner(message.purpose()));
        try (wait) {
            waiting.incrementAndGet();
            try {
                answer = probe.send(message.adjustment().apply(request), message.purpose(), log);
                inBody = Reply.spoken(answer.status(), Json.parseOrMissing(answer.body()));
                if (answer.isSuccess() && message.id().isPresent()) {
                    boolean answered = message.isAnsweredBy(inBody);
                    boolean habit = answered && answeredInBody.incrementAndGet() > ONCE_MORE;
                    patience = habit ? Duration.ZERO : answered ? probe.limits().quiet() : wait.time();
                    event = await(signs, shorter(patience, atOnce()));
                }
            } finally {
                oneAtATime.unlock();
            }
            if (answer.isSuccess() && message.id().isPresent() && event == null && !signs.areAstray()) {
                event = await(signs, patience.minus(shorter(patience, atOnce())));
            }
        } finally {
            waiting.decrementAndGet();
        }
        if (!answer.isSuccess()) {
            return reply(answer, message, inBody);
        }
        if (message.id().isMissing()) {
            return reply(answer, message, inBody.isPresent() ? inBody : unaddressed(message));
        }
        Json reply = event == null ? inBody : event.message();
        if (event != null) {
            answer.recording().answer(event.data());
            wait.answered();
        } else if (message.isAnsweredBy(inBody)) {
            answer.recording().answer(inBody);
        } else {
            wait.wasted();
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
        return probe.patience().isSpent() || probe.streams().isAstray() ? AT_ONCE.dividedBy(10) : AT_ONCE;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private SseEvent await(Signs signs, Duration time) {
        Duration left = time;
        boolean given = false;
        while (true) {
            Duration slice = shorter(left, AT_ONCE);
            SseEvent event = stream.await(candidate -> signs.message.isAnsweredBy(candidate.message()), slice);
            left = left.minus(slice);
            boolean over = left.isZero() || stream.endsWithin(Duration.ZERO);
            if (event != null || over || signs.areAstray()) {
                return event;
            }
            boolean again = signs.tellOfAnAnswer();
            if (again && given) {
                return null;
            }
            given = again;
        }
    }

    /** What tells that a message was answered, but in no event that a client reads: that answer is all that there will be. */
    private final class Signs {
        private final Outgoing message;
        private final Streams.Others others;
        private final long before;

        private Signs(Outgoing message) {
            this.message = message;
            this.others = probe.streams().besides(stream);
            this.before = garbled(stream.recording().exchange().stream());
        }

        /** It stands on another stream. */
        private boolean areAstray() {
            return others.bring(event -> message.isAnsweredBy(event.message()));
        }

        /** It stands in an event without an end, or in pieces that are no JSON. */
        private boolean tellOfAnAnswer() {
            SseFacts facts = stream.recording().exchange().stream();
            return message.isAnsweredBy(Json.parseOrMissing(facts.pending()))
                    || waiting.get() == 1 && garbled(facts) > before;
        }
    }

    private static long garbled(SseFacts facts) {
        long broken = facts.events().stream()
                .filter(event -> event.data().startsWith("{") || event.data().startsWith("["))
                .filter(event -> event.message().isMissing())
                .count();
        return broken + facts.strayLines().size();
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

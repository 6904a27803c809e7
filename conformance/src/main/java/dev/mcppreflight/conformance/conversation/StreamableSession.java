package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.HttpAnswer;
import dev.mcppreflight.conformance.probe.HttpProbe;
import dev.mcppreflight.conformance.probe.HttpRequest;
import dev.mcppreflight.conformance.probe.HttpStream;
import dev.mcppreflight.conformance.probe.Patience;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.target.Transport;
import dev.mcppreflight.conformance.wire.SseEvent;
import dev.mcppreflight.conformance.wire.WireLog;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A session over Streamable HTTP (2025-11-25 basic/transports#streamable-http). */
final class StreamableSession implements Session {

    private final Target target;
    private final URI endpoint;
    private final HttpProbe probe;
    private volatile String sessionId;
    private volatile String revision;

    StreamableSession(Target target, URI endpoint, HttpProbe probe) {
        this.target = target;
        this.endpoint = endpoint;
        this.probe = probe;
    }

    @Override
    public Transport transport() {
        return Transport.STREAMABLE;
    }

    /** The id that the server gave, or null. */
    String sessionId() {
        return sessionId;
    }

    @Override
    public Reply open(WireLog log) {
        throw new IllegalStateException("Streamable HTTP opens nothing before initialize");
    }

    @Override
    public Reply send(Outgoing message, WireLog log) {
        HttpRequest request = request(message.method(), message.text());
        request = message.adjustment().apply(request);
        if (message.isSubscription()) {
            return subscribe(request, message, log);
        }
        if (message.method().equals("GET")) {
            return listen(request, message, log);
        }
        boolean awaitsAnswer = message.id().isPresent();
        HttpAnswer answer =
                probe.send(request, message.purpose(), log, event -> awaitsAnswer && isResponse(event.message()));
        Json reply = answer(answer);
        if (reply.isPresent()) {
            answer.recording().answer(reply);
        }
        return new Reply(answer.exchange(), message.id(), reply);
    }

    @Override
    public Reply readToEnd(Outgoing message, WireLog log, HttpProbe patient) {
        HttpAnswer answer =
                patient.send(message.adjustment().apply(request("POST", message.text())), message.purpose(), log);
        Json reply = answer(answer);
        if (reply.isPresent()) {
            answer.recording().answer(reply);
        }
        return new Reply(answer.exchange(), message.id(), reply);
    }

    private Reply listen(HttpRequest request, Outgoing message, WireLog log) {
        try (HttpStream stream = probe.open(request, message.purpose(), log)) {
            if (stream.isOpen()) {
                stream.await(event -> true, probe.limits().quiet());
            }
            return new Reply(
                    stream.recording().exchange(),
                    message.id(),
                    Reply.spoken(
                            stream.answer().status(),
                            Json.parseOrMissing(stream.answer().body())));
        }
    }

    /** Hears the first message of a subscription, and goes away again, which ends it. */
    private Reply subscribe(HttpRequest request, Outgoing message, WireLog log) {
        try (HttpStream stream = probe.open(request, message.purpose(), log)) {
            Json first = Reply.spoken(
                    stream.answer().status(),
                    Json.parseOrMissing(stream.answer().body()));
            if (stream.isOpen()) {
                first = firstEvent(stream);
                stream.endsWithin(probe.limits().quiet());
            }
            if (first.isPresent()) {
                stream.recording().answer(first.toString());
            }
            return new Reply(stream.recording().exchange(), message.id(), first);
        }
    }

    private Json firstEvent(HttpStream stream) {
        try (Patience.Wait wait = probe.patience().begin("the first event of a subscription", "")) {
            SseEvent event = stream.await(it -> !it.data().isBlank(), wait.time());
            if (event == null && !stream.endsWithin(Duration.ZERO)) {
                wait.wasted();
            }
            return event == null ? Json.MISSING : Json.parseOrMissing(event.data());
        }
    }

    /** A request as this session sends it. */
    HttpRequest request(String method, String body) {
        boolean post = method.equals("POST");
        HttpRequest request = new HttpRequest(
                method,
                endpoint,
                post
                        ? HttpHeaders.post(target)
                        : method.equals("GET") ? HttpHeaders.stream(target) : HttpHeaders.common(target),
                post ? body : null);
        if (sessionId != null) {
            request = request.with(HttpHeaders.SESSION, sessionId);
        }
        return revision == null ? request : request.with(HttpHeaders.VERSION, revision);
    }

    private static Json answer(HttpAnswer answer) {
        List<SseEvent> events = answer.events();
        for (SseEvent event : events) {
            Json message = event.message();
            if (isResponse(message) || message.isArray()) {
                return message;
            }
        }
        return events.isEmpty() ? Reply.spoken(answer.status(), Json.parseOrMissing(answer.body())) : Json.MISSING;
    }

    private static boolean isResponse(Json message) {
        return message.get("method").isMissing()
                && (message.get("result").isPresent() || message.get("error").isPresent());
    }

    @Override
    public void established(Reply initialize, String negotiated) {
        sessionId = initialize.exchange().header(HttpHeaders.SESSION).orElse(null);
        // The header exists since 2025-06-18; sending it to an older server would be our mistake.
        revision = negotiated.compareTo("2025-06-18") >= 0 ? negotiated : null;
    }

    @Override
    public boolean isAlive() {
        return true;
    }

    @Override
    public void close() {
        // The session is ended by its opener, who has the log to record it in.
    }
}

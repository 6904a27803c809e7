package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.catalogue.Revision;
import dev.mcppreflight.conformance.catalogue.Stage;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.HttpProbe;
import dev.mcppreflight.conformance.probe.HttpRequest;
import dev.mcppreflight.conformance.probe.HttpStream;
import dev.mcppreflight.conformance.probe.StdioProcess;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.target.Transport;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.Purpose;
import dev.mcppreflight.conformance.wire.SseParser;
import dev.mcppreflight.conformance.wire.WireLog;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The way up the ladder, from the address to a confirmed handshake, by the rule that the specification gives to clients: POST
 * initialize first, then GET and wait for an endpoint event (2025-11-25 basic/transports#backwards-compatibility).
 */
final class Climb {

    /** How long a POST may stay without an answer before the fall-back is tried beside it. */
    private static final Duration IMPATIENCE = Duration.ofMillis(1_500);

    private final Contact contact;
    private final Target target;
    private final HttpProbe probe;
    private final WireLog log;

    private Transport transport;
    private Stage brokenAt;
    private Reply first;
    private Reply initialize;
    private Errand<Reply> initialized;
    private String revision = "";
    private boolean modern;
    private String suffix = "";
    private Session session;
    private StdioProcess process;

    Climb(Contact contact) {
        this.contact = contact;
        this.target = contact.target();
        this.probe = contact.probe();
        this.log = contact.log();
        this.transport = target.transport();
    }

    /** Climbs as far as the target lets us. */
    void start() {
        if (transport == Transport.STDIO) {
            climbStdio();
        } else {
            climbHttp();
        }
        if (brokenAt == null && !modern) {
            handshake();
        }
        if (transport == Transport.STDIO && brokenAt == Stage.HANDSHAKE && initialize.isError()) {
            enterWithoutHandshake(session);
        }
    }

    /** The climb of a target that speaks the modern revision beside an older one, by which it was reached. */
    static Climb beside(Contact contact, Climb older, Session session, Reply discovered) {
        Climb climb = new Climb(contact);
        climb.transport = older.transport;
        climb.first = older.first;
        climb.process = session.carrier() instanceof StdioSession stdio ? stdio.process() : null;
        climb.suffix = Purpose.BESIDE;
        climb.arriveModern(session, discovered);
        return climb;
    }

    /** Whether server/discover was answered by the modern revision: its name stands there, or nothing but its manner shows. */
    static boolean offersModern(Reply discovered) {
        Json versions = discovered.result().get("supportedVersions");
        boolean forgotten =
                !versions.isArray() && discovered.result().get("resultType").isString();
        return discovered.isResult()
                && (forgotten
                        || versions.items().stream()
                                .anyMatch(version -> version.text().equals(Revision.MODERN)));
    }

    /** Whoever refuses initialize may know nothing but the revision without one. */
    private boolean enterWithoutHandshake(Session carrier) {
        Session candidate = new ModernSession(carrier, "", contact::toolNamed);
        Reply discovered =
                candidate.send(Outgoing.plain(Purpose.DISCOVER, contact.request("server/discover", Json.MISSING)), log);
        if (!offersModern(discovered)) {
            return false;
        }
        arriveModern(candidate, discovered);
        return true;
    }

    private void arriveModern(Session candidate, Reply discovered) {
        modern = true;
        brokenAt = null;
        initialize = discovered;
        session = candidate;
        revision = Revision.MODERN;
    }

    /** Whether there was no handshake, because the modern revision has none. */
    boolean isModern() {
        return modern;
    }

    /** Of the purposes under which requests are recorded. */
    String suffix() {
        return suffix;
    }

    Transport transport() {
        return transport;
    }

    /** The rung that broke, or null. */
    Stage brokenAt() {
        return brokenAt;
    }

    /** The answer to the very first request. */
    Reply first() {
        return first;
    }

    /** What came for initialize, or claimed to; null when nothing did. */
    Reply initialize() {
        return initialize;
    }

    /** How the confirmation was taken, when that is known; null when it was not sent. */
    Reply initialized() {
        return initialized == null ? null : initialized.get();
    }

    /** Whether it is known by now how the confirmation was taken, where one was sent. */
    boolean isConfirmed() {
        return initialized == null || initialized.isDoneWithin(Duration.ZERO);
    }

    String revision() {
        return revision;
    }

    /** The session that came of it; null when none did. */
    Session session() {
        return session;
    }

    /** The process that was spoken to over standard streams; null over HTTP. */
    StdioProcess process() {
        return process;
    }

    private void climbStdio() {
        StdioSession local = new StdioSession(target, probe.patience());
        first = local.open(log);
        if (first.exchange().failure() != null) {
            brokenAt = Stage.REACH;
            return;
        }
        session = local;
        process = local.process();
        initialize = local.send(contact.initializeMessage(target.revision()), log);
        if (initialize.message().isMissing()) {
            initialize = local.hearAfterHangUp(initialize);
            brokenAt = Stage.TRANSPORT;
        }
    }

    private void climbHttp() {
        if (transport == Transport.SSE) {
            SseSession legacy = new SseSession(target, target.url(), probe);
            first = legacy.open(log);
            arriveOverSse(legacy);
        } else {
            StreamableSession streamable = new StreamableSession(target, target.url(), probe);
            CompletableFuture<Reply> post = CompletableFuture.supplyAsync(
                    () -> streamable.send(contact.initializeMessage(target.revision()), log));
            boolean mayFallBack = transport == Transport.AUTO;
            if (mayFallBack && !answersWithin(post, impatience().toMillis())) {
                HttpStream stream = openStream(probe.within(
                        target.limits().withTimeout(target.limits().timeout().minus(impatience()))));
                if (stream.isOpen()) {
                    arriveOverSse(new SseSession(target, target.url(), probe, stream));
                    return;
                }
            }
            first = post.join();
            arriveOverStreamable(streamable, mayFallBack);
        }
    }

    private static boolean answersWithin(CompletableFuture<Reply> post, long millis) {
        try {
            post.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Never more than a part of the time that there is, so that both attempts together take no longer than one. */
    private Duration impatience() {
        Duration half = target.limits().timeout().dividedBy(2);
        return half.compareTo(IMPATIENCE) < 0 ? half : IMPATIENCE;
    }

    private HttpStream openStream(HttpProbe within) {
        return within.open(new HttpRequest("GET", target.url(), HttpHeaders.stream(target), null), Purpose.STREAM, log);
    }

    private void arriveOverStreamable(StreamableSession streamable, boolean mayFallBack) {
        if (first.exchange().isUnreached()) {
            brokenAt = Stage.REACH;
            guessTransport();
            return;
        }
        if (first.isResult()) {
            transport = Transport.STREAMABLE;
            initialize = first;
            session = streamable;
            return;
        }
        boolean answered = first.exchange().failure() == null;
        boolean mayBeNewer = first.status() == 400 || first.isError();
        if (answered && mayBeNewer && enterWithoutHandshake(new StreamableSession(target, target.url(), probe))) {
            transport = Transport.STREAMABLE;
            return;
        }
        // A proxy without a server behind it has no stream either.
        if (mayFallBack && answered && first.status() < 502) {
            HttpStream stream = openStream(probe);
            if (stream.isOpen()
                    && !(first.status() / 100 == 2 && first.message().isPresent())) {
                arriveOverSse(new SseSession(target, target.url(), probe, stream));
                return;
            }
            stream.close();
            Reply get = new Reply(stream.recording().exchange(), Json.MISSING, Json.MISSING);
            boolean noPost = first.status() == 404 || first.status() == 405;
            boolean likeStream = endsLikeStream() || noPost && isLikeStream(get.exchange());
            if (noPost && (get.status() == 401 || get.status() == 403 || likeStream)) {
                first = get;
            }
            if (likeStream) {
                transport = Transport.SSE;
            }
        }
        guessTransport();
        brokenAt = broken(first);
        // What came in place of an answer to initialize is judged as one, where it claims to be one.
        if (first.status() / 100 == 2 || brokenAt == Stage.HANDSHAKE) {
            initialize = first;
        }
        if (brokenAt == Stage.TRANSPORT && answered && first.status() < 500 && first.status() / 100 != 3) {
            lookElsewhere();
        }
    }

    private void arriveOverSse(SseSession legacy) {
        transport = Transport.SSE;
        first = new Reply(legacy.stream().recording().exchange(), Json.MISSING, Json.MISSING);
        if (first.exchange().isUnreached()) {
            brokenAt = Stage.REACH;
            return;
        }
        session = legacy;
        if (legacy.messages() == null) {
            brokenAt = legacy.stream().isOpen() ? Stage.TRANSPORT : broken(first);
            if (brokenAt == Stage.TRANSPORT && !legacy.stream().isOpen() && first.status() < 500) {
                lookElsewhere();
            }
            return;
        }
        initialize = legacy.send(contact.initializeMessage(target.revision()), log);
        if (!initialize.isResult()) {
            brokenAt = broken(initialize);
        }
    }

    private void guessTransport() {
        if (transport == Transport.AUTO) {
            transport = endsLikeStream() ? Transport.SSE : Transport.STREAMABLE;
        }
    }

    /** Whether a GET was answered, or kept waiting, as only a stream of events is. */
    private static boolean isLikeStream(Exchange get) {
        return get.failedBy(Failure.Kind.NO_ANSWER, Failure.Kind.UNFINISHED)
                || get.status() == 200 && SseParser.isBegun(get.body());
    }

    /** Whether the address ends as those of HTTP+SSE usually do. */
    private boolean endsLikeStream() {
        String path = target.url().getPath();
        return path != null && path.endsWith("/sse");
    }

    private static Stage broken(Reply reply) {
        if (reply.status() == 401 || reply.status() == 403 || reply.status() == 407) {
            return Stage.AUTHORIZATION;
        }
        boolean spokeJsonRpc = reply.isError() && (reply.status() / 100 == 2 || reply.status() == 400);
        return spokeJsonRpc ? Stage.HANDSHAKE : Stage.TRANSPORT;
    }

    /** The usual paths of the same host, each asked once, so that a wrong path can be named with the right one. */
    private void lookElsewhere() {
        URI given = target.url();
        for (String path : List.of("/mcp", "/sse", "/")) {
            if (path.equals(given.getPath())
                    || (path.equals("/") && given.getPath().isEmpty())) {
                continue;
            }
            URI other = given.resolve(path);
            if (path.equals("/sse")) {
                HttpRequest request = new HttpRequest("GET", other, HttpHeaders.stream(target), null);
                try (HttpStream stream = probe.open(request, Purpose.ELSEWHERE, log)) {
                    if (stream.isOpen()) {
                        stream.await(event -> true, target.limits().quiet());
                        return;
                    }
                }
            } else {
                Outgoing message = contact.initializeMessage(target.revision()).named(Purpose.ELSEWHERE);
                if (new StreamableSession(target, other, probe)
                        .send(message, log)
                        .isResult()) {
                    return;
                }
            }
        }
    }

    private void handshake() {
        String offered = initialize.result().get("protocolVersion").text();
        if (!initialize.isResult() || !Revision.isPublished(offered)) {
            brokenAt = Stage.HANDSHAKE;
            return;
        }
        revision = offered;
        session.established(initialize, revision);
        initialized = contact.confirm(session, log);
    }
}

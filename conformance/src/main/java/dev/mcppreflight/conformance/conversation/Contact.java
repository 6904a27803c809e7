package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.catalogue.Revision;
import dev.mcppreflight.conformance.catalogue.Stage;
import dev.mcppreflight.conformance.client.SdkClient;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.HttpProbe;
import dev.mcppreflight.conformance.probe.HttpRequest;
import dev.mcppreflight.conformance.probe.HttpStream;
import dev.mcppreflight.conformance.probe.Patience;
import dev.mcppreflight.conformance.probe.StdioProcess;
import dev.mcppreflight.conformance.probe.Trust;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.target.Transport;
import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.Purpose;
import dev.mcppreflight.conformance.wire.Redactor;
import dev.mcppreflight.conformance.wire.WireLog;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first contact with a target: one climb up the ladder, from its name to its tools, whose findings all checks of a run
 * share. Where the climb breaks, everything above is blocked; a dead target therefore costs one connection attempt, not
 * one for each check.
 */
public final class Contact implements AutoCloseable {

    /** How long a POST may stay without an answer before the fall-back is tried beside it. */
    private static final Duration IMPATIENCE = Duration.ofMillis(1_500);

    private static final Pattern RESOURCE_METADATA = Pattern.compile("resource_metadata=\"?([^\", ]+)");

    private final Target target;
    private final Redactor redactor;
    private final Trust trust;
    private final HttpProbe probe;
    private final WireLog log;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Listing.Kind, Listing> listings = new EnumMap<>(Listing.Kind.class);

    private final Queue<Session> expendable = new ConcurrentLinkedQueue<>();

    private Transport transport;
    private Stage brokenAt;
    private Reply first;
    private Reply initialize;
    private Reply initialized;
    private String revision = "";
    private Session shared;
    private StdioProcess process;
    private List<SafeCall> safeCalls;
    private SdkClient.Visit realVisit;
    private Reply anonymously;
    private Reply toWebPage;

    private Contact(Target target) {
        this.target = target;
        this.redactor = new Redactor(target.secrets());
        this.trust = new Trust(target);
        this.probe = new HttpProbe(
                trust, target.limits(), new Patience(target.limits().timeout()));
        this.log = new WireLog(redactor);
        this.transport = target.transport();
    }

    /** Climbs as far as the target lets us. Never throws for anything that a target does. */
    public static Contact with(Target target) {
        Contact contact = new Contact(target);
        contact.climb();
        return contact;
    }

    public Target target() {
        return target;
    }

    /** How the target is spoken to; the likeliest transport where that was not found out. */
    public Transport transport() {
        return transport;
    }

    /** The rung at which the climb broke; empty when it reached the lists. */
    public Optional<Stage> brokenAt() {
        return Optional.ofNullable(brokenAt);
    }

    /** The negotiated revision; empty before the handshake succeeded. */
    public String revision() {
        return revision;
    }

    /** What was sent and what came back on the climb. */
    public WireLog log() {
        return log;
    }

    /** Whether the target asked for credentials and the operator gave none. */
    public boolean lacksCredentials() {
        return brokenAt == Stage.AUTHORIZATION && !target.hasCredentials();
    }

    /** The answer to the very first request. */
    Reply first() {
        return first;
    }

    Reply initialize() {
        return initialize;
    }

    Reply initialized() {
        return initialized;
    }

    /** What the server declared; missing before the handshake. */
    Json capabilities() {
        return initialize == null ? Json.MISSING : initialize.result().get("capabilities");
    }

    Trust trust() {
        return trust;
    }

    HttpProbe probe() {
        return probe;
    }

    /** Waits two seconds for the end of a stream: long for an end, short for a check. */
    HttpProbe patientProbe() {
        return new HttpProbe(trust, target.limits().withTimeout(Duration.ofSeconds(2)));
    }

    WireLog newLog() {
        return new WireLog(redactor);
    }

    /** An id that no message of this run has had. */
    long nextId() {
        return ids.incrementAndGet();
    }

    /** The process that the first contact spoke to, over standard streams. */
    StdioProcess process() {
        return process;
    }

    /** The session that harmless messages share, opened anew if it died. */
    synchronized Session shared(WireLog scenarioLog) {
        if (shared == null) {
            throw new Blocked(brokenAt);
        }
        if (!shared.isAlive()) {
            shared.close();
            shared = openSession(scenarioLog);
        }
        return shared;
    }

    /** A session that may come to harm; whoever borrows it has it alone until it is given back. */
    Session borrowExpendable(WireLog scenarioLog) {
        Session session = expendable.poll();
        if (session != null && session.isAlive()) {
            return session;
        }
        if (session != null) {
            session.close();
        }
        return openSession(scenarioLog);
    }

    void giveBack(Session session) {
        expendable.add(session);
    }

    /** A list with all its pages, read once in a run. */
    synchronized Listing listing(Listing.Kind kind) {
        return listings.computeIfAbsent(kind, this::read);
    }

    /** The calls of safe tools, made once in a run. */
    synchronized List<SafeCall> safeCalls(Conversation conversation) {
        if (safeCalls == null) {
            safeCalls = Tools.safe(conversation).stream()
                    .map(call -> new SafeCall(
                            call.tool(),
                            shared.send(
                                    Outgoing.plain(
                                            SafeCall.PURPOSE,
                                            request(
                                                    "tools/call",
                                                    Json.object("name", call.name(), "arguments", call.arguments()))),
                                    log)))
                    .toList();
        }
        return safeCalls;
    }

    /** What the Java SDK's own client makes of the target; asked once in a run. */
    synchronized SdkClient.Visit realClient() {
        if (realVisit == null) {
            realVisit = SdkClient.visit(target.withTimeout(probe.patience().next()), transport, trust, newLog());
        }
        return realVisit;
    }

    /** How the target answers to a caller without credentials; asked once in a run. */
    synchronized Reply anonymously() {
        if (anonymously == null) {
            if (!target.hasCredentials()) {
                anonymously = first;
            } else {
                try (Conversation conversation = new Conversation(this)) {
                    anonymously = Caller.ANONYMOUS_STRANGER.send(
                            conversation,
                            initializeMessage(target.revision()).named("initialize, by an unknown client"));
                }
            }
        }
        return anonymously;
    }

    /** How the target answers to a web page of this machine; asked once in a run. */
    synchronized Reply toWebPage() {
        if (toWebPage == null) {
            try (Conversation conversation = new Conversation(this)) {
                toWebPage = Caller.INSPECTOR.send(
                        conversation, initializeMessage(target.revision()).named("initialize, by a web page"));
            }
        }
        return toWebPage;
    }

    // ---- the climb

    private void climb() {
        if (transport == Transport.STDIO) {
            climbStdio();
        } else {
            climbHttp();
        }
        if (brokenAt == null) {
            handshake();
        }
        if (brokenAt == null && capabilities().get("tools").isObject()) {
            Listing tools = listing(Listing.Kind.TOOLS);
            if (tools.pages().stream().noneMatch(Reply::isResult)) {
                brokenAt = Stage.DISCOVERY;
            }
        }
    }

    private void climbStdio() {
        StdioSession session = new StdioSession(target, probe.patience());
        first = session.open(log);
        if (first.exchange().failure() != null) {
            brokenAt = Stage.REACH;
            return;
        }
        shared = session;
        process = session.process();
        initialize = session.send(initializeMessage(target.revision()), log);
        if (initialize.message().isMissing()) {
            initialize = session.hearAfterHangUp(initialize);
            brokenAt = Stage.TRANSPORT;
        }
    }

    private void climbHttp() {
        if (transport == Transport.SSE) {
            SseSession session = new SseSession(target, target.url(), probe);
            first = session.open(log);
            arriveOverSse(session);
        } else {
            StreamableSession session = new StreamableSession(target, target.url(), probe);
            CompletableFuture<Reply> post =
                    CompletableFuture.supplyAsync(() -> session.send(initializeMessage(target.revision()), log));
            boolean mayFallBack = transport == Transport.AUTO;
            if (mayFallBack && !answersWithin(post, impatience().toMillis())) {
                HttpStream stream = openStream(new HttpProbe(
                        trust,
                        target.limits().withTimeout(target.limits().timeout().minus(impatience()))));
                if (stream.isOpen()) {
                    arriveOverSse(new SseSession(target, target.url(), probe, stream));
                    return;
                }
            }
            first = post.join();
            arriveOverStreamable(session, mayFallBack);
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
        } catch (java.util.concurrent.ExecutionException e) {
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

    private void arriveOverStreamable(StreamableSession session, boolean mayFallBack) {
        if (isUnreachable(first)) {
            brokenAt = Stage.REACH;
            guessTransport();
            return;
        }
        if (first.isResult()) {
            transport = Transport.STREAMABLE;
            initialize = first;
            shared = session;
            return;
        }
        boolean answered = first.exchange().failure() == null;
        if (mayFallBack && answered && first.status() < 500) {
            HttpStream stream = openStream(probe);
            if (stream.isOpen()
                    && !(first.status() / 100 == 2 && first.message().isPresent())) {
                arriveOverSse(new SseSession(target, target.url(), probe, stream));
                return;
            }
            stream.close();
            Reply get = new Reply(stream.recording().exchange(), Json.MISSING, Json.MISSING);
            boolean noPost = first.status() == 404 || first.status() == 405;
            if (noPost && (get.status() == 401 || get.status() == 403 || endsLikeStream())) {
                first = get;
            }
        }
        guessTransport();
        brokenAt = broken(first);
        readSignInMetadata();
        // What came in place of an answer to initialize is judged as one, where it claims to be one.
        if (first.status() / 100 == 2 || brokenAt == Stage.HANDSHAKE) {
            initialize = first;
        }
        if (brokenAt == Stage.TRANSPORT && answered && first.status() < 500 && first.status() / 100 != 3) {
            lookElsewhere();
        }
    }

    private void arriveOverSse(SseSession session) {
        transport = Transport.SSE;
        first = new Reply(session.stream().recording().exchange(), Json.MISSING, Json.MISSING);
        if (isUnreachable(first)) {
            brokenAt = Stage.REACH;
            return;
        }
        shared = session;
        if (session.messages() == null) {
            brokenAt = session.stream().isOpen() ? Stage.TRANSPORT : broken(first);
            if (brokenAt == Stage.TRANSPORT && !session.stream().isOpen() && first.status() < 500) {
                lookElsewhere();
            }
            return;
        }
        initialize = session.send(initializeMessage(target.revision()), log);
        if (!initialize.isResult()) {
            brokenAt = broken(initialize);
        }
    }

    private void guessTransport() {
        if (transport == Transport.AUTO) {
            transport = endsLikeStream() ? Transport.SSE : Transport.STREAMABLE;
        }
    }

    /** Whether the address ends as those of HTTP+SSE usually do. */
    private boolean endsLikeStream() {
        String path = target.url().getPath();
        return path != null && path.endsWith("/sse");
    }

    /** Follows the pointer of a challenge, on the same host only: where to sign in is worth knowing before anything else. */
    private void readSignInMetadata() {
        Matcher pointer = RESOURCE_METADATA.matcher(
                first.exchange().header("WWW-Authenticate").orElse(""));
        if (first.status() != 401 || !pointer.find()) {
            return;
        }
        try {
            URI metadata = URI.create(pointer.group(1));
            if (String.valueOf(metadata.getHost()).equalsIgnoreCase(target.url().getHost())) {
                List<Header> headers = List.of(
                        new Header("User-Agent", HttpHeaders.USER_AGENT), new Header("Accept", "application/json"));
                probe.send(new HttpRequest("GET", metadata, headers, null), Purpose.METADATA, log);
            }
        } catch (IllegalArgumentException e) {
            // A pointer that is no address leads nowhere; the challenge itself is the evidence.
        }
    }

    private static Stage broken(Reply reply) {
        if (reply.status() == 401 || reply.status() == 403 || reply.status() == 407) {
            return Stage.AUTHORIZATION;
        }
        boolean spokeJsonRpc = reply.isError() && (reply.status() / 100 == 2 || reply.status() == 400);
        return spokeJsonRpc ? Stage.HANDSHAKE : Stage.TRANSPORT;
    }

    private static boolean isUnreachable(Reply reply) {
        return reply.exchange()
                .failedBy(
                        Failure.Kind.UNKNOWN_HOST,
                        Failure.Kind.REFUSED,
                        Failure.Kind.CONNECT_TIMEOUT,
                        Failure.Kind.UNREACHABLE,
                        Failure.Kind.NOT_TLS,
                        Failure.Kind.TLS_REFUSED,
                        Failure.Kind.CERTIFICATE_EXPIRED,
                        Failure.Kind.CERTIFICATE_NOT_YET_VALID,
                        Failure.Kind.CERTIFICATE_SELF_SIGNED,
                        Failure.Kind.CERTIFICATE_CHAIN_INCOMPLETE,
                        Failure.Kind.CERTIFICATE_UNTRUSTED,
                        Failure.Kind.CERTIFICATE_WRONG_HOST,
                        Failure.Kind.NOT_HTTP);
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
                Outgoing message = initializeMessage(target.revision()).named(Purpose.ELSEWHERE);
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
        shared.established(initialize, revision);
        initialized = shared.send(initializedMessage(), log);
    }

    // ---- messages and sessions

    Outgoing initializeMessage(String offered) {
        Json params = Json.object(
                "protocolVersion",
                offered,
                "capabilities",
                Json.object(),
                "clientInfo",
                Json.object("name", "mcp-preflight", "version", "0.1"));
        return Outgoing.plain(Purpose.INITIALIZE, request("initialize", params));
    }

    static Outgoing initializedMessage() {
        return Outgoing.plain(
                Purpose.INITIALIZED, Json.object("jsonrpc", "2.0", "method", "notifications/initialized"));
    }

    /** A request with an id of its own. */
    Json request(String method, Json params) {
        Json request = Json.object("jsonrpc", "2.0", "id", nextId(), "method", method);
        return params.isMissing() ? request : request.with("params", params);
    }

    /** A session that has not initialized: its stream open or its process started. */
    Session openTransport(WireLog scenarioLog) {
        Session session =
                switch (transport) {
                    case STDIO -> new StdioSession(target, probe.patience());
                    case SSE -> new SseSession(target, target.url(), probe);
                    default -> new StreamableSession(target, target.url(), probe);
                };
        if (transport != Transport.STREAMABLE) {
            session.open(scenarioLog);
        }
        return session;
    }

    /** A session of its own, initialized and confirmed. */
    Session openSession(WireLog scenarioLog) {
        Session session = openUnconfirmed(scenarioLog);
        session.send(initializedMessage(), scenarioLog);
        return session;
    }

    /** A session whose initialize was answered and not yet confirmed. */
    Session openUnconfirmed(WireLog scenarioLog) {
        Session session = openTransport(scenarioLog);
        Reply reply = session.send(initializeMessage(target.revision()), scenarioLog);
        if (!reply.isResult()) {
            session.close();
            throw new Mismatch("a further session to open as the first one did", reply.observed());
        }
        session.established(reply, reply.result().get("protocolVersion").text());
        return session;
    }

    private Listing read(Listing.Kind kind) {
        List<Reply> pages = new ArrayList<>();
        List<Json> items = new ArrayList<>();
        Set<String> cursors = new HashSet<>();
        Json params = Json.MISSING;
        while (true) {
            Reply page = shared.send(Outgoing.plain(kind.purpose(), request(kind.method(), params)), log);
            pages.add(page);
            if (!page.isResult()) {
                return new Listing(kind, pages, items, "page " + pages.size() + " was answered by " + page.observed());
            }
            items.addAll(page.result().get(kind.member()).items());
            Json cursor = page.result().get("nextCursor");
            if (cursor.isMissing() || cursor.isNull()) {
                return new Listing(kind, pages, items, "");
            }
            if (cursor.text().isEmpty()) {
                return new Listing(kind, pages, items, "page " + pages.size() + " ends with an empty cursor");
            }
            if (!cursors.add(cursor.text())) {
                return new Listing(
                        kind, pages, items, "page " + pages.size() + " repeats the cursor of an earlier page");
            }
            if (pages.size() >= target.limits().maxPages()) {
                return new Listing(kind, pages, items, "more than " + pages.size() + " pages");
            }
            params = Json.object("cursor", cursor.text());
        }
    }

    /** Ends the shared session and everything that was started. */
    @Override
    public void close() {
        if (shared instanceof StreamableSession session && session.sessionId() != null) {
            probe.send(session.request("DELETE", null), Purpose.DELETE, newLog());
        }
        if (shared != null) {
            shared.close();
        }
        expendable.forEach(Session::close);
    }
}

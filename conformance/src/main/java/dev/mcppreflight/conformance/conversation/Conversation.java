package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.catalogue.Revision;
import dev.mcppreflight.conformance.catalogue.Stage;
import dev.mcppreflight.conformance.client.SdkClient;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.signin.Discovery;
import dev.mcppreflight.conformance.signin.Document;
import dev.mcppreflight.conformance.signin.Forgery;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.target.Transport;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.Purpose;
import dev.mcppreflight.conformance.wire.Recording;
import dev.mcppreflight.conformance.wire.SseFacts;
import dev.mcppreflight.conformance.wire.WireLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** One scenario's dealings with the target: what was given, what was sent, what came back. */
public final class Conversation implements AutoCloseable {

    /** What part of the time-out a start may take, on a machine that is as busy later as it is then. */
    private static final int SLOW_START = 2;

    private static final int TOO_MANY_REQUESTS = 429;

    /** How much of what a crowd sees is shown; the rest looks the same. */
    private static final int CITED = 10;

    private Contact contact;
    private final WireLog log;
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final List<Exchange> evidence = new ArrayList<>();
    private final Sessions sessions = new Sessions(this);
    private List<Reply> replies = List.of();
    private Listing listing;
    private SdkClient.Visit realVisit;
    private List<String> lostStreams = List.of();

    /** @param contact the first contact, which all scenarios of a run share */
    public Conversation(Contact contact) {
        this(contact, contact.newLog());
    }

    /** A conversation that is part of the first contact itself. */
    Conversation(Contact contact, WireLog log) {
        this.contact = contact;
        this.log = log;
    }

    // ---- what scenarios do

    /** Stops the scenario where the target is not such a one. */
    public void require(Trait trait) {
        trait.require(this);
    }

    /** From here on the target is spoken to in the modern revision; not applicable where it does not speak that. */
    void turnToModern() {
        if (contact.transport() == Transport.SSE) {
            throw new NotApplicable("HTTP+SSE carries no revision after 2025-11-25");
        }
        Reply answer = contact.discovered();
        contact = contact.modern()
                .orElseThrow(() -> new NotApplicable("the target does not speak " + Revision.MODERN
                        + ": server/discover was answered by " + answer.observed()));
        evidence.add(answer.exchange());
    }

    /** Looks at what came back on the first contact. */
    public void recallFirstContact() {
        cite(contact.first());
    }

    /** Looks at the handshake of the first contact. */
    public void recallHandshake() {
        if (contact.initialize() == null) {
            throw new Blocked(contact.brokenAt().orElse(Stage.TRANSPORT));
        }
        cite(contact.initialize());
    }

    /** Looks at how the target took the confirmation of the handshake. */
    public void recallConfirmation() {
        requireRung(Stage.HANDSHAKE);
        if (contact.isModern()) {
            throw new NotApplicable("where there is no handshake there is nothing to confirm");
        }
        cite(contact.initialized());
    }

    /** Sends one message. */
    public void send(Caller caller, Message message) {
        if (contact.transport() == Transport.STDIO && (caller.isHttpOnly() || message.isHttpOnly())) {
            throw new NotApplicable("standard streams carry no HTTP requests");
        }
        if (message.isSentOnce() && caller == Caller.CLIENT) {
            cite(contact.findings().once(message, this));
            return;
        }
        Outgoing outgoing = message.write(this);
        replies = List.of(caller.send(this, outgoing.named(caller.purpose(outgoing.purpose()))));
    }

    /** Sends the same message several times at once, each in a request of its own. */
    public void sendTogether(int times, Message message) {
        Session session = contact.shared(log);
        List<Outgoing> messages =
                Stream.generate(() -> message.write(this)).limit(times).toList();
        replies = messages.parallelStream().map(each -> session.send(each, log)).toList();
    }

    /** Sends the same message, with the same id, in two sessions that are open at once. */
    public void sendInTwoSessions(Message message) {
        Session one = sessions.keep(contact.openSession(log));
        Session two = sessions.keep(contact.openSession(log));
        Outgoing same = message.write(this);
        replies = List.of(one.send(same, log), two.send(same, log));
    }

    /** Opens new sessions, one after the other. */
    public void openSessions(int times) {
        List<Reply> opened = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            Session session = contact.openTransport(log);
            toClose.add(session);
            Reply reply = session.send(contact.initializeMessage(target().revision()), log);
            if (reply.isResult()) {
                session.established(reply, reply.result().get("protocolVersion").text());
            }
            sessions.use(session);
            opened.add(reply);
            if (session instanceof StreamableSession streamable && streamable.sessionId() != null) {
                toClose.add(() -> contact.probe().send(streamable.request("DELETE", null), Purpose.DELETE, log));
            }
        }
        replies = opened;
    }

    /** Reads a list, all its pages; it is read once in a run. */
    public void list(Listing.Kind kind) {
        listing = contact.listing(kind);
        listing.pages().forEach(this::cite);
        replies = listing.pages();
    }

    /** Reads the first page of a list again. */
    public void listAgain() {
        replies = List.of(contact.shared(log)
                .send(
                        Outgoing.plain(
                                listing.kind().purpose(),
                                contact.request(listing.kind().method(), Json.MISSING)),
                        log));
    }

    /** Reads what says where and how to sign in; each document is asked for once in a run. */
    public void read(Reading reading) {
        List<Document> read = reading.of(contact);
        read.forEach(document -> evidence.add(document.exchange()));
        replies = read.stream()
                .map(document -> new Reply(document.exchange(), Json.MISSING, document.json()))
                .toList();
    }

    /** Calls every tool that may be called; they are called once in a run. */
    public void callSafeTools() {
        List<Reply> made =
                contact.findings().safeCalls(this).stream().map(SafeCall::reply).toList();
        made.forEach(this::cite);
        replies = made;
    }

    /** Asks for everything that was declared and that costs nothing; asked for once in a run. */
    public void lookAround() {
        List<Reply> seen = contact.findings().roundTrip(this);
        seen.forEach(reply -> evidence.add(reply.exchange()));
        replies = seen;
    }

    /** Asks for what is not there; done once in a run. */
    public void makeMistakes() {
        List<Reply> seen = contact.findings().mistakes(this);
        seen.forEach(reply -> evidence.add(reply.exchange()));
        replies = seen;
    }

    /** Closes standard input, as a client does at the end. */
    public void hangUp() {
        Session own = sessions.use(sessions.keep(contact.expendable(log)));
        if (!(own.carrier() instanceof StdioSession stdio)) {
            throw new NotApplicable("only standard streams are closed by the client alone");
        }
        Recording recording =
                log.begin("the end of its input", "STDIO", target().command().get(0), List.of(), "");
        stdio.process().closeInput();
        recording.ended();
        replies = List.of(new Reply(recording.exchange(), Json.MISSING, Json.MISSING));
    }

    /** Lets many clients come at once. */
    public void letCome(Crowd crowd) {
        CrowdVisit visit = new CrowdVisit(contact, log);
        toClose.add(visit);
        replies = crowd.visit(visit);
        replies.stream()
                .map(Reply::exchange)
                .filter(exchange -> visit.isAside(exchange.purpose()))
                .sorted(Comparator.comparing(exchange -> exchange.status() / 100 == 2))
                .limit(CITED)
                .forEach(evidence::add);
        lostStreams = visit.lostStreams();
    }

    /** Connects with the Java SDK's own client, once in a run. */
    public void connectRealClient() {
        requireRung(Stage.HANDSHAKE);
        if (contact.isModern()) {
            throw new NotApplicable("the client of the Java SDK speaks no revision after 2025-11-25");
        }
        if (!target().resolutions().isEmpty()) {
            throw new NotTested("the client of the Java SDK resolves names by itself, and goes past --resolve");
        }
        SdkClient.Visit visit = contact.realClient();
        visit.exchanges().forEach(evidence::add);
        realVisit = visit;
        replies = List.of(contact.initialize());
    }

    // ---- what scenarios expect

    /** Compares each reply with what is expected. */
    public void expect(Answer answer) {
        if (replies.isEmpty()) {
            throw new IllegalStateException("nothing was sent");
        }
        for (Reply reply : replies) {
            boolean limit = reply.status() == TOO_MANY_REQUESTS
                    && !reply.exchange().purpose().equals(Purpose.REGISTER_AGAIN)
                    && !Purpose.OF_CROWD.contains(reply.exchange().purpose());
            if (limit && contact.first().status() != TOO_MANY_REQUESTS) {
                throw new NotTested("the target limits how often it may be asked (HTTP 429)");
            }
            requireReadiness(reply);
            answer.judge(reply, this);
        }
    }

    /** A process that takes long to start says nothing by its silence: it may not have come to the question yet. */
    private void requireReadiness(Reply reply) {
        boolean silent = reply.exchange().isStdio() && reply.exchange().failedBy(Failure.Kind.NO_ANSWER);
        if (!silent || !contact.brokenAt().isEmpty()) {
            return;
        }
        long start = contact.initialize().exchange().timings().end();
        if (start * SLOW_START > target().limits().timeout().toMillis()) {
            throw new NotTested("the program needed " + start + " ms for its first answer, and no answer came here in"
                    + " time; try a longer --timeout");
        }
    }

    /** Compares the list that was read with what is expected. */
    public void expect(Quality quality) {
        quality.judge(listing, this);
    }

    /** Asks in the session that was used last, or the shared one, whether the target is well. */
    public void expectStillServing() {
        Session own = sessions.used();
        if (own != null && !own.isAlive()) {
            throw new Mismatch("the target to go on serving", "the end of the session");
        }
        Session session = own == null ? contact.shared(log) : own;
        Reply reply = session.send(Message.PING.write(this).named("a ping to see whether it still serves"), log);
        // Whether ping is implemented is the matter of another check: any JSON-RPC answer shows life.
        if (reply.message().isMissing()) {
            boolean alone = contact.transport() != Transport.STDIO && servesNewClients();
            throw new Mismatch(alone ? "the session to go on" : "the target to go on serving", reply.observed());
        }
    }

    /** What was said may have cost that session alone, and an answer that is late is none that fails to come. */
    private boolean servesNewClients() {
        try {
            Outgoing first =
                    contact.isModern() ? Message.PING.write(this) : contact.initializeMessage(target().revision());
            return sessions.keep(contact.openTransport(log))
                    .send(first.named("a first message to see whether it serves others"), log)
                    .message()
                    .isPresent();
        } catch (Mismatch e) {
            return false;
        }
    }

    // ---- what the vocabulary is made of

    public Contact contact() {
        return contact;
    }

    public Target target() {
        return contact.target();
    }

    WireLog log() {
        return log;
    }

    Sessions sessions() {
        return sessions;
    }

    /** What is closed when the scenario is over; what came last goes first. */
    void atTheEnd(AutoCloseable what) {
        toClose.add(what);
    }

    List<Reply> replies() {
        return replies;
    }

    Listing listing() {
        return listing;
    }

    /** The stream on which the answer came: that of the session for HTTP+SSE, else that of the answer. */
    SseFacts streamOf(Reply reply) {
        boolean ofSession = contact.transport() == Transport.SSE
                && reply.exchange().method().equals("POST");
        return ofSession
                        && contact.brokenUpTo(Stage.HANDSHAKE).isEmpty()
                        && contact.shared(log) instanceof SseSession session
                ? session.stream().recording().exchange().stream()
                : reply.exchange().stream();
    }

    /** Whether a process wrote octets that are not UTF-8. */
    boolean sentInvalidUtf8() {
        return contact.transport() == Transport.STDIO && contact.process().sentInvalidUtf8();
    }

    /** What became of the streams of a crowd that did not stay open; one sentence each. */
    List<String> lostStreams() {
        return lostStreams;
    }

    SdkClient.Visit realVisit() {
        return realVisit;
    }

    /** A request with an id of its own. */
    Json request(String method, Json params) {
        return contact.request(method, params);
    }

    long nextId() {
        return contact.nextId();
    }

    /** The first item of a list. */
    Json firstOf(Listing.Kind kind) {
        return contact.listing(kind).items().stream()
                .findFirst()
                .orElseThrow(() -> new NotApplicable("the list of " + kind.words() + " is empty"));
    }

    /** Goes on only when the climb got past this rung. */
    void requireRung(Stage stage) {
        contact.brokenUpTo(stage).ifPresent(broken -> {
            if (contact.lacksCredentials()) {
                throw new NotTested("the target asks for credentials: --bearer TOKEN or --header 'NAME: VALUE'");
            }
            throw new Blocked(broken);
        });
    }

    /** Goes on only where this message was not refused to a stranger whom the target had let in before. */
    void requireWelcome(Reply reply) {
        boolean message = reply.id().isPresent() && reply.asksForCredentials();
        if (message && !target().hasCredentials() && !contact.isProtected()) {
            throw new NotTested(
                    "the target lets everybody in and asks for credentials here: --bearer TOKEN or --oauth");
        }
    }

    /** Goes on only where a request belongs to the modern revision whatever it says of itself. */
    void requireKnownEra() {
        if (contact.transport() == Transport.STDIO && contact.isBesideOlder()) {
            throw new NotApplicable(
                    "what does not name its revision is a request of an older one, which it speaks too");
        }
    }

    /** Goes on only when the target could be reached at all. */
    void requireReached() {
        contact.brokenUpTo(Stage.REACH).ifPresent(broken -> {
            throw new Blocked(broken);
        });
    }

    /** Goes on only where web pages are let in at all: a server that keeps them out, or knows of none, owes them nothing. */
    void requireOpenToPages() {
        Reply page = contact.toWebPage();
        boolean letIn = page.status() / 100 == 2 || page.status() == 401;
        if (letIn && page.exchange().header("Access-Control-Allow-Origin").isEmpty()) {
            throw new NotApplicable("it sends no CORS headers, so that no web page can read its answers");
        }
    }

    /** Goes on only where the list that the request was about has more than one page. */
    void requireCursors(Reply reply) {
        String method = reply.exchange().request().get("method").text();
        for (Listing.Kind kind : Listing.Kind.values()) {
            if (kind.method().equals(method) && contact.listing(kind).pages().size() < 2) {
                throw new NotApplicable("the list of " + kind.words() + " has one page: no cursor was ever given out");
            }
        }
    }

    /** Claims of a token for this server, as far as its metadata tells them. */
    Json fittingClaims() {
        Discovery discovery = contact.discovery();
        String issuer =
                discovery.server().map(document -> document.text("issuer")).orElse("https://preflight.invalid");
        String audience =
                discovery.resource().map(document -> document.text("resource")).orElse("");
        String scope =
                discovery.challenge().map(challenge -> challenge.get("scope")).orElse("");
        return Forgery.claims(issuer, audience.isEmpty() ? target().url().toString() : audience, scope);
    }

    /** Whether the operator named a tool to call. */
    boolean hasNamedCall() {
        return !target().calls().isEmpty();
    }

    private void cite(Reply reply) {
        if (reply == null) {
            throw new Blocked(contact.brokenAt().orElse(Stage.REACH));
        }
        replies = List.of(reply);
        evidence.add(reply.exchange());
    }

    /** The exchanges that the verdict rests on: those of this scenario, and those of the first contact that it looked at. */
    public List<Exchange> evidence() {
        return Stream.concat(evidence.stream(), log.exchanges().stream()).toList();
    }

    @Override
    public void close() {
        for (int i = toClose.size() - 1; i >= 0; i--) {
            try {
                toClose.get(i).close();
            } catch (Exception e) {
                // What cannot be closed is gone; the verdict stands already.
            }
        }
    }
}

package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.catalogue.Client;
import dev.mcppreflight.conformance.catalogue.Stage;
import dev.mcppreflight.conformance.client.SdkClient;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.HttpProbe;
import dev.mcppreflight.conformance.probe.HttpRequest;
import dev.mcppreflight.conformance.probe.HttpStream;
import dev.mcppreflight.conformance.probe.Names;
import dev.mcppreflight.conformance.probe.Patience;
import dev.mcppreflight.conformance.probe.StdioProcess;
import dev.mcppreflight.conformance.probe.Trust;
import dev.mcppreflight.conformance.signin.Discovery;
import dev.mcppreflight.conformance.signin.Walk;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.target.Transport;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Purpose;
import dev.mcppreflight.conformance.wire.Redactor;
import dev.mcppreflight.conformance.wire.WireLog;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The first contact with a target: one climb up the ladder, from its name to its tools, whose findings all checks of a run
 * share. Where the climb breaks, everything above is blocked; a dead target therefore costs one connection attempt, not
 * one for each check.
 */
public final class Contact implements AutoCloseable {

    /** The only revision in which a server is its own authorization server and says so at its origin. */
    static final String OLD_RULES = "2025-03-26";

    private Target target;
    private final Redactor redactor;
    private final Trust trust;
    private final HttpProbe probe;
    private final WireLog log;
    private final AtomicLong ids;
    private final Map<Listing.Kind, Once<Listing>> readings = new EnumMap<>(Listing.Kind.class);
    private final Map<Listing.Kind, Listing> listings = Collections.synchronizedMap(new EnumMap<>(Listing.Kind.class));

    private final Processes processes;

    private final Once<SdkClient.Visit> realVisit = new Once<>();
    private final Once<Reply> anonymously = new Once<>();
    private final Once<Reply> toWebPage = new Once<>();
    private final Findings findings = new Findings(this);
    private final Once<Discovery> discovery = new Once<>();
    private final WireLog modernLog;
    private final Once<Optional<Contact>> modern = new Once<>();
    private final Once<Reply> discovered = new Once<>();
    private Climb climb;
    private Walk walk;

    private Session shared;
    private Errand<Listing> tools;

    {
        for (Listing.Kind kind : Listing.Kind.values()) {
            readings.put(kind, new Once<>());
        }
    }

    private Contact(Target target) {
        this.target = target;
        this.redactor = new Redactor(target.secrets());
        this.trust = new Trust(target);
        this.probe = new HttpProbe(
                trust,
                new Names(target.resolutions()),
                target.limits(),
                new Patience(target.limits().timeout()));
        this.log = new WireLog(redactor);
        this.processes = new Processes(target, probe.patience());
        this.modernLog = new WireLog(redactor);
        this.ids = new AtomicLong();
    }

    /** The same target, spoken to without a handshake; on connections of the same kind, and under ids that nobody had yet. */
    private Contact(Contact older, Session session, Reply discovered) {
        this.target = older.target;
        this.redactor = older.redactor;
        this.trust = older.trust;
        this.probe = older.probe;
        this.processes = older.processes;
        this.log = older.modernLog;
        this.modernLog = older.modernLog;
        this.ids = older.ids;
        this.climb = Climb.beside(this, older.climb, session, discovered);
        this.shared = climb.session();
    }

    /** Climbs as far as the target lets us. Never throws for anything that a target does. */
    public static Contact with(Target target) {
        Contact contact = new Contact(target);
        if (target.oauth() != null) {
            contact.signIn();
        }
        contact.climb = new Climb(contact);
        contact.climb.start();
        contact.shared = contact.climb.session();
        if (target.isCommand() && contact.brokenAt().isEmpty()) {
            contact.processes.startAhead(
                    Duration.ofMillis(contact.initialize().exchange().timings().end()));
        }
        if (contact.brokenAt().isEmpty() && contact.capabilities().get("tools").isObject()) {
            contact.tools = Errand.begin(() -> contact.listing(Listing.Kind.TOOLS));
            contact.tools.isDoneWithin(contact.probe.patience().scant());
        }
        return contact;
    }

    public Target target() {
        return target;
    }

    /**
     * Looks around once more, when the checks are done; what it sees is evidence and no verdict.
     *
     * @param soak how long to load the target and to leave streams and sessions alone; zero for not at all
     */
    public List<Exchange> survey(Duration soak) {
        WireLog seen = newLog();
        new Survey(this, seen).look();
        if (!soak.isZero()) {
            new Soak(this, seen).run(soak);
        }
        return seen.exchanges();
    }

    /** Signs in before anything else is done; what comes of it is the credential of this run. */
    private void signIn() {
        Reply refusal = knock();
        Discovery found = discovery.get(() -> new Discovery(target.url(), refusal.exchange(), probe, log, isOld()));
        anonymously.get(() -> refusal);
        walk = Walk.through(found, target.url().toString(), target.oauth(), probe, log, redactor);
        if (!walk.accessToken().isEmpty()) {
            target = target.withBearer(walk.accessToken());
        }
    }

    /** How a stranger is received: by a POST, and, where that is no way to begin, at the stream of HTTP+SSE. */
    private Reply knock() {
        Target stranger = Target.of(target.url());
        Outgoing message = initializeMessage(target.revision());
        StreamableSession session = new StreamableSession(stranger, target.url(), probe);
        Reply reply = session.send(message.named(Caller.ANONYMOUS_STRANGER.purpose(message.purpose())), log);
        if (reply.isResult()) {
            session.established(reply, target.revision());
            if (session.sessionId() != null) {
                probe.send(session.request("DELETE", null), Purpose.DELETE, log);
            }
            return reply;
        }
        if (List.of(401, 403).contains(reply.status()) || reply.status() == 0) {
            return reply;
        }
        HttpRequest request = new HttpRequest("GET", target.url(), HttpHeaders.stream(stranger), null);
        try (HttpStream stream = probe.open(request, Caller.ANONYMOUS_STRANGER.purpose(Purpose.STREAM), log)) {
            return new Reply(stream.recording().exchange(), Json.MISSING, Json.MISSING);
        }
    }

    /** The sign-in that the operator asked for; not tested where he did not. */
    Walk walk() {
        if (walk == null) {
            throw new NotTested("it takes leave to sign in: --oauth");
        }
        return walk;
    }

    /** How the target is spoken to; the likeliest transport where that was not found out. */
    public Transport transport() {
        return climb.transport();
    }

    /** The rung at which the climb broke; empty when it reached the lists. */
    public Optional<Stage> brokenAt() {
        return brokenUpTo(Stage.DISCOVERY).or(() -> Optional.ofNullable(climb.brokenAt()));
    }

    /** The rung at which the climb broke, if that is this one or one below; the lists are awaited only where they matter. */
    Optional<Stage> brokenUpTo(Stage stage) {
        Optional<Stage> broken = Optional.ofNullable(climb.brokenAt()).filter(rung -> rung.compareTo(stage) <= 0);
        return broken.isEmpty() && stage.compareTo(Stage.DISCOVERY) >= 0 && listsAreBroken()
                ? Optional.of(Stage.DISCOVERY)
                : broken;
    }

    private boolean listsAreBroken() {
        return tools != null && tools.get().pages().stream().noneMatch(Reply::isResult);
    }

    /** Waits for what was begun on the way up and has not been awaited by a check. */
    public void settle() {
        climb.initialized();
        listsAreBroken();
    }

    /** The negotiated revision; empty before the handshake succeeded. */
    public String revision() {
        return climb.revision();
    }

    /** Whether it is spoken to without a handshake: because it knows no other way, or beside it. */
    public boolean isModern() {
        return climb != null && climb.isModern();
    }

    /** Whether that is so beside an older revision. */
    boolean isBesideOlder() {
        return isModern() && !climb.suffix().isEmpty();
    }

    /** The same target in the modern revision, which needs no handshake; nothing where it does not speak that. */
    Optional<Contact> modern() {
        if (isModern()) {
            return Optional.of(this);
        }
        return modern.get(() -> {
            Session session = modernSession(target, modernLog, Purpose.BESIDE);
            Reply answer = session.send(discoverMessage(), modernLog);
            discovered.get(() -> answer);
            if (!Climb.offersModern(answer)) {
                if (session.carrier() instanceof StdioSession process) {
                    processes.giveBack(process, answer, revision(), modernLog);
                }
                return Optional.empty();
            }
            return Optional.of(new Contact(this, session, answer));
        });
    }

    /** What came when it was asked whether it speaks the modern revision. */
    Reply discovered() {
        modern();
        return isModern()
                ? initialize()
                : discovered.get(() -> {
                    throw new IllegalStateException("not asked");
                });
    }

    /** What was sent and what came back in the modern revision, where that is spoken beside an older one. */
    public WireLog modernLog() {
        return modernLog;
    }

    /** What was sent and what came back on the climb. */
    public WireLog log() {
        return log;
    }

    /** Whether the target asked for credentials and the operator gave none. */
    public boolean lacksCredentials() {
        return climb.brokenAt() == Stage.AUTHORIZATION && !target.hasCredentials();
    }

    /** The answer to the very first request. */
    Reply first() {
        return climb.first();
    }

    Reply initialize() {
        return climb.initialize();
    }

    Reply initialized() {
        return climb.initialized();
    }

    /** Whether it is known by now how the confirmation of the handshake was taken. */
    boolean isConfirmed() {
        return climb.isConfirmed();
    }

    /** What the server declared; missing before the handshake. */
    Json capabilities() {
        return initialize() == null ? Json.MISSING : initialize().result().get("capabilities");
    }

    HttpProbe probe() {
        return probe;
    }

    /** Waits for an answer in proportion, and a second more for the end of its stream: long for an end, short for a check. */
    HttpProbe patientProbe() {
        return probe.within(target.limits().withTimeout(probe.patience().scant().plusSeconds(1)));
    }

    /** A value made of a secret, which is one itself. */
    String secret(String value) {
        redactor.learn(value);
        return value;
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
        return climb.process();
    }

    /** The session that harmless messages share, opened anew if it died. */
    synchronized Session shared(WireLog scenarioLog) {
        if (shared == null) {
            throw new Blocked(climb.brokenAt());
        }
        if (!shared.isAlive()) {
            shared.close();
            shared = openSession(scenarioLog);
        }
        return shared;
    }

    /** A session that may come to harm; whoever takes it has it alone. */
    Session expendable(WireLog scenarioLog) {
        StdioSession idle = isBesideOlder() ? null : processes.initialized();
        if (idle == null) {
            return openSession(scenarioLog);
        }
        return isModern() ? new ModernSession(idle, climb.suffix(), this::toolNamed) : idle;
    }

    /** Takes back a process that came to no harm; one that was spoken to in two manners serves nobody else. */
    void giveBack(StdioSession process) {
        if (isBesideOlder()) {
            process.close();
        } else {
            processes.giveBack(process);
        }
    }

    Processes processes() {
        return processes;
    }

    /** A list with all its pages, read once in a run. */
    Listing listing(Listing.Kind kind) {
        return readings.get(kind).get(() -> {
            Listing read = new ListReader(this, shared).read(kind);
            listings.put(kind, read);
            return read;
        });
    }

    /** What is asked once and looked at by many checks. */
    Findings findings() {
        return findings;
    }

    /** What the Java SDK's own client makes of the target; asked once in a run. */
    SdkClient.Visit realClient() {
        return realVisit.get(() ->
                SdkClient.visit(target.withTimeout(realPatience()), transport(), trust, newLog(), inProportion()));
    }

    private Duration realPatience() {
        Duration whole = probe.patience().next();
        // A process has been answering for a while, so that its time to start is known; others start beside this one.
        Duration known = inProportion().multipliedBy(2);
        return transport() == Transport.STDIO && known.compareTo(whole) < 0 ? known : whole;
    }

    /** What is fair to the target, and a second for a client of another maker, which has classes to load. */
    private Duration inProportion() {
        return probe.patience().scant().plusSeconds(1);
    }

    /**
     * What a client meets at the target when it goes its own way, on connections of its own; nothing for a command, and where
     * the target cannot be reached at all.
     */
    public List<Exchange> visit(Client client) {
        return target.isCommand() || climb.brokenAt() == Stage.REACH ? List.of() : ClientVisit.of(this, client);
    }

    /** How the target answers to a caller without credentials; asked once in a run. */
    Reply anonymously() {
        return target.hasCredentials() || walk != null
                ? anonymously.get(() -> initializeAs(Caller.ANONYMOUS_STRANGER))
                : first();
    }

    /** Where to sign in; each document is asked for once in a run. */
    Discovery discovery() {
        return discovery.get(() -> new Discovery(target.url(), anonymously().exchange(), probe, log, isOld()));
    }

    private boolean isOld() {
        boolean before = climb == null || revision().isEmpty();
        return OLD_RULES.equals(before ? target.revision() : revision());
    }

    /** Whether a caller without credentials is turned away. */
    boolean isProtected() {
        boolean reached = brokenUpTo(Stage.REACH).isEmpty();
        return transport() != Transport.STDIO
                && reached
                && List.of(401, 403).contains(anonymously().status());
    }

    /** Whether everybody may connect and a tool takes a sign-in: its tools say so, or a call without credentials shows it. */
    boolean asksAtCalls(Conversation conversation) {
        if (transport() == Transport.STDIO || brokenAt().isPresent() || isProtected()) {
            return false;
        }
        boolean declared = listing(Listing.Kind.TOOLS).items().stream()
                .flatMap(tool -> Tools.securitySchemes(tool).stream())
                .anyMatch(scheme -> scheme.get("type").text().equals("oauth2"));
        return declared
                || !target.hasCredentials()
                        && discovery().resource().isPresent()
                        && !Tools.callable(conversation).isEmpty()
                        && findings.safeCalls(conversation).stream()
                                .anyMatch(call -> call.reply().asksForCredentials());
    }

    /**
     * The revision by whose rules signing in is judged: the negotiated one; before a handshake that to which the metadata
     * belongs, since a server of 2025-03-26 has no resource metadata and is right.
     */
    public String rules() {
        if (!revision().isEmpty()) {
            return revision();
        }
        return isProtected() && discovery().isOfOldRules() ? OLD_RULES : target.revision();
    }

    /** How the target answers to a web page of this machine; asked once in a run. */
    Reply toWebPage() {
        return toWebPage.get(() -> initializeAs(Caller.INSPECTOR));
    }

    private Reply initializeAs(Caller caller) {
        try (Conversation conversation = new Conversation(this, log)) {
            Outgoing message = initializeMessage(target.revision());
            return caller.send(conversation, message.named(caller.purpose(message.purpose())));
        }
    }

    // ---- messages and sessions

    /** What a conversation begins with: initialize, or server/discover where there is no handshake. */
    Outgoing initializeMessage(String offered) {
        if (isModern()) {
            return discoverMessage();
        }
        Json params = Json.object(
                "protocolVersion",
                offered,
                "capabilities",
                Json.object(),
                "clientInfo",
                Json.object("name", "mcp-preflight", "version", "0.1"));
        return Outgoing.plain(Purpose.INITIALIZE, request("initialize", params));
    }

    private Outgoing discoverMessage() {
        return Outgoing.plain(Purpose.DISCOVER, request("server/discover", Json.MISSING));
    }

    /** A request of the modern revision, which carries in itself what a handshake would have settled. */
    Outgoing modernMessage(String method, String purpose, Json clientInfo) {
        return ModernSession.dress(
                Outgoing.plain(purpose, request(method, Json.MISSING)), clientInfo, name -> Json.MISSING);
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
        Session session = openTransport(target, scenarioLog);
        if (session instanceof SseSession further && further.messages() == null) {
            session.close();
            throw new Mismatch("a further stream to open as the first one did", further.observed());
        }
        return session;
    }

    /** The same with the credentials of another. */
    Session openTransport(Target as, WireLog scenarioLog) {
        return isModern() ? modernSession(as, scenarioLog, climb.suffix()) : openCarrier(as, scenarioLog);
    }

    private Session modernSession(Target as, WireLog scenarioLog, String suffix) {
        return new ModernSession(openCarrier(as, scenarioLog), suffix, this::toolNamed);
    }

    /** What the list says of a tool, where it was read. */
    Json toolNamed(String name) {
        Listing tools = name.isEmpty() ? null : listings.get(Listing.Kind.TOOLS);
        return tools == null
                ? Json.MISSING
                : tools.items().stream()
                        .filter(tool -> tool.get("name").text().equals(name))
                        .findFirst()
                        .orElse(Json.MISSING);
    }

    private Session openCarrier(Target as, WireLog scenarioLog) {
        return openCarrier(as, scenarioLog, probe);
    }

    private Session openCarrier(Target as, WireLog scenarioLog, HttpProbe by) {
        Session session =
                switch (transport()) {
                    case STDIO -> processes.fresh();
                    case SSE -> new SseSession(as, as.url(), by);
                    default -> new StreamableSession(as, as.url(), by);
                };
        if (transport() != Transport.STREAMABLE) {
            session.open(scenarioLog);
        }
        return session;
    }

    /** A session of its own, initialized and confirmed. */
    Session openSession(WireLog scenarioLog) {
        return confirmed(openUnconfirmed(scenarioLog), scenarioLog);
    }

    /** The same by another probe, which waits as it likes. */
    Session openSession(WireLog scenarioLog, HttpProbe by) {
        Session carrier = openCarrier(target, scenarioLog, by);
        Session session = isModern() ? new ModernSession(carrier, climb.suffix(), this::toolNamed) : carrier;
        return confirmed(initialized(session, scenarioLog), scenarioLog);
    }

    /** Confirms a handshake. Nobody needs the answer to go on; but whoever gives one in proportion is waited for. */
    Errand<Reply> confirm(Session session, WireLog in) {
        Errand<Reply> confirmation = Errand.begin(() -> session.send(initializedMessage(), in));
        confirmation.isDoneWithin(probe.patience().scant());
        return confirmation;
    }

    private Session confirmed(Session session, WireLog scenarioLog) {
        if (!isModern()) {
            confirm(session, scenarioLog);
        }
        return session;
    }

    /** A session whose initialize was answered and not yet confirmed. */
    Session openUnconfirmed(WireLog scenarioLog) {
        return initialized(openTransport(scenarioLog), scenarioLog);
    }

    private Session initialized(Session session, WireLog scenarioLog) {
        if (isModern()) {
            return session;
        }
        if (session instanceof SseSession sse && sse.messages() == null) {
            session.close();
            throw new Mismatch(
                    "a further session to open as the first one did",
                    new Reply(sse.stream().recording().exchange(), Json.MISSING, Json.MISSING).observed());
        }
        Reply reply = session.send(initializeMessage(target.revision()), scenarioLog);
        if (!reply.isResult()) {
            session.close();
            throw new Mismatch("a further session to open as the first one did", reply.observed());
        }
        session.established(reply, reply.result().get("protocolVersion").text());
        return session;
    }

    /** Ends a session as a polite guest does. */
    void end(Session session) {
        if (session instanceof StreamableSession streamable && streamable.sessionId() != null) {
            probe.send(streamable.request("DELETE", null), Purpose.DELETE, newLog());
        }
        session.close();
    }

    /** Ends the shared session and everything that was started. */
    @Override
    public void close() {
        if (shared != null && shared.carrier() instanceof StdioSession process) {
            processes.retire(process);
        } else if (shared != null) {
            end(shared);
        }
        if (!isBesideOlder()) {
            modern.ifKnown(spoken -> spoken.ifPresent(Contact::close));
            processes.close();
        }
        if (walk != null) {
            walk.close();
        }
    }
}

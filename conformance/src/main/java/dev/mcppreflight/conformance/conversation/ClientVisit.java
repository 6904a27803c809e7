package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.catalogue.Client;
import dev.mcppreflight.conformance.catalogue.Client.Manner;
import dev.mcppreflight.conformance.catalogue.DiscoverAnswer;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.HttpRequest;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.target.Transport;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.Purpose;
import dev.mcppreflight.conformance.wire.WireLog;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client does with an address, done in its place: its sequence, its headers, its rules of going on and of giving up, on
 * connections of its own. It shares nothing with the first contact but the time that a run may take.
 */
final class ClientVisit {

    private static final Pattern RESOURCE_METADATA = Pattern.compile("resource_metadata=\"?([^\", ]+)");

    private final Contact contact;
    private final Client client;
    private final Manner manner;
    private final Target target;
    private final WireLog log;
    private final List<AutoCloseable> toClose = new ArrayList<>();

    private ClientVisit(Contact contact, Client client) {
        this.contact = contact;
        this.client = client;
        this.manner = client.manner();
        this.target = dressed(contact.target(), manner);
        this.log = contact.newLog();
    }

    /** What went over the wire, in order. */
    static List<Exchange> of(Contact contact, Client client) {
        ClientVisit visit = new ClientVisit(contact, client);
        try {
            visit.knock();
        } finally {
            visit.leave();
        }
        return visit.log.exchanges();
    }

    /** The target as this client addresses it: with its headers, and with the operator's only where it sends such. */
    private static Target dressed(Target target, Manner manner) {
        // A bearer token of the operator stands for the one that a client with a sign-in would have obtained.
        Target dressed = manner.carriesCredentials() ? target : target.withHeaders(List.of());
        dressed = dressed.withHeader("User-Agent", manner.userAgent());
        return manner.encodings().isEmpty() ? dressed : dressed.withHeader("Accept-Encoding", manner.encodings());
    }

    private void knock() {
        if (target.bearer() != null && !manner.carriesCredentials()) {
            knockAnonymously();
        }
        if (manner.choosesTransport() && contact.transport() == Transport.SSE) {
            knockAtStream();
            return;
        }
        StreamableSession streamable = new StreamableSession(target, target.url(), contact.probe());
        if (manner.discovers()) {
            Reply discovered = streamable.send(discover("openai-mcp-discover"), log);
            if (isClosed(discovered)) {
                readSignInMetadata(discovered);
                return;
            }
            if (DiscoverAnswer.of(discovered.exchange()) == DiscoverAnswer.RESULT) {
                streamable.send(modern("tools/list", Purpose.LIST_TOOLS), log);
                return;
            }
            // What is known to end the attempt ends it here too; after everything else the handshake is tried.
            String answer = DiscoverAnswer.of(discovered.exchange()).word();
            if (client.discoverRule(answer)
                    .filter(rule -> rule.weight() == Client.Weight.BLOCKS)
                    .isPresent()) {
                return;
            }
        }
        Reply initialized = streamable.send(initialize(), log);
        if (initialized.isResult()) {
            toClose.add(() -> end(streamable));
            shakeHands(streamable, initialized);
        } else if (isClosed(initialized)) {
            readSignInMetadata(initialized);
        } else if (manner.fallsBackOn().contains(initialized.status())) {
            knockAtStream();
        }
    }

    /** Who signs in comes without a token first, and has to be told where to get one. */
    private void knockAnonymously() {
        StreamableSession stranger = new StreamableSession(target.withBearer(null), target.url(), contact.probe());
        Reply reply = stranger.send(manner.discovers() ? discover("openai-mcp-discover") : initialize(), log);
        if (isClosed(reply)) {
            readSignInMetadata(reply);
        }
    }

    private void knockAtStream() {
        SseSession legacy = new SseSession(target, target.url(), contact.probe());
        toClose.add(legacy);
        Reply opened = legacy.open(log);
        if (legacy.messages() == null) {
            if (isClosed(opened)) {
                readSignInMetadata(opened);
            }
            return;
        }
        Reply initialized = legacy.send(posted(initialize()), log);
        if (initialized.isResult()) {
            shakeHands(legacy, initialized);
        }
    }

    private void shakeHands(Session session, Reply initialized) {
        session.established(
                initialized, initialized.result().get("protocolVersion").text());
        session.send(posted(Contact.initializedMessage()), log);
        if (session instanceof StreamableSession && listens(initialized)) {
            session.send(new Outgoing(Purpose.LISTEN, "", Json.MISSING, "GET", request -> request), log);
        }
        Json params = Json.MISSING;
        for (int page = 0; page < target.limits().maxPages(); page++) {
            Reply reply = session.send(
                    posted(Outgoing.plain(Purpose.LIST_TOOLS, contact.request("tools/list", params))), log);
            String cursor = reply.result().get("nextCursor").text();
            if (!manner.readsAllPages()
                    || cursor.isEmpty()
                    || cursor.equals(params.get("cursor").text())) {
                return;
            }
            params = Json.object("cursor", cursor);
        }
    }

    private boolean listens(Reply initialized) {
        Json capabilities = initialized.result().get("capabilities");
        boolean announced = capabilities.names().stream()
                .anyMatch(name -> capabilities.get(name).get("listChanged").isTrue());
        return manner.listens().equals("always") || manner.listens().equals("when-announced") && announced;
    }

    /** At the place that the challenge names, at the path of the address, and at the root: each on the same host, once. */
    private void readSignInMetadata(Reply challenged) {
        Map<URI, String> places = new LinkedHashMap<>();
        Matcher pointer = RESOURCE_METADATA.matcher(
                challenged.exchange().header("WWW-Authenticate").orElse(""));
        if (pointer.find()) {
            metadata(pointer.group(1)).ifPresent(place -> places.put(place, Purpose.METADATA));
        }
        String path = target.url().getPath();
        String root = "/.well-known/oauth-protected-resource";
        if (path != null && !path.isEmpty() && !path.equals("/")) {
            metadata(root + path).ifPresent(place -> places.putIfAbsent(place, Purpose.METADATA_AT_PATH));
        }
        metadata(root).ifPresent(place -> places.putIfAbsent(place, Purpose.METADATA_AT_ROOT));
        String agent = manner.metadataAgent().isEmpty() ? manner.userAgent() : manner.metadataAgent();
        places.forEach((place, purpose) -> {
            List<Header> headers = List.of(new Header("User-Agent", agent), new Header("Accept", "application/json"));
            contact.probe().send(new HttpRequest("GET", place, headers, null), purpose, log);
        });
    }

    private Optional<URI> metadata(String place) {
        try {
            URI uri = target.url().resolve(place);
            return Optional.of(uri).filter(it -> String.valueOf(it.getHost())
                    .equalsIgnoreCase(target.url().getHost()));
        } catch (IllegalArgumentException e) {
            // A pointer that is no address leads nowhere; the challenge itself is recorded.
            return Optional.empty();
        }
    }

    private static boolean isClosed(Reply reply) {
        return reply.status() == 401 || reply.status() == 403;
    }

    // ---- messages

    private Outgoing initialize() {
        Json params = Json.object(
                "protocolVersion", manner.revision(), "capabilities", Json.object(), "clientInfo", clientInfo());
        return Outgoing.plain(Purpose.INITIALIZE, contact.request("initialize", params));
    }

    private Json clientInfo() {
        return Json.object("name", manner.clientName(), "version", manner.clientVersion());
    }

    private Outgoing discover(String id) {
        Outgoing message = modern("server/discover", Purpose.DISCOVER);
        Json named = Json.parse(message.text()).with("id", id);
        return Outgoing.plain(Purpose.DISCOVER, named).with(message.adjustment());
    }

    private Outgoing modern(String method, String purpose) {
        return contact.modernMessage(method, purpose, clientInfo());
    }

    /** As the client posts over HTTP+SSE; over Streamable HTTP it names both types. */
    private Outgoing posted(Outgoing message) {
        return manner.sseAccept().isEmpty()
                ? message
                : message.with(request ->
                        request.url().equals(target.url()) ? request : request.with("Accept", manner.sseAccept()));
    }

    // ---- leaving

    /** A polite guest takes its session away again; that is no part of what the client does. */
    private void end(StreamableSession session) {
        if (session.sessionId() != null) {
            contact.probe().send(session.request("DELETE", null), Purpose.DELETE, contact.newLog());
        }
    }

    private void leave() {
        for (AutoCloseable each : toClose) {
            try {
                each.close();
            } catch (Exception e) {
                // What cannot be closed is gone; what was seen stands already.
            }
        }
    }
}

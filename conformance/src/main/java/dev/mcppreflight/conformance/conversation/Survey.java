package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.catalogue.Stage;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.HttpProbe;
import dev.mcppreflight.conformance.probe.HttpRequest;
import dev.mcppreflight.conformance.probe.HttpStream;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.target.Transport;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Purpose;
import dev.mcppreflight.conformance.wire.Recording;
import dev.mcppreflight.conformance.wire.WireLog;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A look around after the checks: a handful of requests that judge nothing by themselves, but tell causes apart that look alike
 * otherwise. Each is sent once, none changes anything, and none is waited for longer than a second or two.
 */
final class Survey {

    private static final Duration BRIEF = Duration.ofSeconds(2);
    private static final int MOST_TEMPLATES = 3;
    private static final long QUICK_MILLIS = 1_000;

    /** From here on a call leaves time to ask something beside it. */
    private static final long SLOW_MILLIS = 380;

    private static final int PINGS_ALONE = 3;

    private static final Duration LOOK = Duration.ofMillis(5);
    private static final int MOST_LOOKS = 400;

    /** As the Java HTTP client offers it on every plain connection (RFC 7540, section 3.2). */
    private static final String SETTINGS = "AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA";

    private final Contact contact;
    private final Target target;
    private final HttpProbe probe;
    private final WireLog log;

    Survey(Contact contact, WireLog log) {
        this.contact = contact;
        this.target = contact.target();
        Duration timeout = target.limits().timeout();
        this.probe = contact.probe().brief(target.limits().withTimeout(timeout.compareTo(BRIEF) < 0 ? timeout : BRIEF));
        this.log = log;
    }

    void look() {
        if (target.isCommand()) {
            return;
        }
        resolve();
        Optional<Stage> brokenAt = contact.brokenAt();
        boolean answered = contact.first() != null && contact.first().status() > 0;
        if (brokenAt.isPresent() && answered && brokenAt.get().compareTo(Stage.HANDSHAKE) < 0) {
            if (!answersByNow()) {
                askWithLocalHost();
            }
        }
        if (brokenAt.isPresent() && answered && refusesInitialize()) {
            askAsAnotherClient();
        }
        if (contact.isModern()) {
            readTemplates();
        } else if (brokenAt.isEmpty()) {
            askForOtherForms();
            if (contact.transport() == Transport.STREAMABLE) {
                offerUpgrade();
                if (isQuick(Purpose.LIST_TOOLS)) {
                    listBeforeConfirmation();
                }
            } else {
                lookForStreamable();
            }
            if (contact.capabilities().get("tools").isObject()) {
                if (isQuick(Purpose.LIST_TOOLS)) {
                    listAsVendor();
                }
                readTemplates();
                pingBesideSlowCall();
            }
        }
    }

    /** What the name leads to: who sees only one address of it does not know which others there are. */
    private void resolve() {
        URI url = target.url();
        int port = url.getPort() >= 0 ? url.getPort() : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
        List<String> addresses = probe.names().addresses(url.getHost(), port);
        if (!addresses.isEmpty()) {
            Recording lookUp = log.begin(Purpose.RESOLVE, "RESOLVE", url.toString(), List.of(), "");
            lookUp.body(String.join("\n", addresses));
            lookUp.ended();
        }
    }

    /** Whether what was asked for so far came at once: what is slow or broken is not asked again. */
    private boolean isQuick(String purpose) {
        return contact.log().exchanges().stream()
                .filter(exchange -> exchange.purpose().equals(purpose))
                .allMatch(exchange -> exchange.failure() == null && took(exchange) < QUICK_MILLIS);
    }

    /** What was asleep when the first request came may be awake by now. */
    private boolean answersByNow() {
        int status = contact.first().status();
        return status >= 502
                && status <= 504
                && initialize(Purpose.AGAIN, target.url(), UnaryOperator.identity())
                        .isResult();
    }

    private boolean refusesInitialize() {
        int status = contact.first().status();
        return contact.transport() == Transport.STREAMABLE
                && (List.of(400, 422, 500).contains(status)
                        || status == 200 && contact.first().isError());
    }

    /** Some servers serve only clients like the one that they were tried with, in what it can do or in its version. */
    private void askAsAnotherClient() {
        if (initialize(Purpose.AGAIN, target.url(), UnaryOperator.identity()).isResult()) {
            return;
        }
        Json capabilities = Json.object(
                "roots", Json.object("listChanged", true), "sampling", Json.object(), "elicitation", Json.object());
        Json client = Json.object("name", "claude-ai", "version", "0.1.0", "title", "Claude");
        if (!initializeWith(Purpose.RICHER, params -> params.with("capabilities", capabilities)
                .with("clientInfo", client))) {
            Stream.of("2025-06-18", "2025-03-26", "2024-11-05")
                    .anyMatch(version ->
                            initializeWith(Purpose.OTHER_VERSION, params -> params.with("protocolVersion", version)));
        }
    }

    private boolean initializeWith(String purpose, UnaryOperator<Json> change) {
        Json message = Json.parse(contact.initializeMessage(target.revision()).text());
        Json changed = message.with("params", change.apply(message.get("params")));
        return new StreamableSession(target, target.url(), probe)
                .send(Outgoing.plain(purpose, changed), log)
                .isResult();
    }

    /** A site that knows itself by another name answers otherwise when it is called by that. */
    private void askWithLocalHost() {
        String host = target.url().getHost();
        if (host == null || !isOwn(host) || host.equals("localhost")) {
            return;
        }
        int port = target.url().getPort();
        initialize(
                Purpose.OTHER_HOST,
                target.url(),
                request -> request.with("Host", port < 0 ? "localhost" : "localhost:" + port));
    }

    private static boolean isOwn(String host) {
        return host.startsWith("127.") || host.equals("[::1]") || host.startsWith("192.168.") || host.startsWith("10.");
    }

    /** Forms and hosts are known to take off what stands at the end of an address. */
    private void askForOtherForms() {
        URI url = target.url();
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        String text = url.toString();
        if (url.getRawQuery() != null) {
            knock(Purpose.WITHOUT_QUERY, URI.create(text.substring(0, text.indexOf('?'))));
        } else if (path.length() > 1 && path.endsWith("/")) {
            knock(Purpose.WITHOUT_SLASH, URI.create(text.substring(0, text.length() - 1)));
        }
    }

    private void knock(String purpose, URI url) {
        if (contact.transport() == Transport.SSE) {
            probe.open(new HttpRequest("GET", url, HttpHeaders.stream(target), null), purpose, log)
                    .close();
        } else {
            initialize(purpose, url, UnaryOperator.identity());
        }
    }

    private Reply initialize(String purpose, URI url, UnaryOperator<HttpRequest> adjustment) {
        StreamableSession stranger = new StreamableSession(target, url, probe);
        Reply reply = stranger.send(
                contact.initializeMessage(target.revision()).named(purpose).with(adjustment), log);
        if (reply.exchange().header(HttpHeaders.SESSION).isPresent()) {
            stranger.established(reply, target.revision());
            probe.send(stranger.request("DELETE", null), Purpose.DELETE, log);
        }
        return reply;
    }

    private void offerUpgrade() {
        if ("http".equalsIgnoreCase(target.url().getScheme())) {
            initialize(Purpose.UPGRADE, target.url(), request -> request.with("Connection", "Upgrade, HTTP2-Settings")
                    .with("Upgrade", "h2c")
                    .with("HTTP2-Settings", SETTINGS));
        }
    }

    /** A host may list the tools as soon as it was welcomed. */
    private void listBeforeConfirmation() {
        StreamableSession early = new StreamableSession(target, target.url(), probe);
        Reply reply = early.send(contact.initializeMessage(target.revision()).named(Purpose.EARLY_WELCOME), log);
        if (reply.isResult()) {
            early.established(reply, reply.result().get("protocolVersion").text());
            early.send(list().named(Purpose.EARLY_LIST), log);
            if (early.sessionId() != null) {
                probe.send(early.request("DELETE", null), Purpose.DELETE, log);
            }
        }
    }

    private Outgoing list() {
        return Outgoing.plain(Purpose.LIST_TOOLS, contact.request("tools/list", Json.MISSING));
    }

    private void lookForStreamable() {
        for (String path : List.of("/mcp", "/")) {
            if (!path.equals(target.url().getPath())) {
                initialize(Purpose.ELSEWHERE, target.url().resolve(path), UnaryOperator.identity());
            }
        }
    }

    private Reply ask(Outgoing message) {
        return contact.shared(log).send(message, log);
    }

    private void listAsVendor() {
        for (String agent : List.of("openai-mcp/1.0.0", "Claude-User")) {
            ask(list().named(Purpose.VENDOR_LIST).with(request -> request.with("User-Agent", agent)));
        }
    }

    /** The page that a tool wants to be shown in (Apps SDK). */
    private void readTemplates() {
        tools().map(Survey::template)
                .filter(uri -> !uri.isEmpty())
                .distinct()
                .limit(MOST_TEMPLATES)
                .forEach(uri -> ask(Outgoing.plain(
                        Purpose.READ_TEMPLATE, contact.request("resources/read", Json.object("uri", uri)))));
    }

    private static String template(Json tool) {
        Json meta = tool.get("_meta");
        return Stream.of(
                        meta.get("openai/outputTemplate"),
                        meta.get("ui/resourceUri"),
                        meta.get("ui").get("resourceUri"))
                .map(Json::text)
                .filter(uri -> !uri.isEmpty())
                .findFirst()
                .orElse("");
    }

    private Stream<Json> tools() {
        return contact.listing(Listing.Kind.TOOLS).items().stream();
    }

    /** Whether a tool that takes its time keeps everybody waiting. */
    private void pingBesideSlowCall() {
        Optional<Exchange> slow = contact.log().exchanges().stream()
                .filter(exchange -> exchange.purpose().equals(SafeCall.PURPOSE))
                .filter(exchange -> exchange.failure() == null && took(exchange) >= SLOW_MILLIS)
                .findFirst();
        if (slow.isEmpty()) {
            return;
        }
        // Where each request takes its time by itself, the call is not to blame; the quickest of a few tells.
        boolean quick = IntStream.range(0, PINGS_ALONE)
                .anyMatch(i -> took(ping(Purpose.PING_ALONE).exchange()) < SLOW_MILLIS / 2);
        // Once may be chance, on a machine that is busy.
        if (quick && pingWaitsForCall(slow.get())) {
            pingWaitsForCall(slow.get());
        }
    }

    private boolean pingWaitsForCall(Exchange slow) {
        Outgoing again = Outgoing.plain(
                Purpose.SLOW_CALL, contact.request("tools/call", slow.request().get("params")));
        long before = callsUnderWay();
        Errand<Reply> call = Errand.begin(() -> ask(again));
        // The call has to be under way when the ping goes, however busy this machine is.
        for (int i = 0; i < MOST_LOOKS && callsUnderWay() == before; i++) {
            HttpStream.pause(LOOK);
        }
        // The first time it may have waited for others: alone it takes less.
        HttpStream.pause(Duration.ofMillis(SLOW_MILLIS / 3));
        long waited = took(ping(Purpose.PING_BESIDE).exchange());
        boolean overtakes = waited < SLOW_MILLIS / 4 && !call.isDoneWithin(Duration.ZERO);
        return !overtakes && waited >= took(call.get().exchange()) / 2;
    }

    private long callsUnderWay() {
        return log.exchanges().stream()
                .filter(exchange -> exchange.purpose().equals(Purpose.SLOW_CALL))
                .filter(exchange -> exchange.timings().connected() >= 0)
                .count();
    }

    private Reply ping(String purpose) {
        return ask(Outgoing.plain(purpose, contact.request("ping", Json.MISSING)));
    }

    private static long took(Exchange exchange) {
        return exchange.timings().end() - Math.max(0, exchange.timings().connected());
    }
}

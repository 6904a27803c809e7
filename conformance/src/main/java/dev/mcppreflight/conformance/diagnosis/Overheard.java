package dev.mcppreflight.conformance.diagnosis;

import dev.mcppreflight.conformance.catalogue.Revision;
import dev.mcppreflight.conformance.catalogue.Stage;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Challenge;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.Purpose;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Exchanges of somebody else's client as evidence. Nobody planned them, so that first has to be found out what each was sent
 * for; what only a check provokes cannot show, and rules that rest on such do not fire.
 */
public final class Overheard {

    private static final String SESSION = "Mcp-Session-Id";
    private static final String WELL_KNOWN = "/.well-known/";

    /** What clients call, by the words under which it is known here. */
    private static final Map<String, String> MESSAGES = Map.ofEntries(
            Map.entry("initialize", Purpose.INITIALIZE),
            Map.entry("notifications/initialized", Purpose.INITIALIZED),
            Map.entry("tools/list", Purpose.LIST_TOOLS),
            Map.entry("resources/list", Purpose.LIST_RESOURCES),
            Map.entry("resources/templates/list", Purpose.LIST_TEMPLATES),
            Map.entry("prompts/list", Purpose.LIST_PROMPTS),
            Map.entry("server/discover", Purpose.DISCOVER),
            Map.entry("tools/call", Sent.SAFE_CALL),
            Map.entry("ping", Sent.PING),
            Map.entry("completion/complete", Sent.COMPLETION),
            Map.entry("logging/setLevel", Sent.LOG_LEVEL));

    private final List<Exchange> exchanges;
    private final Optional<Exchange> knock;

    private Overheard(List<Exchange> raw) {
        List<Exchange> named = new ArrayList<>();
        for (Exchange exchange : raw) {
            named.add(exchange.sentFor(purpose(exchange, named)));
        }
        this.exchanges = withKnock(named);
        this.knock = exchanges.stream()
                .filter(exchange -> isFor(exchange, Purpose.INITIALIZE, Purpose.STREAM, Purpose.DISCOVER))
                .findFirst();
    }

    /**
     * One attempt of one client.
     *
     * @param raw its exchanges in the order in which they began, each with its answer or with the failure that it came to
     */
    public static Overheard of(List<Exchange> raw) {
        return new Overheard(raw);
    }

    /** The exchanges with what each was sent for. */
    public List<Exchange> exchanges() {
        return exchanges;
    }

    /** The address that the client was given, as far as it has spoken to it; empty before. */
    public String address() {
        return knock.map(Exchange::url).orElse("");
    }

    /** How they speak: sse or streamable. */
    public String transport() {
        boolean opened = exchanges.stream()
                .anyMatch(exchange ->
                        exchange.isStream() && Facts.endpoint(exchange).isPresent());
        boolean streamOnly = exchanges.stream().anyMatch(exchange -> isFor(exchange, Purpose.STREAM))
                && exchanges.stream().noneMatch(exchange -> isFor(exchange, Purpose.INITIALIZE, Purpose.DISCOVER));
        return opened || streamOnly ? "sse" : "streamable";
    }

    /** The revision that was negotiated; empty when none was. */
    public String revision() {
        return results(Purpose.INITIALIZE)
                .map(result -> result.get("protocolVersion").text())
                .filter(Revision::isPublished)
                .findFirst()
                .or(() -> isModern() ? Optional.of(Revision.MODERN) : Optional.empty())
                .orElse("");
    }

    /** Whether the client saw the tools, or as much as the server has. */
    public boolean isThrough() {
        return !revision().isEmpty() && brokenAt().isEmpty();
    }

    /** The word of the stage at which the attempt broke; empty when it did not, or has not yet. */
    public String brokenAt() {
        if (!revision().isEmpty()) {
            // Some clients ask for tools that nobody declared.
            boolean declared = isModern()
                    || results(Purpose.INITIALIZE)
                            .anyMatch(result ->
                                    result.get("capabilities").get("tools").isObject());
            boolean asked = declared && exchanges.stream().anyMatch(exchange -> isFor(exchange, Purpose.LIST_TOOLS));
            return asked && results(Purpose.LIST_TOOLS).findAny().isEmpty() ? Stage.DISCOVERY.word() : "";
        }
        return decisive().map(Overheard::stage).map(Stage::word).orElse("");
    }

    /** What diagnosis looks at. */
    public Evidence evidence() {
        List<Exchange> contact = new ArrayList<>();
        knock.ifPresent(contact::add);
        exchanges.stream().filter(exchange -> exchange != knock.orElse(null)).forEach(contact::add);
        boolean credentials =
                decisive().or(() -> knock).filter(Facts::hasCredential).isPresent();
        return new Evidence(
                address(),
                transport(),
                revision(),
                brokenAt(),
                credentials,
                knock.isPresent() ? contact : List.of(),
                findings(),
                List.of());
    }

    // ---- what is wrong by itself

    /** What ordinary clients sent and what no server answers like that, so that no check has to say so. */
    private Map<String, List<Exchange>> findings() {
        List<Exchange> found = new ArrayList<>();
        for (Exchange exchange : exchanges) {
            if (isWrong(exchange)) {
                found.add(exchange);
            }
            if (isFor(exchange, Purpose.DISCOVER)) {
                found.add(exchange.sentFor(Sent.DISCOVER));
            }
            String origin = Header.first(exchange.requestHeaders(), "Origin").orElse("");
            if (exchange.status() == 403
                    && Address.of(origin).filter(Address::isLoopback).isPresent()) {
                found.add(exchange.sentFor(Sent.INITIALIZE + Sent.BY + Sent.LOCAL_PAGE));
            }
        }
        return found.isEmpty() ? Map.of() : new LinkedHashMap<>(Map.of("", found));
    }

    private static boolean isWrong(Exchange exchange) {
        boolean silent = exchange.failedBy(Failure.Kind.NO_ANSWER, Failure.Kind.UNFINISHED);
        Json answer = Facts.answer(exchange);
        return switch (exchange.purpose()) {
            case Purpose.LISTEN ->
                exchange.failedBy(Failure.Kind.NO_ANSWER)
                        || exchange.status() != 405 && !(exchange.status() == 200 && exchange.isStream());
            case Sent.PING -> answer.isPresent() && !answer.get("result").isObject();
            case Sent.SAFE_CALL -> CallRules.isCrash(exchange);
            case Sent.COMPLETION, Sent.LOG_LEVEL -> silent || exchange.status() >= 500;
            case Sent.PREFLIGHT ->
                exchange.status() >= 400
                        || exchange.header("Access-Control-Allow-Origin").isPresent();
            default -> false;
        };
    }

    // ---- where it broke

    /** The exchange by whose answer the attempt stands or falls. */
    private Optional<Exchange> decisive() {
        List<Exchange> handshakes = exchanges.stream()
                .filter(exchange -> isFor(exchange, Purpose.INITIALIZE))
                .toList();
        Optional<Exchange> stream = exchanges.stream()
                .filter(exchange -> isFor(exchange, Purpose.STREAM))
                .findFirst();
        boolean opened = stream.flatMap(Facts::endpoint).isPresent();
        if (handshakes.isEmpty()) {
            return stream.filter(exchange -> !opened);
        }
        Exchange last = handshakes.get(handshakes.size() - 1);
        boolean noPost = last.status() == 404 || last.status() == 405;
        boolean speaking = stream.filter(exchange -> List.of(401, 403).contains(exchange.status())
                        || exchange.isStream() && !opened
                        || exchange.failure() != null)
                .isPresent();
        return noPost && speaking ? stream : Optional.of(last);
    }

    private static Stage stage(Exchange exchange) {
        if (exchange.isUnreached()) {
            return Stage.REACH;
        }
        if (List.of(401, 403, 407).contains(exchange.status())) {
            return Stage.AUTHORIZATION;
        }
        Json answer = Facts.answer(exchange);
        boolean spoke = exchange.status() / 100 == 2 || exchange.status() == 400;
        boolean said = answer.get("error").isPresent() || answer.get("result").isPresent();
        return spoke && said ? Stage.HANDSHAKE : Stage.TRANSPORT;
    }

    private boolean isModern() {
        return results(Purpose.DISCOVER).anyMatch(result -> result.get("supportedVersions").items().stream()
                .anyMatch(version -> version.text().equals(Revision.MODERN)));
    }

    private Stream<Json> results(String purpose) {
        return exchanges.stream()
                .filter(exchange -> exchange.purpose().equals(purpose))
                .map(exchange -> Facts.answer(exchange).get("result"))
                .filter(Json::isPresent);
    }

    // ---- what it was sent for

    private static String purpose(Exchange exchange, List<Exchange> before) {
        String path = pathOf(exchange.url());
        if (path.startsWith(WELL_KNOWN)) {
            return wellKnown(exchange, path, before);
        }
        return switch (exchange.method()) {
            case "GET" -> isStreamRequest(exchange) ? stream(exchange, before) : "look at a page";
            case "DELETE" -> Purpose.DELETE;
            case "OPTIONS" -> Sent.PREFLIGHT;
            case "HEAD" -> Sent.HEAD;
            default -> message(exchange);
        };
    }

    private static String message(Exchange exchange) {
        Json sent = Facts.sent(exchange);
        if (exchange.requestBody().contains("grant_type=authorization_code")) {
            return Purpose.EXCHANGE;
        }
        if (exchange.requestBody().contains("grant_type=refresh_token")) {
            return Purpose.REFRESH;
        }
        if (sent.get("redirect_uris").isArray()) {
            return Purpose.REGISTER;
        }
        String method = sent.get("method").text();
        if (method.isEmpty()) {
            boolean response = Facts.isResponse(sent);
            return response ? "an answer of the client" : "something else";
        }
        return MESSAGES.getOrDefault(method, method);
    }

    private static boolean isStreamRequest(Exchange exchange) {
        String accept = Header.first(exchange.requestHeaders(), "Accept").orElse("");
        return accept.contains("text/event-stream")
                || exchange.isStream()
                || pathOf(exchange.url()).endsWith("/sse");
    }

    /** A stream within a session of Streamable HTTP listens; any other may be the beginning of HTTP+SSE. */
    private static String stream(Exchange exchange, List<Exchange> before) {
        boolean inSession = Header.first(exchange.requestHeaders(), SESSION).isPresent()
                || Header.first(exchange.requestHeaders(), "Last-Event-ID").isPresent()
                || Facts.endpoint(exchange).isEmpty()
                        && before.stream()
                                .anyMatch(each -> isFor(each, Purpose.INITIALIZE)
                                        && each.url().equals(exchange.url())
                                        // Who was given a session and does not name it is not in it.
                                        && each.header(SESSION).isEmpty()
                                        && Facts.answer(each).get("result").isPresent());
        return inSession ? Purpose.LISTEN : Purpose.STREAM;
    }

    private static String wellKnown(Exchange exchange, String path, List<Exchange> before) {
        boolean pointed = before.stream()
                .flatMap(each -> Challenge.of(each).stream())
                .anyMatch(challenge -> challenge.get("resource_metadata").equals(exchange.url()));
        if (path.startsWith(WELL_KNOWN + "oauth-protected-resource")) {
            boolean root = path.equals(WELL_KNOWN + "oauth-protected-resource");
            return pointed ? Purpose.METADATA : root ? Purpose.METADATA_AT_ROOT : Purpose.METADATA_AT_PATH;
        }
        if (path.startsWith(WELL_KNOWN + "oauth-authorization-server")) {
            boolean root = path.equals(WELL_KNOWN + "oauth-authorization-server");
            return root ? Purpose.ISSUER_OAUTH : Purpose.ISSUER_BELOW_PATH;
        }
        return path.startsWith(WELL_KNOWN + "openid-configuration") ? Purpose.ISSUER_OPENID : "look at " + path;
    }

    /**
     * Where a client gave up after its first question, that is all there is to judge the address by, unless it was answered
     * in the words of the protocol, or in a way in which servers answer that very question.
     */
    private static List<Exchange> withKnock(List<Exchange> named) {
        Set<String> knocked = new HashSet<>();
        named.stream()
                .filter(exchange -> isFor(exchange, Purpose.INITIALIZE, Purpose.STREAM))
                .forEach(exchange -> knocked.add(exchange.url()));
        return named.stream()
                .map(exchange -> isFor(exchange, Purpose.DISCOVER)
                                && knocked.isEmpty()
                                && Facts.answer(exchange).isMissing()
                                && exchange.status() != 500
                                && !exchange.failedBy(Failure.Kind.NO_ANSWER, Failure.Kind.UNFINISHED)
                        ? exchange.sentFor(Purpose.INITIALIZE)
                        : exchange)
                .toList();
    }

    private static boolean isFor(Exchange exchange, String... purposes) {
        return List.of(purposes).contains(exchange.purpose());
    }

    private static String pathOf(String url) {
        int slash = url.indexOf('/', url.indexOf("://") + 3);
        String path = slash < 0 ? "/" : url.substring(slash);
        int mark = path.indexOf('?');
        return mark < 0 ? path : path.substring(0, mark);
    }
}

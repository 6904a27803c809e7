package dev.mcppreflight.conformance.watch;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.HttpAnswer;
import dev.mcppreflight.conformance.probe.HttpProbe;
import dev.mcppreflight.conformance.probe.HttpRequest;
import dev.mcppreflight.conformance.probe.HttpStream;
import dev.mcppreflight.conformance.probe.Names;
import dev.mcppreflight.conformance.probe.Patience;
import dev.mcppreflight.conformance.probe.Trust;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.Redactor;
import dev.mcppreflight.conformance.wire.SseEvent;
import dev.mcppreflight.conformance.wire.WireLog;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Plays one recorded attempt against a server: the same requests in the same order, with the ids of sessions and events, the
 * places and the cursors that this server gives in place of those that the recorded one gave.
 */
final class Replay implements AutoCloseable {

    private static final String MASK = "[redacted]";
    private static final Duration LAST_WORDS = Duration.ofMillis(300);

    /** What belongs to the connection or to the way that the recorded request came. */
    private static final Set<String> LEFT_OUT = Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "keep-alive",
            "expect",
            "te",
            "upgrade",
            "accept-encoding",
            "authorization",
            "cookie",
            "x-forwarded-for",
            "x-forwarded-proto",
            "x-forwarded-host",
            "forwarded");

    private final Json visit;
    private final Target target;
    private final boolean callsAll;
    private final HttpProbe probe;
    private final WireLog log;
    private final Consumer<String> lines;

    /** What the recorded server gave, with what this one gives in its place. */
    private final Map<String, String> given = new HashMap<>();

    private final List<HttpStream> streams = new ArrayList<>();
    private final Set<String> readers = new HashSet<>();
    private final List<Played> played = new ArrayList<>();
    private URI endpoint;

    /**
     * One request of the recording.
     *
     * @param recorded what was answered then, in words
     * @param now what is answered now, in the same words
     */
    record Played(String request, String recorded, String now) {

        boolean differs() {
            // Over HTTP+SSE a client may have gone from its stream before the answer came on it.
            boolean cameLater = recorded.equals("202") && now.equals("202 result");
            return !recorded.equals(now) && !cameLater;
        }

        String line() {
            return request + ": " + recorded + (differs() ? ", now " + now : ", as recorded");
        }
    }

    Replay(Json visit, Target target, boolean callsAll, Consumer<String> lines) {
        this.visit = visit;
        this.target = target;
        this.callsAll = callsAll;
        this.lines = lines;
        this.log = new WireLog(new Redactor(target.secrets()));
        this.probe = new HttpProbe(
                new Trust(target),
                new Names(target.resolutions()),
                target.limits(),
                new Patience(target.limits().timeout()));
    }

    /** Plays all of it. */
    void play() {
        for (Json exchange : visit.get("exchanges").items()) {
            String reason = reasonToSkip(exchange);
            if (reason.isEmpty()) {
                Played each = play(exchange);
                played.add(each);
                lines.accept(each.line());
            } else {
                lines.accept(words(exchange) + ": left out, " + reason);
            }
        }
    }

    /** What was played, in its order. */
    List<Played> played() {
        return played;
    }

    /** What came of it. */
    List<Exchange> exchanges() {
        return log.exchanges();
    }

    // ---- one request

    private String reasonToSkip(Json exchange) {
        Json request = exchange.get("request");
        String url = request.get("url").text();
        if (request.get("body").text().contains(MASK) || url.contains(MASK)) {
            return "it held a secret, which is not recorded";
        }
        if (exchange.get("cut").isTrue()) {
            return "not all of it was recorded";
        }
        if (exchange.get("answer").isMissing() && exchange.get("failure").isMissing()) {
            return "the client did not wait for an answer";
        }
        Json message = Json.parseOrMissing(request.get("body").text());
        String tool = message.get("params").get("name").text();
        boolean calls = message.get("method").text().equals("tools/call");
        return calls && !callsAll && !readers.contains(tool)
                ? "the tool '" + tool + "' is not declared to read only (--calls plays it all the same)"
                : "";
    }

    private Played play(Json recorded) {
        HttpRequest request = request(recorded.get("request"));
        boolean wasStream = isStream(recorded) && request.method().equals("GET");
        Exchange now = wasStream ? open(request, recorded) : send(request, recorded);
        return new Played(words(recorded), kind(recorded), kind(now));
    }

    private Exchange open(HttpRequest request, Json recorded) {
        HttpStream stream = probe.open(request, "", log);
        streams.add(stream);
        String before = endpoint(recorded);
        if (stream.isOpen() && !before.isEmpty()) {
            SseEvent event = stream.await(
                    each -> each.name().equals("endpoint"), target.limits().timeout());
            if (event == null) {
                stream.recording().failed(Failure.Kind.UNFINISHED, "no endpoint event");
            } else {
                endpoint = resolved(request.url(), event.data().trim());
                given.put(before, event.data().trim());
            }
        }
        return stream.recording().exchange();
    }

    private Exchange send(HttpRequest request, Json recorded) {
        Json sent = Json.parseOrMissing(request.body());
        boolean awaits = sent.get("id").isPresent() && sent.get("method").isPresent();
        HttpAnswer answer = probe.send(request, "", log, event -> awaits && Attempt.isResponse(event.message()));
        Json message = answer.events().stream()
                .map(event -> event.message())
                .filter(Attempt::isResponse)
                .findFirst()
                .orElseGet(() -> Json.parseOrMissing(answer.body()));
        boolean onStream = awaits
                && answer.isSuccess()
                && endpoint != null
                && request.url().equals(endpoint);
        if (onStream && !Attempt.isResponse(message)) {
            message = awaited(sent.get("id"));
            if (message.isMissing()) {
                answer.recording().failed(Failure.Kind.UNFINISHED, "no answer on the stream");
            }
        }
        if (message.isPresent()) {
            answer.recording().answer(message.toString());
        }
        learn(recorded, answer, message);
        return answer.exchange();
    }

    private Json awaited(Json id) {
        Json none = Json.MISSING;
        for (HttpStream stream : streams) {
            SseEvent event = stream.isOpen()
                    ? stream.await(
                            each -> {
                                Json message = each.message();
                                return Attempt.isResponse(message)
                                        && message.get("id").equals(id);
                            },
                            probe.patience().next())
                    : null;
            if (event != null) {
                return event.message();
            }
        }
        return none;
    }

    /** What this server gives where the recorded one gave something. */
    private void learn(Json recorded, HttpAnswer answer, Json message) {
        header(recorded, "mcp-session-id")
                .ifPresent(before -> answer.header("Mcp-Session-Id").ifPresent(now -> given.put(before, now)));
        Json before = Json.parseOrMissing(recorded.get("answer").get("message").text())
                .get("result");
        Json now = message.get("result");
        for (String member : List.of("nextCursor", "protocolVersion")) {
            if (before.get(member).isString() && now.get(member).isString()) {
                given.put(before.get(member).text(), now.get(member).text());
            }
        }
        List<Json> events = recorded.get("answer").get("events").items();
        for (int i = 0; i < Math.min(events.size(), answer.events().size()); i++) {
            String id = answer.events().get(i).id();
            if (id != null && events.get(i).get("id").isString()) {
                given.put(events.get(i).get("id").text(), id);
            }
        }
        now.get("tools").items().stream()
                .filter(tool -> tool.get("annotations").get("readOnlyHint").isTrue())
                .forEach(tool -> readers.add(tool.get("name").text()));
    }

    // ---- the request as this server gets it

    private HttpRequest request(Json recorded) {
        List<Header> headers = new ArrayList<>();
        boolean credential = false;
        for (Json header : recorded.get("headers").items()) {
            String name = header.get("name").text();
            String value = header.get("value").text();
            String lower = name.toLowerCase(Locale.ROOT);
            credential |= lower.equals("authorization") || value.contains(MASK);
            if (!LEFT_OUT.contains(lower) && !value.contains(MASK)) {
                headers.add(new Header(name, given.getOrDefault(value, value)));
            } else if (lower.equals("accept-encoding") && value.contains("gzip")) {
                headers.add(new Header(name, "gzip"));
            }
        }
        if (credential) {
            target.headers().forEach(entry -> headers.add(new Header(entry.getKey(), entry.getValue())));
            if (target.bearer() != null) {
                headers.add(new Header("Authorization", "Bearer " + target.bearer()));
            }
        }
        String body = recorded.get("body").text();
        String method = recorded.get("method").text();
        boolean empty = body.isEmpty() && !method.equals("POST");
        return new HttpRequest(method, url(recorded.get("url").text()), headers, empty ? null : mapped(body));
    }

    private String mapped(String body) {
        Json message = Json.parseOrMissing(body);
        Json params = message.get("params");
        String cursor = params.get("cursor").text();
        return given.containsKey(cursor)
                ? message.with("params", params.with("cursor", given.get(cursor)))
                        .toString()
                : body;
    }

    /** The same place at this server. */
    private URI url(String recorded) {
        String path = path(recorded);
        String base = path(visit.get("address").text());
        String own = path(target.url().toString());
        if (path.equals(base)) {
            return target.url();
        }
        if (endpoint != null && given.keySet().stream().anyMatch(before -> path.equals(path(before, base)))) {
            return endpoint;
        }
        boolean below = base.length() > 1 && path.startsWith("/.well-known/") && path.endsWith(base);
        return resolved(target.url(), below ? path.substring(0, path.length() - base.length()) + own : path);
    }

    private static URI resolved(URI base, String place) {
        try {
            return base.resolve(place);
        } catch (IllegalArgumentException e) {
            return base;
        }
    }

    private static String path(String url) {
        int scheme = url.indexOf("://");
        int slash = scheme < 0 ? 0 : url.indexOf('/', scheme + 3);
        return slash < 0 ? "/" : url.substring(slash);
    }

    /** Where an endpoint event leads, seen from the address of the stream. */
    private static String path(String place, String base) {
        return place.contains("://")
                ? path(place)
                : path(resolved(URI.create("http://h" + base), place).toString());
    }

    // ---- in words

    private static String words(Json exchange) {
        Json request = exchange.get("request");
        String message = Lines.message(Json.parseOrMissing(request.get("body").text()));
        return request.get("method").text() + " " + path(request.get("url").text())
                + (message.isEmpty() ? "" : " " + message);
    }

    private static String kind(Json recorded) {
        Json answer = recorded.get("answer");
        Json message = Json.parseOrMissing(answer.get("message").text());
        return answer.isMissing()
                ? failed(recorded.get("failure").get("kind").text())
                : answer.get("status").number(0) + said(message);
    }

    private static String kind(Exchange now) {
        return now.status() == 0
                ? failed(now.failure() == null ? "" : now.failure().kind().name())
                : now.status() + said(now.message());
    }

    private static String failed(String kind) {
        return kind.isEmpty() ? "nothing" : kind.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String said(Json message) {
        if (message.get("error").isObject()) {
            return " error " + message.get("error").get("code");
        }
        return message.get("result").isPresent() ? " result" : "";
    }

    private static boolean isStream(Json recorded) {
        return header(recorded, "content-type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/event-stream"))
                .isPresent();
    }

    private static String endpoint(Json recorded) {
        return recorded.get("answer").get("events").items().stream()
                .filter(event -> event.get("name").text().equals("endpoint"))
                .map(event -> event.get("data").text().trim())
                .findFirst()
                .orElse("");
    }

    private static Optional<String> header(Json recorded, String name) {
        return recorded.get("answer").get("headers").items().stream()
                .filter(header -> header.get("name").text().equalsIgnoreCase(name))
                .map(header -> header.get("value").text())
                .findFirst();
    }

    /** Ends all streams. */
    @Override
    public void close() {
        streams.stream().filter(HttpStream::isOpen).forEach(stream -> stream.endsWithin(LAST_WORDS));
        streams.forEach(HttpStream::close);
    }
}

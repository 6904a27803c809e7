package dev.mcppreflight.conformance.diagnosis;

import static dev.mcppreflight.conformance.diagnosis.Rule.rule;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure.Kind;
import dev.mcppreflight.conformance.wire.Purpose;
import dev.mcppreflight.conformance.wire.SseEvent;
import java.util.List;

/** Event streams: HTTP+SSE, and the streams in which Streamable HTTP may answer. */
final class StreamRules {

    /** What a stream may take from the standing connection to its headers before somebody is holding it back. */
    private static final long HELD_BACK_MILLIS = 2_000;

    private StreamRules() {}

    static List<Rule> all() {
        return List.of(
                rule("SSE-009", it -> it.contact()
                        .status(200)
                        .noStreams()
                        .whose(exchange -> exchange.body().matches("(?s)(.*\n)?(data|event): ?.*"))
                        .unless(it.openStreams().any())),
                // Not of a POST: servers that have the whole answer at once announce its length, and stream it all the
                // same.
                rule("SSE-022", it -> it.all().method("GET").streams().withHeader("Content-Length")),
                rule("SSE-024", it -> it.knock()
                        .sentFor(Purpose.STREAM)
                        .failedBy(Kind.NO_ANSWER)
                        .unless(it.isMute())
                        .and(it.knock().sentFor(Purpose.STREAM).streams().whose(stream -> isHeldBack(it, stream)))
                        .and(it.handshake()
                                .silent()
                                .when(it.contact()
                                        .by(Sent.JSON_ONLY)
                                        .answer(Facts::isResponse)
                                        .any()))
                        .and(it.findings()
                                .sentFor(Purpose.LISTEN)
                                .failedBy(Kind.NO_ANSWER)
                                .whose(stream -> ResultRules.took(stream) >= HELD_BACK_MILLIS)
                                .when(it.speaks("streamable"))
                                // Without a proxy it is the server itself that says nothing before the first event.
                                .when(it.knock().whose(Facts::isBehindProxy).any()))),
                rule("SSE-005", it -> it.all()
                        .by(Sent.COMPRESSES)
                        .method("GET")
                        .failedBy(Kind.NO_ANSWER, Kind.UNFINISHED)
                        .and(it.all().by(Sent.COMPRESSES).method("POST").failedBy(Kind.NO_ANSWER))
                        .withoutHeader("Content-Encoding")),
                rule("SSE-011", it -> it.contact()
                        .whose(exchange -> exchange.stream().byteOrderMark())),
                rule("SSE-013", it -> it.contact()
                        .streams()
                        .whose(exchange -> Facts.hasBrokenEvent(exchange)
                                && !exchange.stream().strayLines().isEmpty())),
                rule("SSE-025", it -> it.all()
                        .streams()
                        .noting(exchange -> exchange.stream().strayLines().stream()
                                .filter(line -> line.startsWith("{") && line.contains("jsonrpc"))
                                .limit(1)
                                .map(line -> "the line '" + (line.length() > 80 ? line.substring(0, 80) : line) + "'")
                                .toList())
                        .unless(it.contact()
                                .streams()
                                .whose(Facts::hasBrokenEvent)
                                .any())),
                rule("SSE-012", it -> it.all()
                        .whose(exchange -> exchange.stream().invalidUtf8())
                        .and(it.toolPages().answer(answer -> answer.toString().contains("\uFFFD")))),
                // A passed check may have waited on the same stream, and seen more of it.
                rule("SSE-017", it -> it.everything()
                        .streams()
                        .whose(exchange ->
                                Json.parseOrMissing(exchange.stream().pending()).isObject())
                        .when(it.all().requests().unanswered().any())
                        .and(it.everything().streams().whose(exchange -> Json.parseOrMissing(
                                        exchange.stream().endedLate())
                                .isObject()))),
                rule("SSE-001", it -> it.knock()
                        .sentFor(Purpose.STREAM)
                        .streams()
                        .whose(stream -> lacksEndpoint(stream) && !isHeldBack(it, stream))
                        .when(meantAsStream(it))
                        .and(it.openStreams().noting(StreamRules::firstEvent))),
                rule("SSE-004", it -> it.openStreams().whose(StreamRules::isRelative)),
                rule("SSE-002", it -> it.openStreams()
                        .whose(exchange -> isForeign(it, exchange))
                        .and(it.handshake().failedBy(Kind.UNKNOWN_HOST, Kind.REFUSED, Kind.CONNECT_TIMEOUT))
                        .when(it.openStreams()
                                .whose(exchange -> isForeign(it, exchange))
                                .any())),
                rule("SSE-003", it -> it.handshake()
                        .method("POST")
                        .status(404, 405)
                        .notAboutSession()
                        .and(it.handshake().method("POST").status(403).pages())
                        .when(it.speaks("sse") && it.openStreams().any())
                        .unless(it.openStreams()
                                .whose(exchange -> isRelative(exchange) || isForeign(it, exchange))
                                .any())
                        .whose(exchange -> !it.isKnock(exchange))),
                rule("SSE-020", it -> it.contact().streams().whose(StreamRules::namesItsMessages))
                        .provenBy("MCP-SSE-004", "MCP-STREAM-053", "MCP-CLIENT-011", "MCP-CLIENT-012"),
                rule("SSE-016", it -> it.speaks("sse") ? answeredOnAnother(it) : Exchanges.NONE),
                rule("SSE-015", it -> it.all()
                        .plain()
                        .method("POST")
                        .requests()
                        .statusBetween(200, 299)
                        .whose(exchange -> Json.parseOrMissing(exchange.body())
                                .get("jsonrpc")
                                .isPresent())
                        .when(it.speaks("sse") && it.openStreams().any())),
                rule("SSE-018", it -> it.all()
                        .plain()
                        .method("POST")
                        .requests()
                        .streams()
                        .status(200)
                        .unanswered()
                        .whose(exchange -> (exchange.ended() || exchange.failedBy(Kind.TRUNCATED, Kind.RESET))
                                && Facts.responses(exchange).isEmpty()
                                && exchange.stream().strayLines().isEmpty()
                                && exchange.stream().pending().isEmpty()
                                && !Facts.hasBrokenEvent(exchange)
                                && !carriesOtherThings(exchange))
                        .or(it.openStreams()
                                .whose(StreamRules::isOver)
                                .when(it.speaks("sse") && it.isBrokenAt("transport")))),
                rule("SSE-019", it -> it.findings()
                        .method("POST")
                        .streams()
                        .answer(Facts::isResponse)
                        .failedBy(Kind.UNFINISHED)));
    }

    /**
     * Whether the stream's headers came late though the server is quick otherwise, or nothing came at all through a proxy;
     * a server that is slow with everything is another matter.
     */
    private static boolean isHeldBack(Case it, Exchange stream) {
        boolean quickOtherwise = it.contact().method("POST").stream()
                .anyMatch(exchange -> Facts.wait(exchange) >= 0 && Facts.wait(exchange) < HELD_BACK_MILLIS / 4);
        boolean late = Facts.wait(stream) >= HELD_BACK_MILLIS && quickOtherwise;
        boolean swallowed =
                lacksEndpoint(stream) && Facts.isMute(stream) && !stream.ended() && Facts.isBehindProxy(stream);
        return late || swallowed;
    }

    /** Whether the handshake promised news of changes. */
    static boolean announcesChanges(Case it) {
        return it.handshake()
                .result(result -> result.get("capabilities").walk().anyMatch(part -> part.get("listChanged")
                        .isTrue()))
                .any();
    }

    /** Whether the server ended the stream of HTTP+SSE after the endpoint event and before any message. */
    private static boolean isOver(Exchange stream) {
        return (stream.ended() || stream.failedBy(Kind.TRUNCATED, Kind.RESET))
                && stream.stream().events().stream()
                        .noneMatch(event -> event.data().contains("jsonrpc"))
                && stream.stream().strayLines().isEmpty()
                && stream.stream().pending().isEmpty();
    }

    private static boolean carriesOtherThings(Exchange stream) {
        return stream.stream().events().stream()
                .map(SseEvent::message)
                .anyMatch(
                        message -> message.isObject() && message.get("jsonrpc").isMissing());
    }

    private static boolean lacksEndpoint(Exchange stream) {
        return Facts.endpoint(stream).isEmpty()
                && stream.header("Content-Length").isEmpty()
                && stream.failedBy(Kind.UNFINISHED, Kind.TRUNCATED, Kind.RESET);
    }

    /** What came before the endpoint event and hosts do not expect there: a message, or a named heartbeat. */
    private static List<String> firstEvent(Exchange stream) {
        SseEvent first = stream.stream().events().get(0);
        boolean unexpected = first.name().equals("message") && !first.data().isBlank()
                || first.name().matches("(?i)ping|heart-?beat|keep-?alive");
        return unexpected ? List.of("the first event is '" + first.name() + "'") : List.of();
    }

    /** Whether the stream at this address is that of HTTP+SSE, not the optional one of Streamable HTTP. */
    private static boolean meantAsStream(Case it) {
        Exchanges post = it.knock().sentFor(Purpose.INITIALIZE);
        return it.isStreamPath() || post.none() || post.status(400, 404, 405).any();
    }

    private static boolean isRelative(Exchange stream) {
        return Facts.endpoint(stream)
                .filter(endpoint -> !endpoint.startsWith("/") && !endpoint.contains("://"))
                .isPresent();
    }

    private static boolean isForeign(Case it, Exchange stream) {
        return Facts.endpoint(stream)
                .filter(endpoint -> endpoint.contains("://") || endpoint.startsWith("//"))
                .flatMap(endpoint -> it.address().flatMap(here -> here.resolve(endpoint)))
                .filter(there -> !there.sameOrigin(it.address().orElseThrow()))
                .isPresent();
    }

    private static boolean namesItsMessages(Exchange exchange) {
        return exchange.stream().events().stream()
                .filter(event -> event.message().get("jsonrpc").isPresent())
                .map(SseEvent::name)
                .anyMatch(name -> !name.equals("message"));
    }

    /** What was answered on a stream with another address for messages, there alone or there as well. */
    private static Exchanges answeredOnAnother(Case it) {
        Exchanges posts = it.everything().method("POST").requests();
        List<Exchange> streams = it.everyStream().stream().toList();
        return posts.plain().whose(asked -> streams.stream()
                .anyMatch(stream -> !isFor(stream, asked.url())
                        && answers(stream, asked)
                        // Two clients may well ask with the same id.
                        && posts.whose(other -> isFor(stream, other.url()) && sameId(asked, other))
                                .none()));
    }

    private static boolean answers(Exchange stream, Exchange asked) {
        Json id = Facts.sent(asked).get("id");
        return Facts.responses(stream).stream()
                .anyMatch(response -> response.get("id").equals(id));
    }

    private static boolean sameId(Exchange one, Exchange other) {
        return Facts.sent(one).get("id").equals(Facts.sent(other).get("id"));
    }

    private static boolean isFor(Exchange stream, String url) {
        String endpoint = Facts.endpoint(stream).orElse("");
        return url.endsWith(endpoint.replaceFirst("^\\.+/", "/"));
    }
}

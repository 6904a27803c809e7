package dev.mcppreflight.conformance.diagnosis;

import static dev.mcppreflight.conformance.diagnosis.Rule.rule;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure.Kind;
import dev.mcppreflight.conformance.wire.Purpose;
import java.util.List;

/** What proxies, caches and middleware do to requests and streams on their way. */
final class WayRules {

    private static final String NAMED_BEAT = "(?i)ping|heart-?beat|keep-?alive|hello|connected";

    private WayRules() {}

    static List<Rule> all() {
        return List.of(
                rule("HTTP-023", it -> it.asLocalhost()
                                .when(it.isBroken())
                                // A guard refuses; another site answers.
                                .unless(it.knock().status(400, 403, 421).any()))
                        .provenBy(),
                rule("HTTP-018", it -> it.others()
                        .sentFor(Purpose.UPGRADE)
                        .whose(exchange -> exchange.status() >= 400 && exchange.status() != 429
                                || exchange.failedBy(Kind.CLOSED, Kind.RESET, Kind.NO_ANSWER, Kind.NOT_HTTP))),
                rule("HTTP-021", it -> it.others()
                        .sentFor(Purpose.WITHOUT_QUERY, Purpose.WITHOUT_SLASH)
                        .status(400, 401, 403, 404, 405, 410)),
                rule("HTTP-015", it -> it.others()
                        .sentFor(Purpose.LARGE)
                        .whose(exchange -> exchange.status() == 413
                                || exchange.failedBy(Kind.CLOSED, Kind.RESET)
                                || exchange.status() >= 400 && exchange.status() != 404 && exchange.status() != 429)),
                rule("SSE-007", it -> timed(it).whose(stream -> signs(stream) < 2)),
                rule("SSE-006", it -> it.everything()
                        .by(Sent.COMPRESSES)
                        .streams()
                        .header("Content-Encoding", "gzip|br|deflate|zstd")
                        .whose(exchange -> exchange.failure() != null
                                || exchange.method().equals("GET") && Facts.isMute(exchange))),
                rule("SSE-008", it -> it.everything().streams().noting(exchange -> exchange.stream().events().stream()
                        .filter(event -> event.name().matches(NAMED_BEAT)
                                || event.name().equals("message") && isEmptyMessage(event.data()))
                        .limit(1)
                        .map(event -> "the event '" + event.name() + "' with the data '" + event.data() + "'")
                        .toList())),
                rule("SSE-021", it -> it.everything().streams().noting(WayRules::cached)));
    }

    /** The streams that were held, where both ended by themselves at the same age. */
    static Exchanges timed(Case it) {
        Exchanges ended = it.others()
                .sentFor(Purpose.HELD_STREAM)
                .streams()
                .whose(stream -> stream.ended() || stream.failedBy(Kind.TRUNCATED, Kind.RESET, Kind.CLOSED));
        List<Long> ages = ended.stream().map(ResultRules::took).toList();
        return ended.when(ages.size() > 1
                && ages.get(0) > 500
                && Math.abs(ages.get(0) - ages.get(1)) < Math.max(200, ages.get(0) / 5));
    }

    /** How often a stream has given a sign of life. */
    static int signs(Exchange stream) {
        return stream.stream().comments() + stream.stream().events().size();
    }

    /** JSON that is no message, or nothing where no event id tells that it is there to be resumed from. */
    private static boolean isEmptyMessage(String data) {
        Json message = Json.parseOrMissing(data);
        return message.isObject()
                && message.get("jsonrpc").isMissing()
                && message.get("result").isMissing()
                && message.get("error").isMissing()
                && message.get("method").isMissing();
    }

    private static List<String> cached(Exchange exchange) {
        for (String name : List.of("X-Cache", "CF-Cache-Status", "X-Cache-Status", "X-Proxy-Cache")) {
            String value = exchange.header(name).orElse("");
            if (value.matches("(?i)hit\\b.*")) {
                return List.of(name + ": " + value);
            }
        }
        String age = exchange.header("Age").orElse("0");
        return age.matches("[1-9]\\d*") ? List.of("Age: " + age) : List.of();
    }
}

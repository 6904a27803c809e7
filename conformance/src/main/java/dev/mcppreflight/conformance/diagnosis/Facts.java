package dev.mcppreflight.conformance.diagnosis;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.SseEvent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a single exchange shows, where that takes more than a look at one member. */
final class Facts {

    private static final Pattern PAGE =
            Pattern.compile("^\\s*(<\\?xml[^>]*>\\s*)?<(!doctype html|html)", Pattern.CASE_INSENSITIVE);

    private Facts() {}

    /** The message that answers; missing for none. */
    static Json answer(Exchange exchange) {
        return exchange.message();
    }

    /** What was sent, as JSON. */
    static Json sent(Exchange exchange) {
        return exchange.request();
    }

    /** Whether it is a JSON-RPC response by its looks, however broken. */
    static boolean isResponse(Json message) {
        return message.get("method").isMissing()
                && (message.get("result").isPresent() || message.get("error").isPresent());
    }

    static boolean isPage(Exchange exchange) {
        return exchange.mediaType().equals("text/html")
                || PAGE.matcher(exchange.body()).find();
    }

    /** Whether Cloudflare stands before the server. */
    static boolean isCloudflare(Exchange exchange) {
        return exchange.header("cf-ray").isPresent()
                || exchange.header("Server").orElse("").toLowerCase(Locale.ROOT).contains("cloudflare");
    }

    /** Whether a proxy or a content network has left its mark on the answer. */
    static boolean isBehindProxy(Exchange exchange) {
        return isCloudflare(exchange)
                || List.of("Via", "X-Cache", "X-Amz-Cf-Id", "X-Amzn-RequestId", "X-Served-By", "X-Varnish").stream()
                        .anyMatch(name -> exchange.header(name).isPresent())
                || exchange.header("Server")
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .matches("(nginx|apache|openresty|caddy|envoy|awselb|microsoft-iis).*");
    }

    /** The endpoint event of a stream of HTTP+SSE. */
    static Optional<String> endpoint(Exchange exchange) {
        return exchange.stream().events().stream()
                .filter(event -> event.name().equals("endpoint"))
                .findFirst()
                .map(event -> event.data().trim());
    }

    /** The JSON-RPC responses that came on a stream. */
    static List<Json> responses(Exchange exchange) {
        return exchange.stream().events().stream()
                .map(SseEvent::message)
                .filter(Facts::isResponse)
                .toList();
    }

    /** Whether a stream has brought nothing at all, not even a comment. */
    static boolean isMute(Exchange exchange) {
        return exchange.stream().events().isEmpty()
                && exchange.stream().comments() == 0
                && exchange.stream().strayLines().isEmpty()
                && exchange.stream().pending().isEmpty();
    }

    /** Whether an event holds text that begins like JSON and is none. */
    static boolean hasBrokenEvent(Exchange exchange) {
        return exchange.stream().events().stream()
                .map(SseEvent::data)
                .anyMatch(data -> (data.startsWith("{") || data.startsWith("["))
                        && Json.parseOrMissing(data).isMissing());
    }

    /** Milliseconds from the standing connection to the end of the headers; -1 when that was not seen. */
    static long wait(Exchange exchange) {
        long connected = Math.max(
                0, Math.max(exchange.timings().connected(), exchange.timings().secured()));
        return exchange.timings().headers() < 0 ? -1 : exchange.timings().headers() - connected;
    }

    /** Whether the request carried any kind of credential. */
    static boolean hasCredential(Exchange exchange) {
        return exchange.requestHeaders().stream()
                .map(Header::name)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(List.of("authorization", "x-api-key", "api-key", "cookie")::contains);
    }

    /** What a process wrote to standard output that is no message, line by line, without empty lines. */
    static List<String> noise(Exchange exchange) {
        return exchange.isStdio()
                ? exchange.body().lines().filter(line -> !line.isBlank()).toList()
                : List.of();
    }
}

package dev.mcppreflight.conformance.watch;

import dev.mcppreflight.conformance.data.JsonText;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.SseEvent;
import dev.mcppreflight.conformance.wire.SseFacts;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sees the watch and the server as one where a client was given the address of the watch itself: there a server that names
 * its own address is as right as one that names the address by which it was called. Behind a tunnel only the name of the
 * tunnel is right.
 */
final class SameServer implements UnaryOperator<Exchange> {

    private final Pattern watch;
    private final String server;

    private SameServer(Pattern watch, String server) {
        this.watch = watch;
        this.server = Matcher.quoteReplacement(server);
    }

    static SameServer behind(Watch watch, Target upstream) {
        String port = ":" + watch.port();
        String own = watch.address().getRawAuthority().replace(port, "");
        Pattern names = Pattern.compile(
                "(?i)http://(localhost|127\\.0\\.0\\.1|\\[::1]|" + Pattern.quote(own) + ")" + port + "(?!\\d)");
        return new SameServer(
                names, upstream.url().getScheme() + "://" + upstream.url().getRawAuthority());
    }

    @Override
    public Exchange apply(Exchange exchange) {
        if (!watch.matcher(exchange.url()).lookingAt()) {
            return exchange;
        }
        return new Exchange(
                exchange.purpose(),
                exchange.method(),
                named(exchange.url()),
                exchange.requestHeaders(),
                JsonText.of(named(exchange.requestBody())),
                exchange.status(),
                exchange.headers().stream()
                        .map(header -> new Header(header.name(), named(header.value())))
                        .toList(),
                named(exchange.body()),
                named(exchange.stream()),
                exchange.said(),
                exchange.failure(),
                exchange.timings(),
                exchange.tls(),
                exchange.ended(),
                exchange.standardError(),
                exchange.exitCode());
    }

    private SseFacts named(SseFacts facts) {
        List<SseEvent> events = facts.events().stream()
                .map(event -> event.name().equals("endpoint")
                        ? new SseEvent(
                                event.name(),
                                named(event.data()),
                                event.id(),
                                event.retry(),
                                event.named(),
                                event.atMillis())
                        : event)
                .toList();
        return new SseFacts(
                events,
                facts.comments(),
                facts.strayLines(),
                facts.pending(),
                facts.endedLate(),
                facts.byteOrderMark(),
                facts.invalidUtf8());
    }

    private String named(String text) {
        return watch.matcher(text).replaceAll(server);
    }
}

package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.SseEvent;
import java.util.List;

/** What went over the wire, as lines: {@code >} what was sent, {@code <} what came back. */
final class ExchangeText {

    private static final int MOST_EVENTS = 10;

    private ExchangeText() {}

    static void print(Page page, Exchange exchange, Words words) {
        long millis = exchange.timings().end();
        String first = words.line(exchange.summary());
        page.field(words.say("wire"), millis < 0 ? first : words.say("after", first, millis));
        if (!exchange.purpose().isEmpty()) {
            page.field("", exchange.purpose());
        }
        headers(page, "> ", exchange.requestHeaders());
        body(page, "> ", exchange.requestBody());
        headers(page, "< ", exchange.headers());
        body(page, "< ", exchange.body());
        List<SseEvent> events = exchange.stream().events();
        for (SseEvent event : events.subList(0, Math.min(MOST_EVENTS, events.size()))) {
            page.verbatim("< ", words.say("event", event.name(), event.data(), event.atMillis()));
        }
        if (exchange.body().isEmpty() && events.isEmpty()) {
            body(page, "< ", exchange.answer());
        }
        if (exchange.failure() != null) {
            page.verbatim("! ", words.line(exchange.failure().detail()));
        }
        body(page, "2 ", exchange.standardError());
    }

    private static void headers(Page page, String mark, List<Header> headers) {
        headers.forEach(header -> page.verbatim(mark, header.name() + ": " + header.value()));
    }

    private static void body(Page page, String mark, String text) {
        if (text != null && !text.isEmpty()) {
            page.verbatim(mark, text);
        }
    }
}

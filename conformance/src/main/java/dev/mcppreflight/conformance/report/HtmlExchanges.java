package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.SseEvent;
import dev.mcppreflight.conformance.wire.Timings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Exchanges as a time line: what was asked, what came back, and how long each phase took. */
final class HtmlExchanges {

    private static final int LONGEST_TEXT = 4_096;
    private static final int MOST_EVENTS = 20;

    /** The width of the whole time in the drawing. */
    private static final int SPAN = 1000;

    private final Words words;

    HtmlExchanges(Words words) {
        this.words = words;
    }

    void write(Html html, List<Exchange> exchanges) {
        if (exchanges.isEmpty()) {
            return;
        }
        long longest = Math.max(
                1, exchanges.stream().mapToLong(HtmlExchanges::length).max().orElse(1));
        html.element("h4", words.counted(exchanges.size(), "html.exchanges"));
        html.open("ol", "class", "timeline").verbatim("\n");
        exchanges.forEach(exchange -> exchange(html, exchange, longest));
        html.closeLine();
    }

    private void exchange(Html html, Exchange exchange, long longest) {
        html.open("li").open("details", "class", "exchange").open("summary");
        html.element("code", Printable.line(words.line(exchange.summary()), 200), "class", state(exchange))
                .text(" ");
        html.element("span", exchange.purpose(), "class", "meta");
        bar(html, exchange, longest);
        html.closeLine();
        if (!timings(exchange.timings()).isEmpty()) {
            html.element("p", timings(exchange.timings()), "class", "meta");
        }
        side(html, "html.sent", exchange.requestHeaders(), exchange.requestBody());
        side(html, "html.received", exchange.headers(), received(exchange));
        events(html, exchange.stream().events());
        if (exchange.failure() != null) {
            block(
                    html,
                    "html.failure",
                    words.line(kind(exchange) + ": " + exchange.failure().detail()));
        }
        block(html, "html.stderr", exchange.standardError());
        if (exchange.exitCode() != null) {
            block(html, "html.exit", exchange.exitCode().toString());
        }
        html.close().closeLine();
    }

    private static String state(Exchange exchange) {
        return exchange.failure() != null || exchange.status() >= 400 ? "bad" : "fine";
    }

    private static String kind(Exchange exchange) {
        return exchange.failure().kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** An answer that came in the body or the stream stands there already. */
    private static String received(Exchange exchange) {
        boolean elsewhere =
                !exchange.body().isEmpty() || !exchange.stream().events().isEmpty();
        return elsewhere || exchange.answer() == null ? exchange.body() : exchange.answer();
    }

    /** The phases one after another; waiting for the first octet is what mostly matters. */
    private void bar(Html html, Exchange exchange, long longest) {
        html.open(
                "svg",
                "class",
                "bar",
                "viewBox",
                "0 0 " + SPAN + " 8",
                "preserveAspectRatio",
                "none",
                "aria-hidden",
                "true",
                "focusable",
                "false");
        long from = 0;
        for (Map.Entry<String, Long> phase : phases(exchange.timings()).entrySet()) {
            long start = SPAN * from / longest;
            long end = Math.max(start + 6, SPAN * phase.getValue() / longest);
            html.open(
                    "rect",
                    "class",
                    phase.getKey(),
                    "x",
                    String.valueOf(start),
                    "width",
                    String.valueOf(end - start),
                    "height",
                    "8");
            from = phase.getValue();
        }
        html.close();
    }

    private static Map<String, Long> phases(Timings timings) {
        Map<String, Long> phases = new LinkedHashMap<>();
        put(phases, "connect", timings.connected());
        put(phases, "secure", timings.secured());
        put(phases, "wait", timings.firstByte());
        put(phases, "event", timings.firstEvent());
        put(phases, "rest", timings.end());
        return phases;
    }

    private static void put(Map<String, Long> phases, String name, long at) {
        long before = phases.values().stream().mapToLong(Long::longValue).max().orElse(0);
        if (at >= before) {
            phases.put(name, at);
        }
    }

    private String timings(Timings timings) {
        StringJoiner said = new StringJoiner(" · ");
        say(said, "html.connected", timings.connected());
        say(said, "html.secured", timings.secured());
        say(said, "html.first-byte", timings.firstByte());
        say(said, "html.headers", timings.headers());
        say(said, "html.first-event", timings.firstEvent());
        say(said, "html.end", timings.end());
        return said.toString();
    }

    private void say(StringJoiner said, String key, long millis) {
        if (millis >= 0) {
            said.add(words.say(key, millis));
        }
    }

    private static long length(Exchange exchange) {
        Timings timings = exchange.timings();
        return Math.max(Math.max(timings.end(), timings.firstEvent()), timings.firstByte());
    }

    private void side(Html html, String key, List<Header> headers, String body) {
        if (headers.isEmpty() && body.isEmpty()) {
            return;
        }
        html.element("h5", words.say(key)).open("pre");
        List<String> lines = new ArrayList<>();
        headers.forEach(header -> lines.add(header.name() + ": " + header.value()));
        html.lines(String.join(
                "\n",
                lines.stream().map(line -> Printable.line(line, LONGEST_TEXT)).toList()));
        html.lines((lines.isEmpty() || body.isEmpty() ? "" : "\n\n") + cut(pretty(body)));
        html.closeLine();
    }

    /** JSON is easier to read with its lines; what is none stays as it came. */
    private static String pretty(String body) {
        String start = body.stripLeading();
        Json json = start.startsWith("{") || start.startsWith("[") ? Json.parseOrMissing(body) : Json.MISSING;
        return json.isObject() || json.isArray() ? json.pretty() : body;
    }

    private void events(Html html, List<SseEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        html.element("h5", words.counted(events.size(), "html.events"));
        html.open("pre");
        for (SseEvent event : events.subList(0, Math.min(MOST_EVENTS, events.size()))) {
            html.lines(words.say("event", event.name(), cut(event.data()), event.atMillis()) + "\n");
        }
        html.text(events.size() > MOST_EVENTS ? words.say("checks.more", events.size() - MOST_EVENTS) : "");
        html.closeLine();
    }

    private void block(Html html, String key, String text) {
        if (!text.isEmpty()) {
            html.element("h5", words.say(key));
            html.open("pre").lines(cut(text)).closeLine();
        }
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST_TEXT) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? LONGEST_TEXT - 1 : LONGEST_TEXT;
        return text.substring(0, end) + "... (" + (text.length() - end) + " more)";
    }
}

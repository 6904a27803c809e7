package dev.mcppreflight.conformance.watch;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.report.Printable;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.SseEvent;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What is told while it happens, a line for each thing. Nobody's text gets onto the terminal as it came. */
final class Lines {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final String INDENT = " ".repeat(14);
    private static final int LONGEST = 200;
    private static final int LONGEST_PART = 80;

    private final Consumer<String> out;

    Lines(Consumer<String> out) {
        this.out = out;
    }

    void remark(String text) {
        out.accept(CLOCK.format(Instant.now()) + "  " + Printable.line(text, LONGEST));
    }

    /** What belongs to the line before. */
    void detail(String text) {
        out.accept(INDENT + Printable.line(text, LONGEST));
    }

    /** An exchange that is over, or a stream that has begun. */
    void exchange(Overhearing overhearing) {
        Exchange exchange = overhearing.exchange();
        List<String> parts = new ArrayList<>();
        String asked = message(overhearing.asked().message());
        String question = overhearing.asked().method() + " "
                + Printable.line(overhearing.asked().path(), LONGEST_PART)
                + (asked.isEmpty() ? "" : " " + asked);
        parts.add(exchange.status() == 0 ? "" : (exchange.status() + " " + exchange.mediaType()).trim());
        parts.add(answer(overhearing, exchange));
        boolean open = overhearing.isStream() && !overhearing.isOver();
        parts.add(open ? "stays open" : overhearing.took() + " ms");
        parts.removeIf(String::isEmpty);
        line(overhearing.at(), question + " -> " + String.join(", ", parts));
    }

    private static String answer(Overhearing overhearing, Exchange exchange) {
        if (exchange.failure() != null) {
            return exchange.failure().kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                    + (exchange.failure().detail().isEmpty()
                            ? ""
                            : " (" + exchange.failure().detail() + ")");
        }
        String said = message(exchange.message());
        String left = overhearing.leftAt().isPresent() && exchange.answer() == null ? "the client did not wait" : "";
        String cut = overhearing.isCut() ? "recorded in part" : overhearing.isUnreadable() ? "not readable here" : "";
        List<String> parts = new ArrayList<>(List.of(said, left, cut));
        exchange.header("Location").ifPresent(place -> parts.add("to " + place));
        parts.removeIf(String::isEmpty);
        return String.join(", ", parts);
    }

    /** An event that stays open streams bring. */
    void event(Overhearing stream, SseEvent event) {
        Json message = event.message();
        String said = message.isObject() ? message(message) : event.data();
        line(
                Instant.now(),
                "event " + event.name() + " on " + stream.asked().path() + (said.isEmpty() ? "" : ": " + said));
    }

    /** A stream that is over. */
    void end(Overhearing stream) {
        Exchange exchange = stream.exchange();
        String why = stream.leftAt().isPresent()
                ? "the client closed it"
                : exchange.failure() != null ? exchange.failure().detail() : "the server closed it";
        line(Instant.now(), "end of " + stream.asked().path() + " after " + stream.took() + " ms: " + why);
    }

    private void line(Instant at, String text) {
        out.accept(CLOCK.format(at) + "  " + Printable.line(text, LONGEST));
    }

    /** A message in a few words. */
    static String message(Json message) {
        if (message.isArray()) {
            return "a batch of " + message.size();
        }
        String method = message.get("method").text();
        if (!method.isEmpty()) {
            Json params = message.get("params");
            String about =
                    switch (method) {
                        case "initialize" -> params.get("protocolVersion").text();
                        case "tools/call", "prompts/get" -> params.get("name").text();
                        case "resources/read" -> params.get("uri").text();
                        default -> "";
                    };
            return part(about.isEmpty() ? method : method + " " + about);
        }
        Json error = message.get("error");
        if (error.isObject()) {
            return part(
                    "error " + error.get("code") + " " + error.get("message").text());
        }
        Json result = message.get("result");
        if (result.isMissing()) {
            return "";
        }
        if (result.get("tools").isArray()) {
            return result.get("tools").size() + " tools";
        }
        if (result.get("serverInfo").isObject()) {
            return part("this is " + result.get("serverInfo").get("name").text() + ", "
                    + result.get("protocolVersion").text());
        }
        return result.get("isError").isTrue() ? "a result that is an error" : "result";
    }

    private static String part(String text) {
        return Printable.line(text, LONGEST_PART);
    }
}

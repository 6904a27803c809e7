package dev.mcppreflight.conformance.diagnosis;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Purpose;
import dev.mcppreflight.conformance.wire.SseEvent;
import java.util.ArrayList;
import java.util.List;

/** One line for people about an exchange that shows a cause. */
final class EvidenceLine {

    private static final int LONGEST = 240;
    private static final int LONGEST_PART = 120;

    /** Headers of an answer that explain it. */
    private static final List<String> TELLING = List.of(
            "ngrok-error-code",
            "cf-mitigated",
            "x-vercel-error",
            "x-vercel-mitigated",
            "x-railway-fallback",
            "x-render-routing",
            "x-amzn-errortype",
            "Location",
            "WWW-Authenticate",
            "Content-Encoding",
            "Allow");

    private EvidenceLine() {}

    static String of(Sight sight) {
        Exchange exchange = sight.exchange();
        List<String> parts = new ArrayList<>();
        parts.add(exchange.summary() + purpose(exchange));
        if (!sight.note().isEmpty()) {
            parts.add(sight.note());
        } else {
            outcome(exchange, parts);
        }
        return printable(String.join(", ", parts), LONGEST);
    }

    /** Why it was sent, where the method and the path do not tell. */
    private static String purpose(Exchange exchange) {
        boolean plain = exchange.purpose().equals(Purpose.STREAM)
                || !exchange.isStdio() && exchange.purpose().equals(Purpose.INITIALIZE);
        return plain ? "" : " (" + exchange.purpose() + ")";
    }

    private static void outcome(Exchange exchange, List<String> parts) {
        if (exchange.failure() != null && !exchange.failure().detail().isEmpty()) {
            parts.add(printable(exchange.failure().detail(), LONGEST_PART));
        }
        Edge.vendor(exchange).ifPresent(vendor -> parts.add("answered by " + vendor));
        TELLING.stream()
                .flatMap(name -> exchange.header(name).map(value -> name + ": " + value).stream())
                .limit(2)
                .forEach(header -> parts.add(printable(header, LONGEST_PART)));
        if (exchange.method().equals("GET") && exchange.timings().firstByte() >= 0) {
            parts.add("first byte after " + duration(exchange.timings().firstByte()));
        } else if (Facts.wait(exchange) >= 2_000) {
            parts.add("answered after " + duration(Facts.wait(exchange)));
        }
        boolean told = exchange.failure() != null && exchange.failure().detail().contains("exit code");
        if (exchange.exitCode() != null && !told) {
            parts.add("exit code " + exchange.exitCode());
        }
        if (exchange.method().equals("GET") && exchange.isStream()) {
            parts.add(printable(event(exchange), LONGEST_PART));
        }
        String said = said(exchange);
        if (!said.isEmpty()) {
            parts.add(said);
        }
    }

    /** What a stream brought first. */
    private static String event(Exchange stream) {
        if (!stream.stream().events().isEmpty()) {
            SseEvent first = stream.stream().events().get(0);
            return "first event " + first.name() + ": " + first.data();
        }
        return stream.stream().pending().isEmpty()
                ? "no event"
                : "no event but '" + stream.stream().pending() + "'";
    }

    /** What it said: the error of JSON-RPC, a page's title, the last line of standard error, the beginning of a body. */
    private static String said(Exchange exchange) {
        Json error = Facts.answer(exchange).get("error");
        if (error.isObject()) {
            return printable(
                    "error " + error.get("code") + " " + error.get("message").text(), LONGEST_PART);
        }
        if (!exchange.standardError().isBlank()) {
            List<String> lines = exchange.standardError()
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return "standard error: " + printable(lines.get(lines.size() - 1), LONGEST_PART);
        }
        if (Facts.isPage(exchange)) {
            int from = exchange.body().indexOf("<title>");
            int to = exchange.body().indexOf("</title>");
            return from < 0 || to < from
                    ? ""
                    : "page '" + printable(exchange.body().substring(from + 7, to), 60) + "'";
        }
        return exchange.answer() != null || exchange.body().isBlank()
                ? ""
                : "'" + printable(exchange.body().strip(), 60) + "'";
    }

    private static String duration(long millis) {
        return millis < 1_000 ? millis + " ms" : millis / 1_000 + "." + millis % 1_000 / 100 + " s";
    }

    private static String printable(String text, int most) {
        String clean = text.replaceAll("[\\p{Cntrl}\\s]+", " ")
                .replaceAll("\\p{Cf}", "?")
                .strip();
        return clean.length() <= most ? clean : clean.substring(0, most - 3) + "...";
    }
}

package dev.mcppreflight.conformance.diagnosis;

import static dev.mcppreflight.conformance.diagnosis.Rule.rule;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure.Kind;
import dev.mcppreflight.conformance.wire.Purpose;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How long calls take, how large their results are, and whether search and fetch are as deep research wants them. */
final class ResultRules {

    /** The time-out of the Java SDK, the shortest of the well-known clients. */
    private static final long TOO_SLOW_MILLIS = 20_000;

    private static final int LARGE_RESULT = 150_000;
    private static final int LARGE_PART = 16_000;

    private ResultRules() {}

    static List<Rule> all() {
        return List.of(
                rule("NET-026", it -> calls(it)
                        .status(403)
                        .pages()
                        .unless(it.knock().status(403).any())),
                rule("PERF-002", it -> calls(it)
                        .status(408, 502, 503, 504, 524)
                        .unanswered()
                        .unless(Edge.speaks(it))),
                rule("PERF-006", it -> WayRules.timed(it).whose(stream -> WayRules.signs(stream) >= 2)),
                rule("SSE-014", it -> calls(it)
                        .whose(call ->
                                call.ended() || call.failedBy(Kind.TRUNCATED, Kind.RESET, Kind.UNFINISHED, Kind.CLOSED))
                        .unanswered()
                        .whose(call -> Math.max(
                                        call.stream().pending().length(),
                                        call.body().length())
                                >= LARGE_PART)),
                rule("PERF-001", it -> calls(it)
                        .unless(it.isBroken())
                        .whose(call -> !call.isStdio()
                                && (call.failedBy(Kind.NO_ANSWER)
                                        || call.failedBy(Kind.UNFINISHED)
                                                && call.stream().pending().isEmpty()
                                                && Facts.answer(call).isMissing()
                                        || took(call) >= TOO_SLOW_MILLIS))),
                rule("TOOL-020", it -> it.everything()
                                .about(Sent.SAFE_CALL, Purpose.SEARCH)
                                .whose(call -> isCallOf(call, "search"))
                                .result(result -> !result.get("isError").isTrue())
                                .noting(ResultRules::searchProblem)
                                .when(isForDeepResearch(it)))
                        .provenBy(),
                rule("TOOL-021", it -> it.everything()
                                .sentFor(Purpose.FETCH)
                                .result(result -> !result.get("isError").isTrue())
                                .noting(ResultRules::fetchProblem)
                                .and(it.everything()
                                        .sentFor(Purpose.FETCH_UNKNOWN)
                                        .noting(ResultRules::unknownProblem))
                                .when(isForDeepResearch(it)))
                        .provenBy(),
                rule("TOOL-023", it -> calls(it).noting(call -> {
                            int length = Facts.answer(call).get("result").get("content").items().stream()
                                    .mapToInt(item -> item.get("text").text().length())
                                    .sum();
                            return length > LARGE_RESULT ? List.of("a result of " + length + " characters") : List.of();
                        }))
                        .provenBy());
    }

    static Exchanges calls(Case it) {
        return it.all().about(Sent.SAFE_CALL);
    }

    /** Milliseconds from the standing connection to the end. */
    static long took(Exchange exchange) {
        return exchange.timings().end() - Math.max(0, exchange.timings().connected());
    }

    private static boolean isForDeepResearch(Case it) {
        return it.tool("search")
                        .get("inputSchema")
                        .get("properties")
                        .get("query")
                        .isObject()
                && it.tool("fetch")
                        .get("inputSchema")
                        .get("properties")
                        .get("id")
                        .isObject();
    }

    private static boolean isCallOf(Exchange call, String tool) {
        return Facts.sent(call).get("params").get("name").text().equals(tool);
    }

    /** The object that a tool returned, structured or as JSON in its first text. */
    private static Json value(Exchange call) {
        Json result = Facts.answer(call).get("result");
        Json structured = result.get("structuredContent");
        return structured.isPresent()
                ? structured
                : Json.parseOrMissing(result.get("content").at(0).get("text").text());
    }

    private static List<String> searchProblem(Exchange call) {
        Json results = value(call).get("results");
        if (!results.isArray()) {
            return List.of("search returns no results[]");
        }
        return results.items().stream()
                .flatMap(item -> missing(item, "id", "title", "url").stream())
                .limit(1)
                .map(member -> "a result of search without " + member)
                .toList();
    }

    private static List<String> fetchProblem(Exchange call) {
        Json document = value(call);
        Optional<String> missing = missing(document, "id", "title", "text", "url");
        if (missing.isPresent()) {
            return List.of("fetch returns no " + missing.get());
        }
        String url = document.get("url").text();
        return url.matches("[a-zA-Z][a-zA-Z0-9+.-]*:.*") ? List.of() : List.of("the url '" + url + "' is relative");
    }

    private static List<String> unknownProblem(Exchange call) {
        Json answer = Facts.answer(call);
        boolean told = answer.get("error").isObject()
                || answer.get("result").get("isError").isTrue();
        return told || call.status() == 429 || Edge.gave(call) || answer.isMissing() && call.status() < 500
                ? List.of()
                : List.of("an unknown id gets no error");
    }

    private static Optional<String> missing(Json object, String... members) {
        return Stream.of(members)
                .filter(member -> !object.get(member).isString())
                .findFirst();
    }
}

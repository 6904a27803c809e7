package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.catalogue.Check;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.SseEvent;
import dev.mcppreflight.conformance.wire.Timings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The report for programs. Its form is a contract that {@code report.schema.json} states: members are added, never renamed.
 * A member that has nothing to say is left out.
 */
public final class JsonRenderer {

    /** Evidence, not an archive: what is longer is cut, and the cut is said. */
    private static final int LONGEST_TEXT = 2_048;

    private static final int MOST_EVENTS = 10;

    /** The report as JSON text, ending with a line break. */
    public String render(Report report) {
        return Printable.json(json(report).pretty()) + "\n";
    }

    /** The report as it is part of something larger. */
    static Json json(Report report) {
        Members json = new Members()
                .with("preflight", report.version())
                .with("target", target(report))
                .with("verdict", report.verdict().word())
                .with("startedAt", report.startedAt().toString())
                .with("durationMs", report.durationMillis())
                .with(
                        "causes",
                        report.causes().stream().map(JsonRenderer::cause).toList())
                .with(
                        "advice",
                        report.advice().stream().map(JsonRenderer::advice).toList())
                .with(
                        "clients",
                        report.clients().stream().map(JsonRenderer::client).toList())
                .with(
                        "checks",
                        report.checks().stream().map(JsonRenderer::check).toList())
                .with("totals", totals(report));
        if (report.baseline().given()) {
            json.with("baseline", baseline(report.baseline()));
        }
        return json.json();
    }

    private static Json baseline(Baseline.Standing baseline) {
        return Json.object(
                "known",
                baseline.known(),
                "stale",
                baseline.stale().stream()
                        .map(entry ->
                                Json.object("id", entry.id(), "now", entry.now().name()))
                        .toList());
    }

    private static Json target(Report report) {
        Members target = new Members()
                .with("url", report.address())
                .with("transport", report.transport())
                .withText("revision", report.revision());
        return (report.insecure() ? target.with("insecure", true) : target).json();
    }

    private static Json cause(CauseFinding found) {
        Cause cause = found.cause();
        return Json.object(
                "id",
                cause.id(),
                "title",
                cause.title(),
                "severity",
                cause.severity().word(),
                "stage",
                cause.stage().word(),
                "evidence",
                found.evidence(),
                "because",
                cause.because(),
                "fix",
                cause.fix(),
                "checks",
                found.checks(),
                "blocked",
                found.blocked(),
                "sources",
                cause.sources());
    }

    private static Json advice(Advice advice) {
        return Json.object("id", advice.id(), "title", advice.title(), "when", advice.when());
    }

    private static Json client(ClientReadiness client) {
        Members members = new Members()
                .with("client", client.client())
                .with("title", client.title())
                .withText("date", client.date())
                .with("asked", client.asked())
                .with("emulated", client.emulated())
                .with("verdict", client.verdict())
                .with("reasons", client.reasons())
                .with(
                        "because",
                        client.because().stream().map(JsonRenderer::reason).toList())
                .with(
                        "limits",
                        client.limits().stream().map(JsonRenderer::limit).toList());
        client.next().ifPresent(next -> members.with("next", next(next)));
        if (client.emulated()) {
            members.with(
                    "exchanges",
                    client.exchanges().stream().map(JsonRenderer::exchange).toList());
        }
        return members.json();
    }

    private static Json reason(ClientReadiness.Reason reason) {
        return new Members()
                .withText("id", reason.id())
                .with("weight", reason.weight())
                .withText("says", reason.says())
                .withText("grade", reason.grade())
                .withText("date", reason.date())
                .with(
                        "evidence",
                        reason.evidence().stream().map(JsonRenderer::cut).toList())
                .withText("fix", reason.fix())
                .with("sources", reason.sources())
                .json();
    }

    /** What is not known is null, and what was not seen is left out. */
    private static Json limit(ClientReadiness.Measured limit) {
        Members members = new Members().with("measure", limit.measure());
        members.with("most", limit.most().<Object>map(Long.class::cast).orElse(Json.NULL));
        limit.seen().ifPresent(value -> members.with("seen", value));
        return members.withText("says", limit.says()).json();
    }

    private static Json next(ClientReadiness.Next next) {
        return new Members()
                .with(
                        "connector",
                        next.fields().stream()
                                .map(field -> Json.object("field", field.field(), "value", cut(field.value())))
                                .toList())
                .withText("question", next.question())
                .withText("tool", next.tool())
                .with(
                        "steps",
                        next.steps().stream()
                                .map(step ->
                                        Json.object("do", step.action(), "date", step.date(), "source", step.source()))
                                .toList())
                .json();
    }

    private static Json check(CheckResult result) {
        Check check = result.check();
        return new Members()
                .with("id", check.id())
                .with("name", check.name())
                .with("feature", check.feature())
                .with("stage", check.stage().word())
                .with("level", check.level().name())
                .with("outcome", result.outcome().name())
                .with("requirements", check.requirements())
                .with("revisions", check.revisions())
                .with("durationMs", result.durationMillis())
                .withText("reason", result.reason())
                .withText("expected", result.expected())
                .withText("observed", result.observed())
                .withText("because", result.because())
                .withText("fix", result.fix())
                .withText("source", result.source())
                .withText("cause", result.cause())
                .with(
                        "exchanges",
                        result.exchanges().stream().map(JsonRenderer::exchange).toList())
                .json();
    }

    private static Json totals(Report report) {
        Map<String, Object> totals = new LinkedHashMap<>();
        report.totals().forEach((outcome, count) -> totals.put(outcome.name(), count));
        return Json.of(totals);
    }

    private static Json exchange(Exchange exchange) {
        Members members = new Members()
                .with("purpose", exchange.purpose())
                .with("method", exchange.method())
                .with("url", exchange.url());
        if (exchange.status() != 0) {
            members.with("status", exchange.status());
        }
        members.withHeaders("requestHeaders", exchange.requestHeaders())
                .withHeaders("responseHeaders", exchange.headers())
                .withText("requestBody", exchange.requestBody())
                .withText("responseBody", exchange.body())
                .withEvents(exchange.stream().events())
                .withText("answer", exchange.answer())
                .withText("standardError", exchange.standardError());
        if (exchange.exitCode() != null) {
            members.with("exitCode", exchange.exitCode());
        }
        if (exchange.failure() != null) {
            members.with("failure", failure(exchange.failure()));
        }
        return members.with("timings", timings(exchange.timings())).json();
    }

    private static Json failure(Failure failure) {
        return Json.object(
                "kind",
                failure.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                "detail",
                cut(failure.detail()));
    }

    /** Only the phases that were reached. */
    private static Json timings(Timings timings) {
        return new Members()
                .withMillis("connected", timings.connected())
                .withMillis("secured", timings.secured())
                .withMillis("firstByte", timings.firstByte())
                .withMillis("headers", timings.headers())
                .withMillis("firstEvent", timings.firstEvent())
                .withMillis("end", timings.end())
                .json();
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST_TEXT) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? LONGEST_TEXT - 1 : LONGEST_TEXT;
        return text.substring(0, end) + "... (" + (text.length() - end) + " more)";
    }

    /** An object in the making, which knows what is not worth a member. */
    private static final class Members {

        private final Map<String, Object> members = new LinkedHashMap<>();

        Members with(String name, Object value) {
            members.put(name, value);
            return this;
        }

        Members withText(String name, String value) {
            return value == null || value.isEmpty() ? this : with(name, cut(value));
        }

        Members withMillis(String name, long value) {
            return value < 0 ? this : with(name, value);
        }

        /** A list, because a header may come twice and their order may matter. */
        Members withHeaders(String name, List<Header> headers) {
            return headers.isEmpty()
                    ? this
                    : with(
                            name,
                            headers.stream()
                                    .map(header ->
                                            Json.object("name", cut(header.name()), "value", cut(header.value())))
                                    .toList());
        }

        Members withEvents(List<SseEvent> events) {
            List<Json> first = new ArrayList<>();
            for (SseEvent event : events.subList(0, Math.min(events.size(), MOST_EVENTS))) {
                first.add(new Members()
                        .with("event", cut(event.name()))
                        .with("data", cut(event.data()))
                        .withText("id", event.id())
                        .withText("retry", event.retry())
                        .with("atMs", event.atMillis())
                        .json());
            }
            return first.isEmpty() ? this : with("events", first);
        }

        Json json() {
            return Json.of(members);
        }
    }
}

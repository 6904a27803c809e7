package dev.mcppreflight.conformance.watch;

import dev.mcppreflight.conformance.Preflight;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Resources;
import dev.mcppreflight.conformance.data.Schemas;
import dev.mcppreflight.conformance.diagnosis.Diagnosis;
import dev.mcppreflight.conformance.diagnosis.Diagnostician;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.SseEvent;
import java.time.Instant;
import java.util.List;

/**
 * A recording as it is kept in a file: JSON by {@code session.schema.json}, which travels in the jar. It holds no secrets, for
 * these were taken out before anything was recorded.
 */
public final class SessionFile {

    private static final int FORMAT = 1;
    private static final String SCHEMA = "session.schema.json";

    private final Json json;

    private SessionFile(Json json) {
        this.json = json;
    }

    /**
     * What was seen, as a recording.
     *
     * @param upstream the origin of the server
     * @param startedAt when watching began
     */
    public static SessionFile of(Watched watched, String upstream, Instant startedAt) {
        return new SessionFile(Json.object(
                "preflight",
                Preflight.VERSION,
                "recording",
                FORMAT,
                "upstream",
                upstream,
                "startedAt",
                startedAt.toString(),
                "requests",
                watched.asked(),
                "visits",
                watched.visits().stream().map(SessionFile::visit).toList()));
    }

    /**
     * Reads a recording.
     *
     * @throws IllegalArgumentException when it is none; the message says why
     */
    public static SessionFile read(String text) {
        Json json = Json.parseOrMissing(text);
        if (json.isMissing()) {
            throw new IllegalArgumentException("it is not JSON");
        }
        Schemas.problemOf(json, schema()).ifPresent(problem -> {
            throw new IllegalArgumentException("it is no recording: " + problem);
        });
        return new SessionFile(json);
    }

    /** What a recording has to look like. */
    public static Json schema() {
        return Json.parse(Resources.text(SCHEMA));
    }

    /** The recording as text, ending with a line break. */
    public String text() {
        return json.pretty() + "\n";
    }

    List<Json> visits() {
        return json.get("visits").items();
    }

    private static Json visit(Watched.Visit visit) {
        return Json.object(
                "number",
                visit.number(),
                "client",
                Json.object(
                        "title",
                        visit.client().title(),
                        "names",
                        visit.client().clients(),
                        "signs",
                        visit.client().signs()),
                "address",
                visit.overheard().address(),
                "transport",
                visit.overheard().transport(),
                "revision",
                visit.overheard().revision(),
                "brokenAt",
                visit.overheard().brokenAt(),
                "causes",
                Diagnostician.diagnose(visit.overheard().evidence()).stream()
                        .map(Diagnosis::cause)
                        .toList(),
                "exchanges",
                visit.taken().stream().map(SessionFile::taken).toList());
    }

    private static Json taken(Watched.Taken taken) {
        Exchange exchange = taken.exchange();
        Json json = Json.object(
                "number",
                taken.number(),
                "at",
                taken.at().toString(),
                "cut",
                taken.cut(),
                "request",
                Json.object(
                        "method",
                        exchange.method(),
                        "url",
                        exchange.url(),
                        "headers",
                        headers(exchange.requestHeaders()),
                        "body",
                        exchange.requestBody()),
                "milliseconds",
                Json.object(
                        "connected", exchange.timings().connected(),
                        "headers", exchange.timings().headers(),
                        "firstEvent", exchange.timings().firstEvent(),
                        "end", exchange.timings().end()));
        if (exchange.status() > 0) {
            json = json.with("answer", answer(exchange));
        }
        return exchange.failure() == null
                ? json
                : json.with(
                        "failure",
                        Json.object(
                                "kind", exchange.failure().kind().name(),
                                "detail", exchange.failure().detail()));
    }

    private static Json answer(Exchange exchange) {
        Json answer = Json.object(
                "status",
                exchange.status(),
                "headers",
                headers(exchange.headers()),
                "body",
                exchange.body(),
                "events",
                exchange.stream().events().stream().map(SessionFile::event).toList());
        return exchange.answer() == null ? answer : answer.with("message", exchange.answer());
    }

    private static Json event(SseEvent event) {
        Json json = Json.object("name", event.name(), "data", event.data(), "atMs", event.atMillis());
        return event.id() == null ? json : json.with("id", event.id());
    }

    private static List<Json> headers(List<Header> headers) {
        return headers.stream()
                .map(header -> Json.object("name", header.name(), "value", header.value()))
                .toList();
    }
}

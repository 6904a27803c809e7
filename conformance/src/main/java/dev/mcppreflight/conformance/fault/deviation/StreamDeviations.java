package dev.mcppreflight.conformance.fault.deviation;

import static dev.mcppreflight.conformance.fault.deviation.Deviations.entry;
import static dev.mcppreflight.conformance.fault.deviation.Deviations.plain;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.http.Event;
import dev.mcppreflight.conformance.fault.http.EventStream;
import dev.mcppreflight.conformance.fault.http.Framing;
import dev.mcppreflight.conformance.fault.http.HttpHandler;
import dev.mcppreflight.conformance.fault.http.Mishap;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import dev.mcppreflight.conformance.fault.mcp.Rpc;
import dev.mcppreflight.conformance.fault.mcp.Session;
import dev.mcppreflight.conformance.fault.transport.HealthySite;
import dev.mcppreflight.conformance.fault.transport.Sessions;
import dev.mcppreflight.conformance.fault.transport.Site;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What goes wrong with event streams. */
final class StreamDeviations {

    static final Map<String, Function<Json, Deviation>> ALL = Map.ofEntries(
            plain("no-endpoint", () -> Deviation.ofFraming(StreamDeviations::withoutEndpoint)),
            entry("before-endpoint", parameter -> beforeEndpoint(Parameter.text(parameter))),
            entry("endpoint", parameter -> endpoint(Parameter.text(parameter))),
            entry("event-name", parameter -> message(event -> event.name(Parameter.text(parameter)))),
            entry("event-id", parameter -> eventId(Parameter.text(parameter))),
            plain("no-priming", () -> Deviation.ofFraming(StreamDeviations::withoutPriming)),
            plain("unasked-progress", StreamDeviations::unaskedProgress),
            plain("bare-json", () -> Deviation.ofFraming(StreamDeviations::bareJson)),
            plain("raw-newlines", () -> Deviation.ofFraming(StreamDeviations::rawNewlines)),
            plain("latin-1", () -> Deviation.ofFraming(StreamDeviations::latin1)),
            plain("no-blank-line", () -> Deviation.ofFraming(StreamDeviations::withoutBlankLine)),
            plain("compression-stall", StreamDeviations::compressionStall),
            plain("compressed-silence", StreamDeviations::compressedSilence),
            plain("named-beat", () -> Deviation.ofFraming(StreamDeviations::namedBeat)),
            entry("cut-results", parameter -> cutResults(Parameter.number(parameter))),
            entry("stream-limit", StreamDeviations::streamLimit),
            plain("stream-returns", StreamDeviations::streamReturns),
            entry("held-back", parameter -> heldBack(Parameter.number(parameter))),
            plain("collected", StreamDeviations::collected),
            plain("answer-lost", () -> postStream((healthy, out) -> {})),
            plain(
                    "never-ends",
                    () -> postStream((healthy, out) -> {
                        healthy.write(out);
                        out.awaitClose();
                    })),
            plain("result-in-post", () -> Deviation.ofHttp(StreamDeviations::resultInPost)),
            plain("every-stream", EveryStream::new),
            plain("closed-by-beat", ClosedByBeat::new),
            plain("newest-stream", NewestStream::new));

    private StreamDeviations() {}

    private static Framing withoutEndpoint(Framing healthy) {
        return event -> event.isEndpoint() ? new byte[0] : healthy.frame(event);
    }

    private static Deviation beforeEndpoint(String text) {
        return Deviation.ofFraming(healthy -> event -> {
            String usual = new String(healthy.frame(event), StandardCharsets.UTF_8);
            return (event.isEndpoint() ? text + usual : usual).getBytes(StandardCharsets.UTF_8);
        });
    }

    /** Announces another address; {@code {query}} is the query of the right one. */
    private static Deviation endpoint(String template) {
        return Deviation.ofFraming(healthy -> event -> {
            if (!event.isEndpoint()) {
                return healthy.frame(event);
            }
            String query = event.data().substring(event.data().indexOf('?') + 1);
            return healthy.frame(event.data(template.replace("{query}", query)));
        });
    }

    /** The same id on every event that has one. */
    private static Deviation eventId(String id) {
        return Deviation.ofFraming(healthy -> event -> healthy.frame(
                event.id() == null
                        ? event
                        : new Event(event.name(), id, event.data(), event.retry(), event.comment())));
    }

    private static Framing withoutPriming(Framing healthy) {
        return event ->
                event.id() != null && event.data() != null && event.data().isEmpty()
                        ? new byte[0]
                        : healthy.frame(event);
    }

    /** Tells of progress, though no request gave a token for it. */
    private static Deviation unaskedProgress() {
        Json progress = Json.object(
                "jsonrpc",
                "2.0",
                "method",
                "notifications/progress",
                "params",
                Json.object("progressToken", "nobody", "progress", 1));
        return postStream((healthy, out) -> {
            out.send(Event.message(null, progress));
            healthy.write(out);
        });
    }

    private static Deviation message(UnaryOperator<Event> change) {
        return Deviation.ofFraming(healthy -> event -> healthy.frame(event.isMessage() ? change.apply(event) : event));
    }

    /** The message without the name of its field. */
    private static Framing bareJson(Framing healthy) {
        return event ->
                event.isMessage() ? (event.data() + "\n\n").getBytes(StandardCharsets.UTF_8) : healthy.frame(event);
    }

    /** Indented JSON behind one data field, so that its other lines are no fields at all. */
    private static Framing rawNewlines(Framing healthy) {
        return event -> event.isMessage()
                ? ("event: message\ndata: " + Json.parse(event.data()).pretty() + "\n\n")
                        .getBytes(StandardCharsets.UTF_8)
                : healthy.frame(event);
    }

    private static Framing latin1(Framing healthy) {
        return event -> new String(healthy.frame(event), StandardCharsets.UTF_8).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The blank line that would deliver a message comes only with the next one; heartbeats bring none either. */
    private static Framing withoutBlankLine(Framing healthy) {
        return event -> {
            String text = new String(healthy.frame(event), StandardCharsets.UTF_8);
            if (event.isEndpoint()) {
                return text.getBytes(StandardCharsets.UTF_8);
            }
            String open = text.substring(0, text.length() - 1);
            return (event.isMessage() ? "\n" + open : open).getBytes(StandardCharsets.UTF_8);
        };
    }

    /** A proxy that compresses event streams, and waits for their end to do so. */
    private static Deviation compressionStall() {
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            boolean offered = request.header("Accept-Encoding")
                    .filter(codings -> codings.contains("gzip"))
                    .isPresent();
            if (response.isStream() && offered) {
                throw Mishap.silence();
            }
            return response;
        });
    }

    /** Middleware that compresses event streams, and hands on what it has only when its buffer is full. */
    private static Deviation compressedSilence() {
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            boolean offered = request.header("Accept-Encoding")
                    .filter(codings -> codings.contains("gzip"))
                    .isPresent();
            return response.isStream() && offered
                    ? response.stream(
                            EventStream::awaitCloseSilently, response.headers().with("Content-Encoding", "gzip"))
                    : response;
        });
    }

    /** Signs of life as events of their own. */
    private static Framing namedBeat(Framing healthy) {
        byte[] beat = "event: ping\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8);
        return event -> {
            byte[] usual = healthy.frame(event);
            byte[] both = Arrays.copyOf(usual, usual.length + beat.length);
            System.arraycopy(beat, 0, both, usual.length, beat.length);
            return both;
        };
    }

    /** Something on the way has a limit for events, so that the results of tools end in the middle. */
    private static Deviation cutResults(int length) {
        String half =
                "event: message\ndata: {\"jsonrpc\": \"2.0\", \"id\": 1, \"result\": {\"content\": [{\"text\": \"";
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            boolean result = request.rpcMethod().equals("tools/call")
                    && new String(response.body(), StandardCharsets.UTF_8).contains("\"isError\":false");
            return result
                    ? Response.stream(out -> out.send((half + "x".repeat(length)).getBytes(StandardCharsets.UTF_8)))
                    : response;
        });
    }

    /** Streams of a GET end at an age ({@code millis}), however alive they are ({@code beats}). */
    private static Deviation streamLimit(Json parameter) {
        Parameter.only(parameter, Set.of("millis", "beats"));
        int millis = Parameter.number(parameter.get("millis"));
        int beats = (int) parameter.get("beats").number(0);
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            return response.isStream() && request.method().equals("GET")
                    ? response.stream(out -> until(millis, beats, out), response.headers())
                    : response;
        });
    }

    /** A handler that returns as soon as it has said where to post to; the session goes with its stream. */
    private static Deviation streamReturns() {
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            return response.isStream() && request.method().equals("GET")
                    ? response.stream(
                            out -> out.send(Event.endpoint(HealthySite.MESSAGES + "?sessionId=" + UUID.randomUUID())),
                            response.headers())
                    : response;
        });
    }

    private static void until(int millis, int beats, EventStream out) throws IOException {
        try {
            for (int i = 0; i < Math.max(1, beats); i++) {
                if (beats > 0) {
                    out.send(Event.comment("beat"));
                }
                Thread.sleep(millis / Math.max(1, beats));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A proxy that holds a stream back, head and all. */
    private static Deviation heldBack(int seconds) {
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            if (response.isStream()) {
                try {
                    Thread.sleep(seconds * 1000L);
                } catch (InterruptedException e) {
                    throw Mishap.silence();
                }
            }
            return response.with("Via", "1.1 edge");
        });
    }

    /** A runtime without streaming: the stream of a POST arrives whole with its length, and a GET brings nothing. */
    private static Deviation collected() {
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            if (!response.isStream()) {
                return response;
            }
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            if (request.method().equals("POST")) {
                try {
                    response.stream()
                            .write(new EventStream(body, InputStream.nullInputStream(), Framing.STANDARD, () -> {}));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return response.body(body.toByteArray());
        });
    }

    /** What becomes of an event stream that answers a POST. */
    @FunctionalInterface
    private interface StreamChange {
        void write(Response.StreamBody healthy, EventStream out) throws IOException;
    }

    private static Deviation postStream(StreamChange change) {
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            return response.isStream() && request.method().equals("POST")
                    ? response.stream(out -> change.write(response.stream(), out), response.headers())
                    : response;
        });
    }

    /** HTTP+SSE that answers where it was asked, and leaves the stream empty. */
    private static Response resultInPost(Request request, HttpHandler healthy, Site site) {
        Optional<Session> session = request.path().equals(HealthySite.MESSAGES)
                ? request.parameter("sessionId").flatMap(site.sessions()::find)
                : Optional.empty();
        if (session.isEmpty() || request.json().get("id").isMissing()) {
            return healthy.handle(request);
        }
        return Response.json(200, site.rpc().answer(new Rpc.Call(request.json(), session.get())));
    }

    /** HTTP+SSE that forgets the blank line after long messages, so that the next heartbeat brings it. */
    private record ClosedByBeat() implements Deviation {

        private static final int LONG = 600;
        private static final Duration BEAT = Duration.ofMillis(1_300);

        @Override
        public Framing framing(Framing healthy) {
            return event -> {
                byte[] usual = healthy.frame(event);
                boolean forgotten = event.isMessage() && usual.length > LONG;
                return forgotten ? Arrays.copyOf(usual, usual.length - 1) : usual;
            };
        }

        @Override
        public HttpHandler http(HttpHandler healthy, Site site) {
            return request -> {
                Response response = healthy.handle(request);
                return response.isStream() && request.method().equals("GET")
                        ? response.stream(out -> beating(response.stream(), out), response.headers())
                        : response;
            };
        }

        private static void beating(Response.StreamBody healthy, EventStream out) throws IOException {
            Timer timer = new Timer(true);
            timer.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            try {
                                out.send(Event.comment("beat"));
                            } catch (IOException e) {
                                cancel();
                            }
                        }
                    },
                    BEAT.toMillis(),
                    BEAT.toMillis());
            try {
                healthy.write(out);
            } finally {
                timer.cancel();
            }
        }
    }

    /** HTTP+SSE that tells everybody what it was asked by one. */
    private record EveryStream() implements Deviation {
        @Override
        public List<Session> recipients(Session asking, Sessions all) {
            return all.all();
        }
    }

    /** HTTP+SSE that knows but one stream: the one that was opened last. */
    private record NewestStream() implements Deviation {
        @Override
        public List<Session> recipients(Session asking, Sessions all) {
            return List.of(all.newest());
        }
    }
}

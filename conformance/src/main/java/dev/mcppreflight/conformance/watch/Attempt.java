package dev.mcppreflight.conformance.watch;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.diagnosis.Overheard;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.SseEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** One attempt of one client to get on with the server: what belongs together of all that passes. */
final class Attempt {

    /** What the Java SDK waits for a call, the least of the well-known clients. */
    private static final Duration CALL = Duration.ofSeconds(20);

    private static final Set<String> OPENINGS = Set.of("initialize", "server/discover");

    private final int number;
    private final Duration patience;
    private final UnaryOperator<Exchange> view;
    private final List<Overhearing> overhearings = new ArrayList<>();
    private final Set<String> sessions = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private final Set<String> endpoints = new HashSet<>();

    /**
     * An attempt of which nothing was seen yet.
     *
     * @param patience how long an answer may take
     * @param view how an exchange looks from where it is judged
     */
    Attempt(int number, Duration patience, UnaryOperator<Exchange> view) {
        this.number = number;
        this.patience = patience;
        this.view = view;
    }

    /** Its place among all attempts, from 1. */
    int number() {
        return number;
    }

    List<Overhearing> overhearings() {
        return overhearings;
    }

    // ---- what belongs to it

    void add(Overhearing overhearing) {
        overhearings.add(overhearing);
    }

    boolean owns(Overhearing.Asked asked) {
        return !asked.session().isEmpty() && sessions.contains(asked.session())
                || asked.isPost() && endpoints.contains(asked.path());
    }

    boolean isOf(String agent) {
        return overhearings.stream()
                .anyMatch(each -> each.asked().header("User-Agent").equals(agent));
    }

    /** Whether this begins what was begun already, so that the client is trying again. */
    boolean isRepeatedBy(Overhearing.Asked asked) {
        String opening = opening(asked);
        boolean outside = opening.equals("stream") && !sessions.isEmpty();
        return outside
                || !opening.isEmpty()
                        && overhearings.stream()
                                .anyMatch(each -> opening(each.asked()).equals(opening)
                                        && each.asked().path().equals(asked.path())
                                        && (each.isOver() || each.status() > 0));
    }

    static String opening(Overhearing.Asked asked) {
        if (asked.isPost()) {
            String method = asked.message().get("method").text();
            return OPENINGS.contains(method) ? method : "";
        }
        boolean stream = asked.isGet()
                && asked.session().isEmpty()
                && asked.header("Accept").contains("text/event-stream");
        return stream ? "stream" : "";
    }

    // ---- what it learns

    /** Takes up what an answer gives: a session, or its end. */
    void answered(Overhearing overhearing) {
        Exchange exchange = overhearing.exchange();
        boolean success = exchange.status() / 100 == 2;
        exchange.header("Mcp-Session-Id").filter(id -> success).ifPresent(sessions::add);
        if (overhearing.asked().method().equals("DELETE") && success) {
            ended.add(overhearing.asked().session());
        }
    }

    /** Takes up an event: where messages go, or an answer to one of them. */
    Optional<Overhearing> event(Overhearing stream, SseEvent event) {
        if (event.name().equals("endpoint")) {
            endpoints.add(pathOf(event.data().trim(), stream.asked().path()));
            return Optional.empty();
        }
        Json message = event.message();
        if (!isResponse(message) && !message.isArray()) {
            return Optional.empty();
        }
        if (stream.asked().isPost()) {
            if (stream.exchange().answer() == null) {
                stream.answer(message.toString());
            }
            return Optional.of(stream);
        }
        Optional<Overhearing> question = overhearings.stream()
                .filter(each -> each.asked().isPost() && !isRefused(each.status()))
                .filter(each -> each.exchange().answer() == null)
                .filter(each -> each.asked().message().get("id").equals(message.get("id"))
                        && each.asked().message().get("method").isPresent())
                .filter(each -> isAnsweredOn(stream, each))
                .reduce((first, second) -> second);
        question.ifPresent(each -> each.answer(event.data()));
        return question;
    }

    private static boolean isRefused(int status) {
        return status >= 300;
    }

    /** Whether the stream is the one that belongs to where the question was posted, or to its session. */
    private static boolean isAnsweredOn(Overhearing stream, Overhearing question) {
        Optional<String> endpoint = stream.exchange().stream().events().stream()
                .filter(event -> event.name().equals("endpoint"))
                .map(event -> pathOf(event.data().trim(), stream.asked().path()))
                .findFirst();
        return endpoint.map(question.asked().path()::equals)
                .orElseGet(
                        () -> stream.asked().session().equals(question.asked().session()));
    }

    private static String pathOf(String endpoint, String from) {
        int scheme = endpoint.indexOf("://");
        if (scheme >= 0) {
            int slash = endpoint.indexOf('/', scheme + 3);
            return slash < 0 ? "/" : endpoint.substring(slash);
        }
        if (endpoint.startsWith("/")) {
            return endpoint;
        }
        String path = from.contains("?") ? from.substring(0, from.indexOf('?')) : from;
        return endpoint.startsWith("?") ? path + endpoint : path.substring(0, path.lastIndexOf('/') + 1) + endpoint;
    }

    static boolean isResponse(Json message) {
        return message.get("method").isMissing()
                && (message.get("result").isPresent() || message.get("error").isPresent());
    }

    // ---- what it shows

    /** What can be judged of it now: each exchange that has come to something, in a form that says to what. */
    Overheard overheard() {
        return Overheard.of(overhearings.stream()
                .flatMap(each -> judged(each).stream())
                .map(view)
                .toList());
    }

    private Optional<Exchange> judged(Overhearing each) {
        // What was not seen whole, or was lost without anybody's fault, is evidence of nothing; the beginning of a
        // stream is.
        boolean partial = each.isCut() && !(each.isStream() && each.asked().isGet());
        if (partial || each.isUnreadable() || each.isLostByChance() || isOfEndedSession(each)) {
            return Optional.empty();
        }
        Exchange exchange = each.exchange();
        if (exchange.failure() != null) {
            return Optional.of(exchange);
        }
        Optional<Failure> lack = lack(each, exchange);
        if (lack.isEmpty()) {
            return Optional.of(exchange);
        }
        boolean waits = lack.get().kind() != Failure.Kind.TRUNCATED
                && each.elapsed() < patience(each).toMillis();
        long waited = each.leftAt().orElse(each.elapsed());
        boolean longEnough = each.leftAt().isEmpty() || waited >= patience(each).toMillis();
        return waits || !longEnough ? Optional.empty() : Optional.of(exchange.failing(lack.get()));
    }

    /** What has not come yet. */
    private Optional<Failure> lack(Overhearing each, Exchange exchange) {
        if (exchange.status() == 0) {
            return Optional.of(new Failure(Failure.Kind.NO_ANSWER, "no answer within " + each.took() + " ms"));
        }
        boolean awaits = each.asked().isPost()
                && each.asked().message().get("id").isPresent()
                && each.asked().message().get("method").isPresent();
        boolean onStream = each.isStream() || endpoints.contains(each.asked().path());
        if (awaits && exchange.status() / 100 == 2 && onStream && exchange.answer() == null) {
            boolean over = each.isStream() && each.isOver() && each.leftAt().isEmpty();
            return over
                    ? Optional.empty()
                    : Optional.of(new Failure(Failure.Kind.UNFINISHED, "no answer within " + each.elapsed() + " ms"));
        }
        boolean opens = opening(each.asked()).equals("stream") && each.isStream();
        boolean named = exchange.stream().events().stream()
                .anyMatch(event -> event.name().equals("endpoint"));
        if (opens && !named && !isWelcomeAt(each.asked().path())) {
            Failure.Kind kind =
                    each.isOver() && each.leftAt().isEmpty() ? Failure.Kind.TRUNCATED : Failure.Kind.UNFINISHED;
            return Optional.of(new Failure(kind, "no endpoint event within " + each.elapsed() + " ms"));
        }
        boolean unfinished = !each.isOver() && !each.isStream();
        return unfinished
                ? Optional.of(new Failure(Failure.Kind.UNFINISHED, "nothing more within " + each.elapsed() + " ms"))
                : Optional.empty();
    }

    /** Whether a handshake succeeded at that very path: then a stream there is the optional one. */
    private boolean isWelcomeAt(String path) {
        return overhearings.stream()
                .anyMatch(each -> opening(each.asked()).equals("initialize")
                        && each.asked().path().equals(path)
                        && each.exchange().message().get("result").isPresent());
    }

    private boolean isOfEndedSession(Overhearing each) {
        String session = each.asked().session();
        boolean refused = each.status() == 404 || each.status() == 400;
        return refused && !session.isEmpty() && (ended.contains(session) || !sessions.contains(session));
    }

    private Duration patience(Overhearing each) {
        boolean calls = each.asked().message().get("method").text().equals("tools/call");
        return calls && CALL.compareTo(patience) > 0 ? CALL : patience;
    }

    /** Whether an answer is still due, apart from streams that stay open. */
    boolean isWaiting() {
        return overhearings.stream().anyMatch(each -> !each.isOver() && !each.isStream());
    }

    /** Whether it is worth a diagnosis: a client knocked. */
    boolean isMeant() {
        return overhearings.stream().anyMatch(each -> !opening(each.asked()).isEmpty());
    }
}

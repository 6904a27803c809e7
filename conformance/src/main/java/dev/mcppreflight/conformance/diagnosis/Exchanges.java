package dev.mcppreflight.conformance.diagnosis;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.Header;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Some exchanges of a case, narrowed down word by word until only those are left that show a cause:
 * {@code it.knock().sentFor(INITIALIZE).status(404)}. Immutable.
 */
final class Exchanges {

    static final Exchanges NONE = new Exchanges(List.of());

    private final List<Sight> sights;

    private Exchanges(List<Sight> sights) {
        this.sights = sights;
    }

    static Exchanges of(List<Exchange> exchanges) {
        return new Exchanges(
                exchanges.stream().map(exchange -> new Sight(exchange, "")).toList());
    }

    List<Sight> sights() {
        return sights;
    }

    Stream<Exchange> stream() {
        return sights.stream().map(Sight::exchange);
    }

    boolean any() {
        return !sights.isEmpty();
    }

    boolean none() {
        return sights.isEmpty();
    }

    // ---- by what was sent

    /** Those sent for one of these purposes, by an ordinary client. */
    Exchanges sentFor(String... purposes) {
        List<String> wanted = List.of(purposes);
        return whose(exchange -> wanted.contains(exchange.purpose()));
    }

    /** Those sent for one of these purposes, by whatever client. */
    Exchanges about(String... purposes) {
        return whose(exchange -> Arrays.stream(purposes)
                .anyMatch(purpose ->
                        exchange.purpose().equals(purpose) || exchange.purpose().startsWith(purpose + Sent.BY)));
    }

    /** Those sent by one of these special clients. */
    Exchanges by(String... clients) {
        return whose(exchange ->
                Arrays.stream(clients).anyMatch(client -> exchange.purpose().endsWith(Sent.BY + client)));
    }

    /** Those sent by an ordinary client, as this tool plays it. */
    Exchanges plain() {
        return whose(exchange ->
                (!exchange.purpose().contains(Sent.BY) || exchange.purpose().endsWith(Sent.BY + Sent.UNCONFIRMED))
                        && !exchange.purpose().equals(Sent.REAL_CLIENT));
    }

    Exchanges method(String method) {
        return whose(exchange -> exchange.method().equals(method));
    }

    /** Those that await an answer: requests with an id. */
    Exchanges requests() {
        return whose(exchange -> {
            Json sent = exchange.request();
            return sent.get("id").isPresent() && sent.get("method").isPresent();
        });
    }

    /** Those that carry a header in which the pattern is found. */
    Exchanges sending(String header, String pattern) {
        return whose(exchange ->
                found(pattern, Header.first(exchange.requestHeaders(), header).orElse(null)));
    }

    Exchanges notSending(String header) {
        return whose(exchange -> Header.first(exchange.requestHeaders(), header).isEmpty());
    }

    // ---- by what came back over HTTP

    Exchanges status(int... statuses) {
        return whose(exchange -> Arrays.stream(statuses).anyMatch(status -> status == exchange.status()));
    }

    Exchanges statusBetween(int lowest, int highest) {
        return whose(exchange -> exchange.status() >= lowest && exchange.status() <= highest);
    }

    /** Those answered by HTTP with another status than these. */
    Exchanges statusOtherThan(int... statuses) {
        return whose(exchange ->
                exchange.status() > 0 && Arrays.stream(statuses).noneMatch(status -> status == exchange.status()));
    }

    /** Those that were not refused for want of a credential or by a limit. */
    Exchanges statusOtherThanRefusals() {
        return whose(exchange -> !List.of(401, 403, 407, 429).contains(exchange.status()));
    }

    Exchanges failedBy(Failure.Kind... kinds) {
        return whose(exchange -> exchange.failedBy(kinds));
    }

    /** Those to which nothing came while the connection stood, or to whose message no answer came. */
    Exchanges silent() {
        return failedBy(Failure.Kind.NO_ANSWER, Failure.Kind.UNFINISHED).unanswered();
    }

    /** Those with a header in whose value the pattern is found. */
    Exchanges header(String name, String pattern) {
        return whose(exchange -> found(pattern, exchange.header(name).orElse(null)));
    }

    Exchanges withHeader(String name) {
        return whose(exchange -> exchange.header(name).isPresent());
    }

    Exchanges withoutHeader(String name) {
        return whose(exchange -> exchange.header(name).isEmpty());
    }

    /** Those in whose body the pattern is found. */
    Exchanges saying(String pattern) {
        return whose(exchange -> found(pattern, exchange.body()));
    }

    Exchanges notSaying(String pattern) {
        return whose(exchange -> !found(pattern, exchange.body()));
    }

    /** Those whose answer speaks of a session, and does not only repeat an address with one in its query. */
    Exchanges aboutSession() {
        return whose(exchange -> speaksOfSession(exchange));
    }

    Exchanges notAboutSession() {
        return whose(exchange -> !speaksOfSession(exchange));
    }

    private static boolean speaksOfSession(Exchange exchange) {
        return found("session", exchange.body().replaceAll("(?i)[?&/;]\\S*session\\S*", ""));
    }

    /** Those whose failure's detail the pattern is found in. */
    Exchanges failingWith(String pattern) {
        return whose(exchange ->
                exchange.failure() != null && found(pattern, exchange.failure().detail()));
    }

    /** Web pages, by their type or by how they begin. */
    Exchanges pages() {
        return whose(Facts::isPage);
    }

    Exchanges streams() {
        return whose(Exchange::isStream);
    }

    Exchanges noStreams() {
        return whose(exchange -> !exchange.isStream());
    }

    // ---- by the message that answered

    /** Those answered by a JSON-RPC message, or what stands in its place, that fits. */
    Exchanges answer(Predicate<Json> wanted) {
        return whose(exchange -> Facts.answer(exchange).isPresent() && wanted.test(Facts.answer(exchange)));
    }

    /** Those answered by a result that fits. */
    Exchanges result(Predicate<Json> wanted) {
        return answer(answer -> answer.get("result").isPresent()
                && !answer.get("error").isObject()
                && wanted.test(answer.get("result")));
    }

    /** Those answered by a JSON-RPC error. */
    Exchanges errors() {
        return answer(answer ->
                answer.get("error").isPresent() && !answer.get("error").isNull());
    }

    Exchanges error(long... codes) {
        return answer(answer -> Arrays.stream(codes)
                .anyMatch(code -> answer.get("error").get("code").number(0) == code));
    }

    Exchanges unanswered() {
        return whose(exchange -> Facts.answer(exchange).isMissing());
    }

    // ---- by anything

    Exchanges whose(Predicate<Exchange> wanted) {
        return new Exchanges(
                sights.stream().filter(sight -> wanted.test(sight.exchange())).toList());
    }

    /** None at all unless the condition holds. */
    Exchanges when(boolean condition) {
        return condition ? this : NONE;
    }

    Exchanges unless(boolean condition) {
        return when(!condition);
    }

    /** These and those. */
    Exchanges and(Exchanges those) {
        return new Exchanges(
                Stream.concat(sights.stream(), those.sights.stream()).toList());
    }

    /** These, or those when there are none of these. */
    Exchanges or(Exchanges those) {
        return any() ? this : those;
    }

    Exchanges first() {
        return new Exchanges(sights.stream().limit(1).toList());
    }

    /** The same with a note of what in each shows the cause; those without a note fall away. */
    Exchanges noting(Function<Exchange, List<String>> notes) {
        return new Exchanges(sights.stream()
                .flatMap(sight -> notes.apply(sight.exchange()).stream()
                        .filter(note -> !note.isEmpty())
                        .map(note -> new Sight(sight.exchange(), note)))
                .toList());
    }

    private static boolean found(String pattern, String text) {
        return text != null
                && Pattern.compile(pattern, Pattern.CASE_INSENSITIVE)
                        .matcher(text)
                        .find();
    }
}

package dev.mcppreflight.conformance.readiness;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.Purpose;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the exchanges show of a server: who it is, what it offers, how one gets in. */
final class Sightings {

    private final Situation situation;
    private final List<Exchange> visit;

    /** @param visit what the client's own sequence met; none when it was not played */
    Sightings(Situation situation, List<Exchange> visit) {
        this.situation = situation;
        this.visit = visit;
    }

    // ---- the server

    /** The answer to initialize, or to server/discover where there is no other; missing for none. */
    Json handshake() {
        return results("initialize")
                .findFirst()
                .or(() -> results("server/discover")
                        .filter(result -> result.get("supportedVersions").isArray())
                        .findFirst())
                .orElse(Json.MISSING);
    }

    /** Who it says it is; since 2026-07-28 that stands in the metadata of a result. */
    Json serverInfo() {
        Json handshake = handshake();
        Json info = handshake.get("serverInfo");
        return info.isPresent() ? info : handshake.get("_meta").get("io.modelcontextprotocol/serverInfo");
    }

    /** The tools as the client lists them, where its sequence came so far, or else as the first contact did. */
    List<Json> tools() {
        return Stream.of(visit, situation.contact())
                .map(exchanges -> exchanges.stream()
                        .filter(exchange -> method(exchange).equals("tools/list"))
                        .flatMap(page -> answer(page).get("result").get("tools").items().stream())
                        .toList())
                .filter(tools -> !tools.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** Whether the client's own sequence came as far as the tools. */
    boolean visitReachedTools() {
        return visit.stream()
                .anyMatch(exchange -> method(exchange).equals("tools/list")
                        && answer(exchange).get("result").isPresent());
    }

    /** The first request for server/discover that was sent as the client sends it. */
    Optional<Exchange> discover() {
        return (visit.isEmpty() ? Stream.concat(ofChecks(), situation.contact().stream()) : visit.stream())
                .filter(exchange -> method(exchange).equals("server/discover"))
                .filter(exchange -> exchange.purpose().startsWith(Purpose.DISCOVER))
                .filter(exchange -> !exchange.isStdio())
                .findFirst();
    }

    /** The refusal of initialize, with which the first contact began. */
    Optional<Exchange> refusedHandshake() {
        return situation.contact().stream()
                .filter(exchange -> exchange.purpose().equals(Purpose.INITIALIZE))
                .findFirst();
    }

    /** The GET stream that the client opened. */
    Optional<Exchange> listening() {
        return visit.stream()
                .filter(exchange -> exchange.purpose().equals(Purpose.LISTEN))
                .findFirst();
    }

    // ---- the way in

    /** The refusal that asks a client without credentials for some. */
    Optional<Exchange> challenge(boolean discovers) {
        List<String> firsts = discovers ? List.of("server/discover", "initialize") : List.of("initialize");
        Stream<Exchange> those =
                visit.isEmpty() ? Stream.concat(situation.contact().stream(), ofChecks()) : visit.stream();
        return those.filter(exchange -> exchange.status() == 401)
                .filter(exchange ->
                        firsts.contains(method(exchange)) || exchange.purpose().startsWith(Purpose.STREAM))
                .filter(exchange ->
                        Header.first(exchange.requestHeaders(), "Authorization").isEmpty())
                .findFirst();
    }

    /** The metadata that tells where to sign in: of the resource (RFC 9728), or of an authorization server before that. */
    Optional<Exchange> signInMetadata() {
        return Stream.of(visit.stream(), situation.contact().stream(), ofChecks())
                .flatMap(exchanges -> exchanges)
                .filter(exchange -> Purpose.SIGN_IN.contains(exchange.purpose()))
                .filter(exchange -> exchange.method().equals("GET") && exchange.status() == 200)
                .filter(exchange -> {
                    Json metadata = Json.parseOrMissing(exchange.body());
                    return metadata.get("authorization_servers").size() > 0
                            || metadata.get("authorization_endpoint").isString();
                })
                .findFirst();
    }

    // ---- what was measured

    /** The largest value of a measure that was seen; nothing when nothing of the kind was. */
    Optional<Long> measured(String measure) {
        return switch (measure) {
            case "tools" -> Optional.of((long) tools().size()).filter(count -> count > 0);
            case "tool-name" -> longest(tools().stream().map(tool -> tool.get("name")));
            case "tool-description" -> longest(tools().stream().map(tool -> tool.get("description")));
            case "instructions" -> longest(Stream.of(handshake().get("instructions")));
            case "result" ->
                calls().map(call -> text(answer(call).get("result"))).max(Long::compare);
            case "seconds" -> calls().map(call -> call.timings().end() / 1_000).max(Long::compare);
            default -> Optional.empty();
        };
    }

    private static Optional<Long> longest(Stream<Json> texts) {
        return texts.filter(Json::isString).map(text -> length(text.text())).max(Long::compare);
    }

    private static long text(Json result) {
        return result.get("content").items().stream()
                .mapToLong(item -> length(item.get("text").text()))
                .sum();
    }

    private static long length(String text) {
        return text.codePointCount(0, text.length());
    }

    private Stream<Exchange> calls() {
        return ofChecks()
                .filter(exchange -> method(exchange).equals("tools/call"))
                .filter(exchange -> answer(exchange).get("result").isPresent());
    }

    // ---- exchanges

    private Stream<Json> results(String method) {
        return Stream.concat(visit.stream(), situation.contact().stream())
                .filter(exchange -> !exchange.purpose().equals(Purpose.ELSEWHERE))
                .filter(exchange -> method(exchange).equals(method))
                .map(exchange -> answer(exchange).get("result"))
                .filter(Json::isPresent);
    }

    private Stream<Exchange> ofChecks() {
        return situation.checks().stream().flatMap(result -> result.exchanges().stream());
    }

    /** The JSON-RPC method that was called; empty for none. */
    static String method(Exchange exchange) {
        return exchange.request().get("method").text();
    }

    static Json answer(Exchange exchange) {
        return exchange.message();
    }
}

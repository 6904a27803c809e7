package dev.mcppreflight.conformance.diagnosis;

import static dev.mcppreflight.conformance.diagnosis.Rule.rule;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure.Kind;
import dev.mcppreflight.conformance.wire.Purpose;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.function.BiPredicate;

/** Redirects, paths, headers and bodies of HTTP, and the sessions that it carries. */
final class TransportRules {

    private static final String SESSION = "Mcp-Session-Id";
    private static final String NO_SESSION =
            "session.{0,40}(required|missing|must)|(required|missing|requires?)\\b.{0,20}session"
                    // "No valid session" is said of one that is there, and unknown.
                    + "|\\bno\\b(?! (valid|such|active|known|matching|existing|open)).{0,20}session";

    private TransportRules() {}

    static List<Rule> all() {
        return List.of(
                // -- redirects
                rule("HTTP-004", it -> redirected(it, TransportRules::leadsInside)),
                rule("HTTP-006", it -> redirected(it, (here, there) -> there.isLogin() && there.sameHost(here))),
                rule(
                        "HTTP-003",
                        it -> redirected(
                                it, (here, there) -> !here.isSecure() && there.isSecure() && there.sameHost(here))),
                rule(
                        "HTTP-002",
                        it -> redirected(it, (here, there) -> there.sameOrigin(here) && there.sameButForSlash(here))),
                rule("HTTP-005", it -> redirected(it, (here, there) -> !there.sameHost(here) && !there.isLogin())
                        .unless(redirected(it, TransportRules::leadsInside).any())),

                // -- guards
                rule("SEC-001", it -> it.knock()
                        .status(421)
                        .and(it.knock().status(400, 403).saying("invalid host|host not allowed|host header"))
                        .and(it.knock().status(400, 403).when(it.answersToLocalhost()))),

                // -- bodies
                rule("HTTP-022", it -> it.contact()
                        .header("Content-Encoding", "^(?!identity).+")
                        .notSending("Accept-Encoding")),
                rule("HTTP-019", it -> it.contact()
                        .failedBy(Kind.TRUNCATED)
                        .noStreams()
                        .and(it.contact()
                                .status(200)
                                .withHeader("Content-Length")
                                .whose(TransportRules::isCutJson))
                        // RFC 9112, section 6.2: never both.
                        .and(it.contact().withHeader("Content-Length").withHeader("Transfer-Encoding"))),
                rule("HTTP-013", it -> it.contact()
                        .method("POST")
                        .status(200)
                        .whose(exchange -> Facts.isResponse(Json.parseOrMissing(exchange.body())))
                        .whose(exchange -> !exchange.mediaType().equals("application/json") && !exchange.isStream())
                        .noting(exchange -> List.of("Content-Type: "
                                + exchange.header("Content-Type").orElse("(none)")))),

                // -- paths and methods
                rule("HTTP-008", it -> it.knock()
                        .method("POST")
                        // Who opens the stream to anybody does not mean the refusal.
                        .whose(exchange -> isNoFallback(exchange)
                                || !it.hasCredentials() && List.of(401, 403).contains(exchange.status()))
                        .when(it.openStreams().whose(it::isKnock).any())
                        .and(it.knock()
                                .method("POST")
                                .statusBetween(500, 599)
                                .unless(Edge.speaks(it))
                                .when(it.isStreamPath()))
                        .and(it.findings()
                                .by(Sent.STREAMABLE)
                                .whose(TransportRules::isNoFallback)
                                .when(it.speaks("sse") && !it.isMute())
                                // Who answered that at first is only slow now.
                                .unless(it.knock()
                                        .method("POST")
                                        .status(400, 404, 405)
                                        .any()))),
                rule("HTTP-001", it -> it.knock()
                        .status(404, 410)
                        .noStreams()
                        .unless(Edge.speaks(it) || refusedStream(it))
                        .whose(exchange -> !isModernRefusal(exchange))
                        .and(it.knock()
                                .whose(exchange -> exchange.status() == 405 || Facts.isPage(exchange))
                                .when(isRoot(it) && it.elsewhere().any()))
                        .and(redirected(
                                it,
                                (here, there) ->
                                        there.sameOrigin(here) && !there.sameButForSlash(here) && !there.isLogin()))
                        .and(it.elsewhere())
                        .when(it.isBrokenAt("transport"))
                        .unless(onlyElsewhere(it))
                        .and(Edge.says(it, Edge.Kind.PATH))),
                rule("HTTP-011", it -> it.knock()
                        .status(406)
                        .and(it.findings()
                                .by(Sent.REVERSED)
                                .status(400, 406, 415)
                                .notAboutSession()
                                .unless(isRefusedAnyway(it)))),
                rule("HTTP-012", it -> it.findings()
                        .by(Sent.CHARSET)
                        .status(400, 406, 415)
                        .notAboutSession()
                        .unless(isRefusedAnyway(it))
                        .and(it.knock().method("POST").status(415).when(it.isBrokenAt("transport")))),
                rule("HTTP-007", it -> it.knock()
                        .method("POST")
                        .status(405, 501)
                        .when(it.isBrokenAt("transport"))
                        .unless(streamWasTried(it))),
                rule("HTTP-014", it -> it.knock()
                        .status(200)
                        .pages()
                        .unless(it.openStreams().whose(it::isKnock).any()
                                || isRoot(it) && it.elsewhere().any())),

                // -- sessions
                rule("SESS-012", TransportRules::sharedIds),
                rule("SESS-005", it -> it.all()
                        .plain()
                        .method("POST")
                        .status(400)
                        .sending(SESSION, ".")
                        .saying(NO_SESSION)),
                rule("SESS-002", it -> it.all()
                        .plain()
                        .method("POST")
                        .status(400)
                        .notSending(SESSION)
                        .aboutSession()
                        .when(it.speaks("streamable"))),
                rule("HTTP-020", it -> neverKnown(it)
                        .and(it.handshake().withHeader("Set-Cookie"))
                        .when(neverKnown(it).any()
                                && it.handshake()
                                        .withHeader("Set-Cookie")
                                        .withHeader(SESSION)
                                        .any())),
                rule("SESS-001", it -> it.all()
                        .plain()
                        .status(400, 404)
                        .aboutSession()
                        .whose(exchange -> inSession(it, exchange))
                        .unless(hasLost(it))
                        .and(forgottenAtTimes(it))),

                // -- what is left
                rule("PERF-004", it -> it.contact().status(429).withoutHeader("ngrok-error-code")),
                rule("HTTP-024", it -> it.contact()
                        .sentFor(Purpose.INITIALIZE, Purpose.LIST_TOOLS)
                        .statusBetween(500, 599)
                        .whose(exchange -> !Edge.gave(exchange))
                        .unless(Edge.speaks(it)
                                || it.isStreamPath()
                                        && it.handshake().status(500).any())),
                rule("HTTP-025", it -> it.knock()
                        .method("POST")
                        .statusBetween(400, 499)
                        .statusOtherThan(401, 403, 404, 405, 406, 407, 410, 415, 421, 429)
                        .whose(exchange -> !Facts.answer(exchange).get("error").isObject())
                        .notAboutSession()
                        .when(it.isBrokenAt("transport"))
                        .unless(Edge.speaks(it) || streamWasTried(it))),
                rule("HTTP-009", it -> it.findings()
                        .sentFor(Purpose.LISTEN)
                        .whose(exchange -> !(exchange.status() == 200 && exchange.isStream()))
                        .statusOtherThan(405)
                        .whose(exchange -> !List.of(401, 403).contains(exchange.status()) || isOpenToAll(it))
                        .when(it.speaks("streamable"))),
                rule("HTTP-010", it -> it.findings()
                        .sentFor(Purpose.LISTEN)
                        .whose(exchange -> exchange.failedBy(Kind.NO_ANSWER)
                                || exchange.isStream()
                                        && Facts.isMute(exchange)
                                        && (exchange.failedBy(Kind.UNFINISHED)
                                                || openFor(exchange) > 15_000
                                                || !sends(exchange, SESSION)))
                        .when(StreamRules.announcesChanges(it))));
    }

    private static Exchanges redirected(Case it, BiPredicate<Address, Address> leads) {
        return it.knock().statusBetween(301, 308).whose(exchange -> it.address()
                .filter(here -> here.resolve(exchange.header("Location").orElse(""))
                        .filter(there -> leads.test(here, there))
                        .isPresent())
                .isPresent());
    }

    /**
     * Whether a redirect shows that the server thinks itself elsewhere than the world does. One that leads to where it
     * comes from is meant for who comes by http, or by another name, which the proxy in front hides.
     */
    private static boolean leadsInside(Address here, Address there) {
        boolean nowhere = there.equals(here);
        boolean downgraded = here.isSecure() && !there.isSecure();
        boolean innerPort =
                there.sameHost(here) && there.scheme().equals(here.scheme()) && there.actualPort() != here.actualPort();
        boolean innerName = !here.isPrivate() && there.isPrivate();
        return nowhere || downgraded || innerPort || innerName;
    }

    private static boolean isCutJson(Exchange exchange) {
        String body = exchange.body().strip();
        // What is recorded of a large body is cut as well, and then it is shorter than announced.
        int octets = exchange.body().getBytes(StandardCharsets.UTF_8).length;
        boolean whole = exchange.header("Content-Length")
                .filter(length -> length.strip().equals(String.valueOf(octets)))
                .isPresent();
        return whole && body.startsWith("{") && Json.isCut(body);
    }

    /** Whether the answer to a POST keeps clients from trying HTTP+SSE. */
    private static boolean isNoFallback(Exchange exchange) {
        return exchange.status() == 0
                || !List.of(400, 401, 403, 404, 405).contains(exchange.status())
                        && !Facts.isResponse(Facts.answer(exchange));
    }

    /** A server of a newer era refuses initialize by 404 and a JSON-RPC error. */
    private static boolean isModernRefusal(Exchange exchange) {
        return Facts.answer(exchange).get("error").get("code").number(0) == -32601;
    }

    private static boolean isRoot(Case it) {
        return it.address().filter(address -> address.path().equals("/")).isPresent();
    }

    /** Whether nothing at the target's own address speaks for a wrong path. */
    private static boolean onlyElsewhere(Case it) {
        return it.knock().status(404, 410).none()
                && !(isRoot(it) && it.elsewhere().any())
                && it.knock().statusBetween(301, 308).none();
    }

    /** Whether a GET of the same address was answered as an event stream, or not at all. */
    private static boolean streamWasTried(Case it) {
        return it.knock()
                .sentFor(Purpose.STREAM)
                .whose(exchange -> exchange.isStream()
                        || exchange.failure() != null
                        || exchange.body().contains("data:"))
                .any();
    }

    /** Whether a GET of the same address asked for a credential: the path is right. */
    private static boolean refusedStream(Case it) {
        return it.knock().sentFor(Purpose.STREAM).status(401, 403).any() || streamWasTried(it);
    }

    /** Whether it is not the headers that are to blame: the plainest request is refused as well. */
    private static boolean isRefusedAnyway(Case it) {
        return it.toolPages().statusBetween(400, 499).any();
    }

    /** Whether nobody has to sign in: the handshake came about without a credential. */
    private static boolean isOpenToAll(Case it) {
        return !it.hasCredentials() && it.handshake().result(result -> true).any();
    }

    private static boolean sends(Exchange exchange, String header) {
        return exchange.requestHeaders().stream().anyMatch(sent -> sent.name().equalsIgnoreCase(header));
    }

    private static boolean inSession(Case it, Exchange exchange) {
        boolean streamable = sends(exchange, SESSION);
        boolean overSse = it.speaks("sse") && exchange.method().equals("POST") && !it.isKnock(exchange);
        return streamable || overSse;
    }

    /** Whether the session was not lost by chance but never known at all. */
    private static boolean hasLost(Case it) {
        return it.all()
                .plain()
                .status(400)
                .sending(SESSION, ".")
                .saying(NO_SESSION)
                .any();
    }

    /** The handshakes that were given the session id of another one. */
    private static Exchanges sharedIds(Case it) {
        Exchanges opened = it.all().sentFor(Purpose.INITIALIZE).header(SESSION, "\\S");
        List<String> ids = opened.stream()
                .map(exchange -> exchange.header(SESSION).orElse(""))
                .toList();
        return opened.whose(
                exchange -> Collections.frequency(ids, exchange.header(SESSION).orElse("")) > 1);
    }

    /** What was asked first in a session, and answered as if there were none, by its words or because nothing else was. */
    private static Exchanges neverKnown(Case it) {
        Exchanges asked = it.contact().plain().sending(SESSION, ".");
        Exchanges refused = asked.status(400, 404);
        return refused.aboutSession()
                .or(refused.sentFor(Purpose.LIST_TOOLS)
                        .unless(asked.method("POST").statusBetween(200, 299).any()));
    }

    /** What every session has to answer, where another one did: nothing but chance decides. */
    private static Exchanges forgottenAtTimes(Case it) {
        // What comes too late for a session that was ended meanwhile fails no check.
        Exchanges kept = inSessions(it.everything()).statusBetween(200, 299);
        return inSessions(it.all()).status(400, 404).whose(lost -> kept.whose(other -> isSameAgain(lost, other))
                .any());
    }

    private static Exchanges inSessions(Exchanges among) {
        return among.plain()
                .method("POST")
                .sending(SESSION, ".")
                .sentFor(Purpose.INITIALIZED, Purpose.LIST_TOOLS, Sent.PING);
    }

    private static boolean isSameAgain(Exchange one, Exchange other) {
        return Facts.sent(one).without("id").equals(Facts.sent(other).without("id"));
    }

    private static long openFor(Exchange exchange) {
        return exchange.timings().end() < 0
                ? 0
                : exchange.timings().end() - exchange.timings().headers();
    }
}

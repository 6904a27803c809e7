package dev.mcppreflight.conformance.diagnosis;

import static dev.mcppreflight.conformance.diagnosis.Rule.rule;

import dev.mcppreflight.conformance.wire.Challenge;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure.Kind;
import dev.mcppreflight.conformance.wire.Purpose;
import java.util.List;
import java.util.regex.Pattern;

/** Names, ports, certificates, and who stands at the edge: what may have answered in place of the server. */
final class ReachRules {

    private static final String NGROK = "ngrok-error-code";
    private static final String SPOKEN_TO_TLS =
            "plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server|speaking plain HTTP to an SSL";

    /** A proxy may let the handshake pass and refuse the request in HTTP. */
    private static final String CERTIFICATE_WANTED = "no required SSL certificate was sent|the SSL certificate error";

    /** A name in capitals, as variables have it and the codes of errors do not. */
    private static final String NAME = "\\b(?!ERR_|E[A-Z]+\\b|MODULE_)[A-Z][A-Z0-9]*_[A-Z0-9_]+\\b";

    private static final String MISSING =
            "(?i:required|missing|must be|must set|need(s|ed)?\\b|(not|un)[ -]?(set|defined|found|provided|configured|bound)"
                    + "|undefined|unbound|null or not|please (set|provide|export))";

    /** Words for a variable of the environment, or one of that look that is missed, or the key that is usually kept in one. */
    private static final Pattern VARIABLE = Pattern.compile("(?i:environment variable|env(ironment)? vars?\\b)"
            + "|" + NAME + ".{0,40}" + MISSING
            + "|(?i:missing|required|set|provide|export|specify|define|placeholder|KeyError).{0,40}" + NAME
            + "|(?i:(missing|no) (api|access|auth) ?(key|token))"
            + "|(?i:(api|access|auth) ?(key|token)) (?i:is )?" + MISSING);

    private ReachRules() {}

    static List<Rule> all() {
        return List.of(
                // -- the network
                rule("NET-001", it -> it.knock().failedBy(Kind.UNKNOWN_HOST)),
                rule("NET-003", it -> it.others()
                        .sentFor(Purpose.RESOLVE)
                        .when(it.isPublic()
                                && !it.resolvesPrivately()
                                && it.addresses().stream().allMatch(address -> address.contains(":")))
                        .noting(lookUp -> List.of(
                                "the name leads to " + lookUp.body().replace("\n", ", ") + " and nowhere else"))),
                rule("NET-005", it -> it.knock().failedBy(Kind.REFUSED)),
                rule("NET-006", it -> it.knock().failedBy(Kind.CONNECT_TIMEOUT, Kind.UNREACHABLE)),
                rule("NET-009", it -> it.knock()
                        .failedBy(Kind.NOT_TLS)
                        .and(it.knock().failedBy(Kind.NO_ANSWER).whose(ReachRules::isUnsecured))
                        .and(it.knock().failedBy(Kind.NOT_HTTP).whose(ReachRules::isAlertInClear))
                        .and(it.knock().status(400).saying(SPOKEN_TO_TLS))),
                rule("NET-010", it -> it.knock().failedBy(Kind.CERTIFICATE_EXPIRED, Kind.CERTIFICATE_NOT_YET_VALID)),
                rule("NET-013", it -> it.knock().failedBy(Kind.CERTIFICATE_WRONG_HOST)),
                rule("NET-012", it -> it.knock().failedBy(Kind.CERTIFICATE_CHAIN_INCOMPLETE)),
                rule("NET-011", it -> it.knock().failedBy(Kind.CERTIFICATE_SELF_SIGNED, Kind.CERTIFICATE_UNTRUSTED)),
                // With TLS 1.3 a refused client learns of it only when it reads.
                rule("NET-014", it -> it.knock()
                        .failedBy(Kind.TLS_REFUSED)
                        .and(it.knock()
                                .failedBy(Kind.CLOSED, Kind.RESET)
                                .failingWith("alert|bad_certificate|certificate_required"))
                        .and(it.knock().status(400).saying(CERTIFICATE_WANTED))),
                rule("HTTP-026", it -> it.knock().failedBy(Kind.HTTP2_ALONE)),
                rule("NET-028", it -> it.knock().failedBy(Kind.CLOSED, Kind.RESET, Kind.NOT_HTTP)),

                // -- the edge, before anything is put down to the server
                rule("NET-015", it -> it.knock().header(NGROK, "ERR_NGROK_3(?!004)\\d+")),
                rule("NET-016", it -> it.knock().header(NGROK, "ERR_NGROK_(8\\d+|3004)")),
                rule("NET-018", it -> it.knock()
                        .header(NGROK, "ERR_NGROK_7\\d+")
                        .and(it.knock().status(429).withHeader(NGROK))),
                rule("NET-017", it -> it.knock()
                        .header(NGROK, "ERR_NGROK_6024")
                        .and(it.knock().saying("ERR_NGROK_6024"))),
                rule("NET-019", it -> it.knock()
                        .whose(Facts::isCloudflare)
                        .whose(exchange -> exchange.status() == 530
                                || exchange.status() == 502
                                        && !exchange.body().matches("(?is).*<center>(nginx|openresty).*")
                                || exchange.body().matches("(?s).*error code: (1033|1016).*"))),
                rule("NET-029", it -> Edge.says(it, Edge.Kind.NOBODY)
                        .withoutHeader(NGROK)
                        .whose(exchange -> !Facts.isCloudflare(exchange))),
                rule("NET-021", it -> Edge.says(it, Edge.Kind.UPSTREAM)
                        // Behind some replicas or a limit the first request may pass.
                        .and(it.contact()
                                .sentFor(Purpose.INITIALIZED, Purpose.LIST_TOOLS)
                                .whose(exchange -> Edge.is(Edge.Kind.UPSTREAM, exchange)))
                        .and(nowAndThen(it))
                        .withoutHeader(NGROK)),
                rule("NET-025", it -> it.knock()
                        .header("cf-mitigated", "challenge")
                        .and(Edge.says(it, Edge.Kind.LOGIN))
                        .and(it.knock()
                                .status(401)
                                .header("WWW-Authenticate", "^Basic")
                                .whose(answer -> Challenge.bearer(answer).isEmpty()))
                        .and(it.knock().status(407))
                        .and(it.knock().statusBetween(301, 308).whose(answer -> isForeignLogin(it, answer)))),
                rule("NET-023", it -> it.findings()
                        .by(Sent.VENDOR)
                        .whose(exchange -> List.of(403, 429, 503).contains(exchange.status())
                                || exchange.failedBy(Kind.CLOSED, Kind.RESET))
                        .and(it.others().sentFor(Purpose.VENDOR_LIST).status(403, 503))
                        .and(it.knock()
                                .status(403)
                                .whose(Facts::isCloudflare)
                                .saying("you have been blocked|error code: 10[0-2]\\d|bot"))),
                rule("NET-030", it -> Edge.says(it, Edge.Kind.FIREWALL)
                        .whose(exchange -> !Facts.isCloudflare(exchange))),

                // -- the command
                rule("STDIO-003", it -> it.contact().failedBy(Kind.NOT_STARTED)),
                rule("STDIO-006", it -> it.contact().failedBy(Kind.EXITED).whose(ReachRules::missesVariable)),
                rule("STDIO-007", it -> it.contact().failedBy(Kind.EXITED).first()));
    }

    /** What an edge answered in place of a server that has answered the same at other times. */
    private static Exchanges nowAndThen(Case it) {
        Exchanges asked = it.everything().sentFor(Purpose.INITIALIZE, Purpose.LIST_TOOLS, Sent.PING);
        return asked.status(502, 503, 504)
                .whose(lost -> Edge.is(Edge.Kind.UPSTREAM, lost))
                .whose(lost ->
                        asked.sentFor(lost.purpose()).statusBetween(200, 299).any())
                .unless(it.others()
                        .sentFor(Purpose.AGAIN)
                        .result(result -> true)
                        .any());
    }

    private static boolean isUnsecured(Exchange exchange) {
        return exchange.url().startsWith("https:") && exchange.timings().secured() < 0;
    }

    /** A TLS alert or handshake record that answers plain HTTP: its first octets are no letters. */
    private static boolean isAlertInClear(Exchange exchange) {
        return exchange.url().startsWith("http:") && exchange.failure().detail().matches("(.*')?\\?\\??\\?.*");
    }

    private static boolean isForeignLogin(Case it, Exchange exchange) {
        Address here = it.address().orElseThrow();
        return here.resolve(exchange.header("Location").orElse(""))
                .filter(there -> there.isIdentityProvider() || there.isLogin() && !there.sameHost(here))
                .isPresent();
    }

    private static boolean missesVariable(Exchange exchange) {
        return VARIABLE.matcher(exchange.standardError() + "\n" + exchange.body())
                .find();
    }
}

package dev.mcppreflight.conformance.diagnosis;

import static dev.mcppreflight.conformance.diagnosis.Rule.rule;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure.Kind;
import dev.mcppreflight.conformance.wire.Purpose;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** What is wrong with registering, with the page on which users sign in, and with tokens. */
final class SignInRules {

    /** Claude waits ten seconds for each step; half of it is a warning. */
    private static final long SLOW_MILLIS = 5_000;

    private static final Duration SKEW = Duration.ofSeconds(30);

    static final String[] PAGES = {
        Purpose.AUTHORIZE, Purpose.AUTHORIZE_WITHOUT_RESOURCE, Purpose.AUTHORIZE_ALL_SCOPES, Purpose.BROWSER
    };

    private SignInRules() {}

    static List<Rule> all() {
        return List.of(
                // -- in time
                rule("AUTH-029", it -> it.signIn()
                        .sentFor(
                                Purpose.INVENTED_CODE,
                                Purpose.INVENTED_REFRESH,
                                Purpose.REGISTER,
                                Purpose.EXCHANGE,
                                Purpose.REFRESH,
                                Purpose.MACHINE_TOKEN,
                                Purpose.ISSUER_OAUTH,
                                Purpose.ISSUER_OPENID,
                                Purpose.METADATA)
                        .whose(exchange -> exchange.failedBy(Kind.NO_ANSWER) || Facts.wait(exchange) >= SLOW_MILLIS)),

                // -- registration
                rule("AUTH-024", it -> registrations(it)
                        .status(429)
                        .and(it.signIn().sentFor(Purpose.REGISTER_AGAIN).status(403))),
                rule("AUTH-022", it -> registrations(it)
                        .statusBetween(400, 499)
                        .whose(exchange -> !exchange.purpose().equals(Purpose.REGISTER_PLAIN))
                        .saying("redirect")),
                rule("AUTH-023", it -> it.signIn()
                        .sentFor(Purpose.REGISTER)
                        .statusBetween(200, 299)
                        .noting(SignInRules::lacksOfClient)
                        .and(it.signIn()
                                .sentFor(Purpose.REGISTER)
                                .whose(exchange -> exchange.status() >= 500 || exchange.status() / 100 == 3)
                                .and(it.signIn().sentFor(Purpose.REGISTER).status(401, 404, 405))
                                .and(it.signIn()
                                        .sentFor(Purpose.REGISTER)
                                        .status(400, 422)
                                        .notSaying("redirect")))),

                // -- the page
                rule("AUTH-026", it -> it.signIn()
                        .sentFor(Purpose.AUTHORIZE, Purpose.BROWSER)
                        .whose(exchange -> objects(exchange, "invalid_target|AADSTS9010010"))
                        .and(it.signIn()
                                .sentFor(Purpose.AUTHORIZE)
                                .statusBetween(400, 599)
                                .when(it.signIn()
                                        .sentFor(Purpose.AUTHORIZE_WITHOUT_RESOURCE)
                                        .statusBetween(200, 399)
                                        .any()))),
                rule(
                        "AUTH-031",
                        it -> it.signIn().sentFor(PAGES).whose(exchange -> objects(exchange, "invalid_scope"))),
                rule("AUTH-034", it -> it.signIn()
                        .sentFor(Purpose.BROWSER)
                        .withHeader("Location")
                        .whose(exchange ->
                                !exchange.header("Location").orElse("").matches(".*[?&]iss=.+"))
                        .when(promisesIssuer(it))),

                // -- the token endpoint
                rule("AUTH-028", it -> it.signIn()
                        .sentFor(Purpose.INVENTED_CODE)
                        .statusOtherThan(429)
                        .whose(exchange -> !isError(exchange))
                        .whose(exchange -> exchange.status() >= 500
                                || exchange.status() / 100 == 2
                                || !isError(it, Purpose.INVENTED_REFRESH))),
                rule("AUTH-033", it -> it.signIn()
                        .sentFor(Purpose.INVENTED_REFRESH)
                        .statusOtherThan(400, 401, 429)
                        .when(isError(it, Purpose.INVENTED_CODE))),
                rule("AUTH-030", it -> tokens(it)
                        .statusBetween(400, 403)
                        .whose(exchange -> error(exchange).equals("invalid_client"))
                        .unless(tokens(it).status(200).any())),
                rule(
                        "AUTH-021",
                        it -> it.signIn().sentFor(Purpose.EXCHANGE).status(400).whose(exchange -> error(exchange)
                                .equals("invalid_grant"))),
                rule("AUTH-032", it -> it.signIn()
                        .sentFor(Purpose.EXCHANGE)
                        .status(200)
                        .whose(exchange -> json(exchange).get("access_token").isPresent()
                                && json(exchange).get("refresh_token").isMissing())
                        .noting(exchange -> List.of("members " + json(exchange).names()))),

                // -- the token at the server
                rule("AUTH-041", it -> freshTokenRefused(it).noting(exchange -> skew(it, exchange))),
                rule("AUTH-027", it -> freshTokenRefused(it)
                        .unless(freshTokenRefused(it)
                                .noting(exchange -> skew(it, exchange))
                                .any())),

                // -- servers that ask late
                rule("AUTH-039", it -> it.contact()
                        .sentFor(Sent.SAFE_CALL)
                        .status(401)
                        .whose(exchange -> !Facts.hasCredential(exchange))
                        .unless(it.tools(SignInRules::scheme).any())),
                rule("AUTH-040", it -> it.refusals()
                        .sentFor(
                                Purpose.INITIALIZE,
                                Purpose.STREAM,
                                Purpose.INITIALIZE + Sent.BY + Sent.UNKNOWN,
                                Purpose.STREAM + Sent.BY + Sent.UNKNOWN)
                        .when(it.tools(tool -> scheme(tool).equals("noauth") ? "noauth" : "")
                                .any())));
    }

    private static Exchanges registrations(Case it) {
        return it.signIn()
                .whose(exchange -> exchange.purpose().startsWith(Purpose.REGISTER_FOR)
                        || List.of(Purpose.REGISTER, Purpose.REGISTER_AGAIN, Purpose.REGISTER_PLAIN)
                                .contains(exchange.purpose()));
    }

    private static Exchanges tokens(Case it) {
        return it.signIn().sentFor(Purpose.EXCHANGE, Purpose.MACHINE_TOKEN);
    }

    /** The server turns away the very token that was just issued for it. */
    private static Exchanges freshTokenRefused(Case it) {
        return it.knock()
                .status(401, 403)
                .whose(Facts::hasCredential)
                .when(tokens(it).status(200).any());
    }

    private static Json json(Exchange exchange) {
        return Json.parseOrMissing(exchange.body());
    }

    private static String error(Exchange exchange) {
        return json(exchange).get("error").text();
    }

    /** An error in the form of OAuth; a refusal of the method or of the form itself is none (RFC 6749, section 5.2). */
    private static boolean isError(Exchange exchange) {
        return exchange.status() >= 400
                && exchange.status() < 500
                && !List.of(404, 405, 406, 415).contains(exchange.status())
                && !error(exchange).isEmpty();
    }

    private static boolean isError(Case it, String purpose) {
        return it.signIn().sentFor(purpose).whose(SignInRules::isError).any();
    }

    private static boolean objects(Exchange exchange, String error) {
        String location = exchange.header("Location").orElse("");
        boolean back = location.matches("(?s).*error=(" + error + ").*");
        return back || exchange.status() >= 400 && exchange.body().matches("(?s).*(" + error + ").*");
    }

    private static List<String> lacksOfClient(Exchange exchange) {
        Json client = json(exchange);
        if (!client.isObject() || client.get("client_id").text().isEmpty()) {
            return List.of("no client_id");
        }
        if (client.get("redirect_uris").size() == 0) {
            return List.of("no redirect_uris");
        }
        List<Json> asked = exchange.request().get("redirect_uris").items();
        if (!client.get("redirect_uris").items().containsAll(asked)) {
            return List.of("redirect_uris " + client.get("redirect_uris") + " in place of those that were asked for");
        }
        boolean endless = client.get("client_secret").isPresent()
                && client.get("client_secret_expires_at").isMissing();
        return endless ? List.of("client_secret without client_secret_expires_at") : List.of();
    }

    private static boolean promisesIssuer(Case it) {
        return it.signIn().sentFor(Purpose.ISSUER_OAUTH, Purpose.ISSUER_OPENID).stream()
                .anyMatch(document -> json(document)
                        .get("authorization_response_iss_parameter_supported")
                        .isTrue());
    }

    private static List<String> skew(Case it, Exchange refusal) {
        Optional<ZonedDateTime> here = date(refusal);
        return tokens(it).stream()
                .flatMap(exchange -> date(exchange).stream())
                .filter(there -> here.isPresent()
                        && Duration.between(there, here.get()).abs().compareTo(SKEW) > 0)
                .map(there -> "its Date is "
                        + Duration.between(there, here.orElseThrow()).toSeconds()
                        + " s from that of the authorization server")
                .limit(1)
                .toList();
    }

    private static Optional<ZonedDateTime> date(Exchange exchange) {
        try {
            return exchange.header("Date")
                    .map(value -> ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** How a tool says that callers sign in; empty where it does not say. */
    private static String scheme(Json tool) {
        Json own = tool.get("securitySchemes");
        Json schemes = own.size() > 0 ? own : tool.get("_meta").get("securitySchemes");
        return schemes.at(0).get("type").text();
    }
}

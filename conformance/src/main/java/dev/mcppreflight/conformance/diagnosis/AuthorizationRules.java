package dev.mcppreflight.conformance.diagnosis;

import static dev.mcppreflight.conformance.diagnosis.Rule.rule;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Challenge;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure.Kind;
import dev.mcppreflight.conformance.wire.Purpose;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who is let in, and how the others are told to sign in. */
final class AuthorizationRules {

    private static final Pattern METADATA = Pattern.compile("resource_metadata *= *\"?([^\",\\s]+)");
    private static final String SIGN_IN = "(?is).*(sign(ed)?[ -]?in|log(ged)?[ -]?in|unauthori[sz]ed|not authenticated"
            + "|authentication required|requires authentication|missing (api|access) (key|token)).*";

    private AuthorizationRules() {}

    static List<Rule> all() {
        return List.of(
                rule("AUTH-051", it -> it.knock()
                        .status(401, 403)
                        .whose(exchange -> Facts.hasCredential(exchange) && !Edge.gave(exchange))
                        .when(it.hasCredentials() && it.isBrokenAt("authorization"))),
                rule("AUTH-001", it -> unidentified(it).status(401).withoutHeader("WWW-Authenticate")),
                rule("AUTH-004", it -> unidentified(it).status(403).notSaying("invalid host|invalid origin|origin")),
                rule("AUTH-002", it -> it.all()
                        .status(401)
                        .noting(exchange -> badMetadata(it, exchange))
                        .and(it.signIn()
                                .sentFor(Purpose.METADATA)
                                .failedBy(Kind.REFUSED, Kind.UNKNOWN_HOST, Kind.UNREACHABLE, Kind.CONNECT_TIMEOUT))),
                // Who lets everybody in may name the sign-in of a service that it is the open end of.
                rule("NET-020", it -> it.all()
                        .and(it.signIn())
                        .noting(exchange -> staleMetadata(it, exchange))
                        .when(it.refusals().any())),
                rule("AUTH-003", it -> it.all()
                        .about(Sent.SAFE_CALL, Sent.BAD_CALL, Sent.TEXT_CALL, Sent.UNKNOWN_CALL, Sent.NAMELESS_CALL)
                        .status(200)
                        .whose(exchange -> !Facts.hasCredential(exchange))
                        .result(result -> result.get("isError").isTrue()
                                && result.get("content").items().stream()
                                        .anyMatch(
                                                item -> item.get("text").text().matches(SIGN_IN)))
                        // Beside a result, a challenge says that there is more for those who sign in.
                        .and(it.contact()
                                .status(200)
                                .withHeader("WWW-Authenticate")
                                .whose(exchange ->
                                        Facts.answer(exchange).get("result").isMissing()))
                        .and(it.knock().and(it.toolPages()).status(200).whose(AuthorizationRules::asksToSignIn))
                        .and(it.handshake()
                                .status(200)
                                .errors()
                                .whose(exchange -> !Facts.hasCredential(exchange)
                                        && Facts.answer(exchange)
                                                .get("error")
                                                .get("message")
                                                .text()
                                                .matches(SIGN_IN)))),
                rule("AUTH-045", it -> it.findings()
                        .by(
                                Sent.WRONG,
                                Sent.EMPTY_TOKEN,
                                Sent.OTHER_SCHEME,
                                Sent.UNKNOWN,
                                Sent.EXPIRED,
                                Sent.OTHER_AUDIENCE,
                                Sent.NO_AUDIENCE,
                                Sent.FOREIGNER,
                                Sent.UNSIGNED,
                                Sent.TAMPERER)
                        .statusBetween(200, 299)
                        .whose(exchange -> exchange.isStream()
                                || Facts.answer(exchange).get("result").isPresent())
                        .when(it.hasCredentials() || it.refusals().any())),
                rule("AUTH-005", it -> it.findings()
                        .by(Sent.FEW_PERMISSIONS)
                        .and(it.contact().about(Sent.SAFE_CALL))
                        .status(403)
                        .whose(Facts::hasCredential)
                        .whose(exchange -> Challenge.bearer(exchange)
                                .filter(challenge -> challenge.get("error").equals("insufficient_scope")
                                        && !challenge.get("scope").isBlank())
                                .isEmpty())
                        .unless(it.isBrokenAt("authorization"))),
                rule("SESS-011", it -> it.findings()
                        .by(Sent.ANONYMOUS, Sent.SECOND_USER)
                        .result(result -> true)
                        .when(it.hasCredentials())));
    }

    /** Whether a caller without a credential is told to sign in by an error, in or without an envelope. */
    private static boolean asksToSignIn(Exchange exchange) {
        Json error = Json.parseOrMissing(exchange.body()).get("error");
        String words = error.isObject() ? error.get("message").text() : error.text();
        return !Facts.hasCredential(exchange) && words.matches(SIGN_IN);
    }

    /** Requests without a credential, or with one that nobody can know. */
    private static Exchanges unidentified(Case it) {
        return it.knock()
                .unless(it.hasCredentials())
                .and(it.findings().by(Sent.UNKNOWN, Sent.WRONG, Sent.EMPTY_TOKEN, Sent.OTHER_SCHEME))
                .whose(exchange -> !Edge.gave(exchange));
    }

    private static List<String> badMetadata(Case it, Exchange exchange) {
        String challenge = exchange.header("WWW-Authenticate").orElse("");
        if (challenge.chars().filter(character -> character == '"').count() % 2 != 0) {
            return List.of("a quotation mark without end: " + challenge);
        }
        if (challenge.matches("(?s).*resource_metadata *= *[^\",\\s]*[^\",\\s!#$%&'*+.^_`|~\\w-].*")) {
            return List.of("resource_metadata without quotation marks: " + challenge);
        }
        if (!challenge.isEmpty() && MetadataRules.isOnlyFoundByLooking(it)) {
            return List.of("no resource_metadata: " + challenge);
        }
        String value = metadata(exchange);
        boolean usable = value.isEmpty()
                || Address.of(value)
                        .filter(address -> !it.isPublic() || address.isSecure() && !address.isPrivate())
                        .isPresent();
        return usable ? List.of() : List.of("resource_metadata is '" + value + "'");
    }

    /** Names of other hosts in what says where to sign in for this one. */
    private static List<String> staleMetadata(Case it, Exchange exchange) {
        Json body = Json.parseOrMissing(exchange.body());
        String named =
                exchange.status() == 200 && body.get("authorization_servers").isArray()
                        ? body.get("resource").text()
                        : metadata(exchange);
        // What is no address of the web is no other host either, but another name of the resource.
        boolean stale = Address.of(named)
                .filter(there -> there.scheme().matches("https?"))
                .filter(there ->
                        it.address().filter(here -> !here.sameHost(there)).isPresent())
                .filter(there ->
                        !(there.isLoopback() && it.address().orElseThrow().isLoopback()))
                .isPresent();
        return stale ? List.of("it names " + named) : List.of();
    }

    private static String metadata(Exchange exchange) {
        Matcher matcher = METADATA.matcher(exchange.header("WWW-Authenticate").orElse(""));
        return matcher.find() ? matcher.group(1) : "";
    }
}

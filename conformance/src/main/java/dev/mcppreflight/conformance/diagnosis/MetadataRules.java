package dev.mcppreflight.conformance.diagnosis;

import static dev.mcppreflight.conformance.diagnosis.Rule.rule;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.signin.Addresses;
import dev.mcppreflight.conformance.signin.Discovery;
import dev.mcppreflight.conformance.wire.Challenge;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure.Kind;
import dev.mcppreflight.conformance.wire.Purpose;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is wrong with the challenge and the documents that tell clients where and how to sign in. */
final class MetadataRules {

    private static final List<String> ENDPOINTS =
            List.of("authorization_endpoint", "token_endpoint", "registration_endpoint", "jwks_uri");

    /** Said of a credential that did not come, not of one that is wrong. */
    private static final Pattern NOT_THERE = Pattern.compile(
            "missing.{0,25}(token|authori[sz]ation|credential|header|bearer|key)"
                    + "|(token|authori[sz]ation|header|credentials?|bearer|key).{0,25}"
                    + "(missing|absent|(not|n't) (provided|found|present|supplied|sent|set|given))"
                    + "|\\bno (?!valid)(\\w+ ){0,2}(token|header|credentials?)\\b",
            Pattern.CASE_INSENSITIVE);

    /** Said of both. */
    private static final Pattern EITHER = Pattern.compile(
            "(invalid|wrong|incorrect|expired),? or (missing|absent|not )|(missing|absent),? or (invalid|wrong|incorrect|expired)",
            Pattern.CASE_INSENSITIVE);

    private MetadataRules() {}

    static List<Rule> all() {
        return List.of(
                // -- the challenge
                rule("AUTH-046", it -> it.refusals().noting(MetadataRules::severalChallenges)),
                rule("AUTH-042", it -> it.refusals()
                        .whose(exchange -> speaks(exchange, "DPoP") && !speaks(exchange, "Bearer"))
                        .and(asked(it)
                                .whose(document -> is(document, "dpop_bound_access_tokens_required")
                                        || is(document, "tls_client_certificate_bound_access_tokens"))
                                .noting(document -> List.of("its metadata demands bound tokens")))),
                rule("AUTH-037", it -> it.refusals()
                        .status(401)
                        .withHeader("WWW-Authenticate")
                        .whose(MetadataRules::wantsAnotherScheme)
                        .unless(there(resources(it)).any() || there(servers(it)).any())),
                rule("AUTH-038", it -> it.knock()
                        .status(401)
                        .whose(Facts::hasCredential)
                        .whose(MetadataRules::missesCredential)),

                // -- the metadata of the resource
                // A server with a key of its own owes nobody a document: what stands there in its place means nothing.
                rule("AUTH-008", it -> asked(it).status(200).pages().when(points(it))),
                rule("AUTH-009", it -> asked(it)
                        .whose(exchange -> !Edge.gave(exchange))
                        .status(401, 403)
                        .and(asked(it).statusBetween(301, 308).header("Location", "log-?in|sign-?in|auth"))
                        .when(points(it))),
                rule("AUTH-006", it -> resources(it)
                        .when(asks(it) && points(it) && there(resources(it)).none())),
                rule("AUTH-048", it -> there(it.signIn().sentFor(Purpose.ISSUER_BELOW_PATH))
                        .when(asks(it)
                                && there(resources(it)).none()
                                && there(servers(it)).none())),
                rule("AUTH-007", it -> resources(it)
                        .status(404, 405, 410)
                        .whose(document -> !points(it) || isPointedTo(it, document))
                        .when(asks(it) && there(resources(it)).any())),
                rule("AUTH-010", it -> there(
                                Exchanges.of(it.finding("MCP-AUTH-044").stream().toList()))
                        .unless(asks(it))),
                rule(
                        "AUTH-011",
                        it -> there(resources(it)).when(asks(it)).noting(document -> otherResource(it, document))),
                rule("AUTH-013", it -> there(resources(it)).when(asks(it)).noting(MetadataRules::noServers)),
                rule(
                        "AUTH-012",
                        it -> there(resources(it)).when(it.isPublic()).noting(document -> names(document).stream()
                                .filter(MetadataRules::isInner)
                                .map(name -> "it names " + name)
                                .toList())),

                // -- the metadata of the authorization server
                rule("AUTH-014", it -> dead(it).when(
                                there(servers(it)).any() && allNames(it).size() > 1)),
                rule("AUTH-015", it -> dead(it).whose(document -> !document.failedBy(Kind.NO_ANSWER))
                        .when(there(servers(it)).none())),
                rule("AUTH-016", it -> there(servers(it)).noting(document -> otherIssuer(it, document))),
                rule("AUTH-035", it -> there(servers(it)).noting(document -> innerEndpoints(it, document))),
                rule("AUTH-020", it -> there(servers(it))
                        .first()
                        .whose(document -> !lists(document, "code_challenge_methods_supported", "S256"))
                        .noting(document -> shown(document, "code_challenge_methods_supported"))),
                rule("AUTH-043", it -> there(servers(it)).first().noting(MetadataRules::withoutPeople)),
                rule("AUTH-017", it -> there(servers(it))
                        .unless(there(servers(it))
                                .whose(document -> member(document, "registration_endpoint")
                                                .isString()
                                        || is(document, "client_id_metadata_document_supported"))
                                .any())
                        .noting(document -> List.of("neither registration nor client documents"))),
                rule("AUTH-018", it -> there(servers(it))
                        .first()
                        .whose(document -> is(document, "client_id_metadata_document_supported")
                                && !lists(document, "token_endpoint_auth_methods_supported", "none"))
                        .noting(document -> shown(document, "token_endpoint_auth_methods_supported"))),
                rule("AUTH-049", it -> there(it.signIn().sentFor(Purpose.ISSUER_OPENID, Purpose.ISSUER_OPENID_APPENDED))
                        .whose(document ->
                                !member(document, "userinfo_endpoint").isString())
                        .noting(document -> List.of("it offers no e-mail"))));
    }

    // ---- which documents

    private static Exchanges resources(Case it) {
        return it.signIn().sentFor(Purpose.METADATA, Purpose.METADATA_AT_PATH, Purpose.METADATA_AT_ROOT);
    }

    private static Exchanges servers(Case it) {
        return it.signIn().sentFor(Purpose.ISSUER_OAUTH, Purpose.ISSUER_OPENID, Purpose.ISSUER_OPENID_APPENDED);
    }

    private static Exchanges asked(Case it) {
        return resources(it).and(servers(it));
    }

    private static Exchanges there(Exchanges documents) {
        return documents.status(200).whose(document -> json(document).isObject());
    }

    /** Whether there is a document for every place where clients look, and no challenge points to one. */
    static boolean isOnlyFoundByLooking(Case it) {
        return !points(it)
                && there(resources(it)).any()
                && resources(it).sights().size()
                        == there(resources(it)).sights().size();
    }

    private static boolean asks(Case it) {
        return it.refusals().any();
    }

    private static boolean points(Case it) {
        return pointers(it).findAny().isPresent();
    }

    private static boolean isPointedTo(Case it, Exchange document) {
        return pointers(it).anyMatch(document.url()::equals);
    }

    private static Stream<String> pointers(Case it) {
        return it.refusals().stream()
                .flatMap(exchange -> Challenge.of(exchange).stream())
                .map(challenge -> challenge.get("resource_metadata"))
                .filter(pointer -> !pointer.isEmpty());
    }

    // ---- what is in them

    private static Json json(Exchange document) {
        return Json.parseOrMissing(document.body());
    }

    private static Json member(Exchange document, String name) {
        return json(document).get(name);
    }

    private static boolean is(Exchange document, String name) {
        return member(document, name).isTrue();
    }

    private static boolean lists(Exchange document, String name, String value) {
        return member(document, name).items().stream()
                .anyMatch(item -> item.text().equals(value));
    }

    private static List<String> shown(Exchange document, String name) {
        Json value = member(document, name);
        return List.of(name + (value.isMissing() ? " is missing" : ": " + value));
    }

    /** What says that nobody can sign in here: only programs can, or nothing leads to a code. */
    private static List<String> withoutPeople(Exchange document) {
        if (member(document, "grant_types_supported").isPresent()
                && !lists(document, "grant_types_supported", "authorization_code")) {
            return shown(document, "grant_types_supported");
        }
        List<Json> responses = member(document, "response_types_supported").items();
        if (!responses.isEmpty()
                && responses.stream().noneMatch(type -> type.text().matches("(.* )?code( .*)?"))) {
            return shown(document, "response_types_supported");
        }
        boolean tokensAlone = member(document, "token_endpoint").isString()
                && member(document, "authorization_endpoint").isMissing();
        return tokensAlone ? shown(document, "authorization_endpoint") : List.of();
    }

    private static boolean speaks(Exchange exchange, String scheme) {
        return Challenge.of(exchange).stream().anyMatch(challenge -> challenge.is(scheme));
    }

    /** Whether the server says that no credential came, be it in the body or in the challenge. */
    private static boolean missesCredential(Exchange exchange) {
        String said = exchange.header("WWW-Authenticate").orElse("") + "\n" + exchange.body();
        return NOT_THERE.matcher(said).find() && !EITHER.matcher(said).find();
    }

    private static boolean wantsAnotherScheme(Exchange exchange) {
        return !Challenge.of(exchange).isEmpty()
                && Stream.of("Bearer", "DPoP", "Basic", "Digest", "Negotiate", "NTLM")
                        .noneMatch(scheme -> speaks(exchange, scheme));
    }

    private static List<String> severalChallenges(Exchange exchange) {
        List<Challenge> challenges = Challenge.of(exchange);
        long pointers = challenges.stream()
                .map(challenge -> challenge.get("resource_metadata"))
                .filter(pointer -> !pointer.isEmpty())
                .distinct()
                .count();
        boolean later = speaks(exchange, "Bearer") && !challenges.get(0).is("Bearer");
        return pointers > 1 || later
                ? List.of("challenges: "
                        + String.join(
                                ", ", challenges.stream().map(Challenge::scheme).toList()))
                : List.of();
    }

    private static List<String> otherResource(Case it, Exchange document) {
        String named = member(document, "resource").text();
        return Addresses.isResource(named, document.url(), it.url()) ? List.of() : List.of("resource: " + named);
    }

    private static List<String> noServers(Exchange document) {
        List<String> names = names(document);
        boolean sound = member(document, "authorization_servers").isArray()
                && !names.isEmpty()
                && names.stream().allMatch(Addresses::isWeb);
        return sound ? List.of() : shown(document, "authorization_servers");
    }

    private static List<String> names(Exchange document) {
        return member(document, "authorization_servers").items().stream()
                .map(Json::text)
                .toList();
    }

    private static List<String> allNames(Case it) {
        return there(resources(it)).stream()
                .flatMap(document -> names(document).stream())
                .filter(Addresses::isWeb)
                .distinct()
                .toList();
    }

    private static boolean isInner(String address) {
        return Address.of(address).filter(Address::isPrivate).isPresent();
    }

    /** The attempts to read the metadata of the first authorization server, where none succeeded. */
    private static Exchanges dead(Case it) {
        List<String> forms = allNames(it).stream()
                .limit(1)
                .flatMap(name -> Discovery.forms(name).stream())
                .map(URI::toString)
                .toList();
        Exchanges tried = servers(it).whose(document -> forms.contains(document.url()));
        return tried.unless(there(tried).any());
    }

    private static List<String> otherIssuer(Case it, Exchange document) {
        String issuer = member(document, "issuer").text();
        return allNames(it).stream()
                .filter(name -> Discovery.forms(name).stream()
                        .anyMatch(form -> form.toString().equals(document.url())))
                .filter(name -> !name.equals(issuer))
                .map(name -> "issuer '" + issuer + "', asked for was '" + name + "'")
                .limit(allNames(it).contains(issuer) ? 0 : 1)
                .toList();
    }

    /** Both ends of the way of a code (RFC 8414, section 2), unless other ways alone are open. */
    private static boolean isNeeded(Exchange document, String name) {
        Json grants = member(document, "grant_types_supported");
        boolean givesCodes = !grants.isArray() || lists(document, "grant_types_supported", "authorization_code");
        return givesCodes && List.of("authorization_endpoint", "token_endpoint").contains(name);
    }

    private static List<String> innerEndpoints(Case it, Exchange document) {
        Function<String, String> address = name -> member(document, name).text();
        List<String> notes = new ArrayList<>();
        for (String name : ENDPOINTS) {
            boolean given = member(document, name).isPresent()
                    && !member(document, name).isNull();
            if (!given && isNeeded(document, name)) {
                notes.add(name + " is missing");
            }
            if (given && (!Addresses.isSecure(address.apply(name)) || it.isPublic() && isInner(address.apply(name)))) {
                notes.add(name + ": " + address.apply(name));
            }
        }
        boolean codeWithoutToken = member(document, "authorization_endpoint").isString()
                && member(document, "token_endpoint").isMissing();
        return codeWithoutToken
                ? shown(document, "token_endpoint")
                : notes.stream().limit(1).toList();
    }
}

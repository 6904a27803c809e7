package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.signin.Addresses;
import dev.mcppreflight.conformance.signin.Document;
import dev.mcppreflight.conformance.signin.Issuer;
import dev.mcppreflight.conformance.wire.Challenge;
import dev.mcppreflight.conformance.wire.Purpose;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What is expected of challenges and of the documents that say where to sign in; each rule answers what is wrong. */
final class SignInRules {

    /** A list of scopes that long is a catalogue; our judgement, since the specification gives no number. */
    private static final int MOST_SCOPES = 20;

    private static final Set<String> OMNIBUS = Set.of("*", "all", "full", "full-access", "full_access", "root", "sudo");
    private static final List<String> ENDPOINTS = List.of(
            "authorization_endpoint", "token_endpoint", "registration_endpoint", "jwks_uri", "userinfo_endpoint");

    private SignInRules() {}

    // ---- the challenge

    static Optional<String> pointsToMetadata(Reply reply) {
        String pointer = challenge(reply).get("resource_metadata");
        return pointer.isEmpty() ? Optional.of("no resource_metadata in " + shown(reply)) : Optional.empty();
    }

    static Optional<String> namesScopes(Reply reply) {
        return challenge(reply).get("scope").isBlank() ? Optional.of("no scope in " + shown(reply)) : Optional.empty();
    }

    static Optional<String> sameScopes(Reply reply, Conversation conversation) {
        Set<String> before = scopes(conversation
                .contact()
                .discovery()
                .challenge()
                .map(it -> it.get("scope"))
                .orElse(""));
        Set<String> now = scopes(challenge(reply).get("scope"));
        return before.equals(now) ? Optional.empty() : Optional.of("first " + before + ", then " + now);
    }

    static Optional<String> oneBearer(Reply reply) {
        List<Challenge> challenges = Challenge.of(reply.exchange());
        List<String> schemes = challenges.stream().map(Challenge::scheme).toList();
        boolean several = challenges.stream()
                        .filter(challenge -> challenge.is("Bearer"))
                        .map(challenge -> challenge.get("resource_metadata"))
                        .distinct()
                        .count()
                > 1;
        boolean first = challenges.isEmpty() || challenges.get(0).is("Bearer");
        return several || !first ? Optional.of("the challenges " + schemes) : Optional.empty();
    }

    static Optional<String> invalidToken(Reply reply) {
        return challenge(reply).get("error").equals("invalid_token")
                ? Optional.empty()
                : Optional.of(reply.status() == 401 ? "error=\"invalid_token\" is missing" : reply.observed());
    }

    static Optional<String> plainBearer(Reply reply) {
        List<Challenge> challenges = Challenge.of(reply.exchange());
        boolean bound = challenges.stream().anyMatch(challenge -> challenge.is("DPoP"))
                && challenges.stream().noneMatch(challenge -> challenge.is("Bearer"));
        return bound ? Optional.of(shown(reply)) : Optional.empty();
    }

    /** Error, scope and metadata, of all of which the client makes its next request for a token. */
    static Optional<String> stepUp(Reply reply, Conversation conversation) {
        Challenge challenge = challenge(reply);
        if (reply.status() != 403 || !challenge.get("error").equals("insufficient_scope")) {
            return Optional.of(shown(reply));
        }
        if (challenge.get("scope").isBlank()) {
            return Optional.of("no scope in " + shown(reply));
        }
        boolean published = conversation.contact().discovery().resource().isPresent();
        return published && challenge.get("resource_metadata").isEmpty()
                ? Optional.of("no resource_metadata in " + shown(reply))
                : Optional.empty();
    }

    // ---- the metadata of the resource

    static Optional<String> thereWithoutToken(Reply reply) {
        int status = reply.status();
        if (status == 404 || status == 405 || status == 410) {
            // Whether it is anywhere is the matter of another check.
            return Optional.empty();
        }
        boolean json = reply.exchange().mediaType().equals("application/json")
                && reply.message().isObject();
        return status == 200 && json ? Optional.empty() : Optional.of(reply.observed());
    }

    /** Where the challenge points to one place, one well-known place beside it does; where it does not, both must do. */
    static Optional<String> agreesEverywhere(Conversation conversation) {
        List<Document> places = conversation.contact().discovery().resources();
        boolean pointed = places.get(0).place().equals(Purpose.METADATA);
        List<Document> wellKnown = places.stream()
                .filter(it -> !it.place().equals(Purpose.METADATA))
                .toList();
        long there = wellKnown.stream().filter(Document::isThere).count();
        boolean atRootAlone = wellKnown.size() == 1;
        if (pointed && (!places.get(0).isThere() || there == 0 && !isWellKnown(places.get(0)))
                || !pointed && there < (atRootAlone ? 1 : 2)) {
            return places.stream()
                    .filter(place -> !place.isThere())
                    .findFirst()
                    .map(place -> path(place) + " is answered by HTTP "
                            + place.exchange().status());
        }
        List<Json> servers = places.stream()
                .filter(Document::isThere)
                .map(place -> place.json().get("authorization_servers"))
                .distinct()
                .toList();
        return servers.size() > 1
                ? Optional.of("different authorization_servers: " + servers.get(0) + " and " + servers.get(1))
                : Optional.empty();
    }

    static Optional<String> namesServers(Reply reply) {
        Json servers = reply.message().get("authorization_servers");
        boolean sound = servers.isArray()
                && servers.size() > 0
                && servers.items().stream().allMatch(name -> Addresses.isWeb(name.text()));
        return sound
                ? Optional.empty()
                : Optional.of("authorization_servers is " + (servers.isMissing() ? "missing" : servers.toString()));
    }

    /** RFC 9728 section 3.3: the address, or, where the document stands at the root, the origin. */
    static Optional<String> namesTheAddress(Reply reply, Conversation conversation) {
        String named = reply.message().get("resource").text();
        String document = reply.exchange().url();
        boolean right = Addresses.isResource(
                named, document, conversation.target().url().toString());
        return right ? Optional.empty() : Optional.of("resource is '" + named + "'");
    }

    static Optional<String> withoutFinalSlash(Reply reply, Conversation conversation) {
        String named = reply.message().get("resource").text();
        String path = String.valueOf(conversation.target().url().getPath());
        boolean slash = named.endsWith("/") && !path.endsWith("/");
        // The slash of an origin is no part of a path.
        boolean origin = named.matches("[a-z]+://[^/]+/") && path.isEmpty();
        return slash && !origin ? Optional.of("resource is '" + named + "'") : Optional.empty();
    }

    static Optional<String> fewScopes(Reply reply, Conversation conversation) {
        List<String> scopes = new ArrayList<>(texts(reply.message().get("scopes_supported")));
        Set<String> challenged = scopes(conversation
                .contact()
                .discovery()
                .challenge()
                .map(challenge -> challenge.get("scope"))
                .orElse(""));
        scopes.addAll(challenged);
        Optional<String> omnibus = scopes.stream()
                .filter(scope -> OMNIBUS.contains(scope.toLowerCase(Locale.ROOT)) || scope.endsWith(":*"))
                .findFirst()
                .map(scope -> "the scope " + scope);
        return omnibus.isPresent() || scopes.stream().distinct().count() <= MOST_SCOPES
                ? omnibus
                : Optional.of(scopes.size() + " scopes");
    }

    static Optional<String> noOfflineAccess(Reply reply, Conversation conversation) {
        String offline = "offline_access";
        boolean asked = conversation
                .contact()
                .discovery()
                .challenge()
                .filter(challenge -> scopes(challenge.get("scope")).contains(offline))
                .isPresent();
        if (asked) {
            return Optional.of(offline + " in the challenge");
        }
        return texts(reply.message().get("scopes_supported")).contains(offline)
                ? Optional.of(offline + " in scopes_supported")
                : Optional.empty();
    }

    static Optional<String> tokensInHeader(Reply reply) {
        Json methods = reply.message().get("bearer_methods_supported");
        return methods.isMissing() || texts(methods).contains("header")
                ? Optional.empty()
                : Optional.of("bearer_methods_supported is " + methods);
    }

    // ---- the metadata of the authorization server

    static Optional<String> secureAddresses(Reply reply) {
        Stream<String> endpoints = ENDPOINTS.stream()
                .filter(name -> reply.message().get(name).isPresent())
                .map(name -> reply.message().get(name).text());
        Stream<String> servers = texts(reply.message().get("authorization_servers")).stream();
        return Stream.concat(endpoints, servers)
                .filter(address -> !Addresses.isSecure(address))
                .findFirst()
                .map(address -> "'" + address + "'");
    }

    static Optional<String> ownIssuer(Reply reply, Conversation conversation) {
        String named = reply.message().get("issuer").text();
        String asked = Reading.issuerOf(reply, conversation.contact().discovery())
                .map(Issuer::name)
                .orElse("");
        return named.equals(asked)
                ? Optional.empty()
                : Optional.of("issuer is '" + named + "', asked for was '" + asked + "'");
    }

    static Optional<String> s256(Reply reply) {
        Json methods = reply.message().get("code_challenge_methods_supported");
        return texts(methods).contains("S256")
                ? Optional.empty()
                : Optional.of("code_challenge_methods_supported is " + (methods.isMissing() ? "missing" : methods));
    }

    static Optional<String> canRegister(Reply reply, Conversation conversation) {
        boolean any = reply.message().get("registration_endpoint").isString()
                || reply.message().get("client_id_metadata_document_supported").isTrue();
        return any
                ? Optional.empty()
                : Optional.of("neither registration_endpoint nor client_id_metadata_document_supported");
    }

    static Optional<String> codeGrant(Reply reply) {
        Json grants = reply.message().get("grant_types_supported");
        Json types = reply.message().get("response_types_supported");
        if (grants.isPresent() && !texts(grants).contains("authorization_code")) {
            return Optional.of("grant_types_supported is " + grants);
        }
        return types.isPresent() && !texts(types).contains("code")
                ? Optional.of("response_types_supported is " + types)
                : Optional.empty();
    }

    /** A public client has no secret, and documents cannot carry one. */
    static Optional<String> publicClients(Reply reply) {
        Json methods = reply.message().get("token_endpoint_auth_methods_supported");
        boolean documents =
                reply.message().get("client_id_metadata_document_supported").isTrue();
        if (!documents) {
            return Optional.empty();
        }
        return texts(methods).contains("none")
                ? Optional.empty()
                : Optional.of("client documents, but token_endpoint_auth_methods_supported is "
                        + (methods.isMissing() ? "missing" : methods));
    }

    static Optional<String> unboundTokens(Reply reply) {
        return Stream.of("dpop_bound_access_tokens_required", "tls_client_certificate_bound_access_tokens")
                .filter(name -> reply.message().get(name).isTrue())
                .findFirst()
                .map(name -> name + " is true");
    }

    /** Scopes need not all be listed (OpenID Connect Discovery section 3), so that email may be there without being named. */
    static Optional<String> userInfo(Reply reply) {
        return reply.message().get("userinfo_endpoint").isString()
                ? Optional.empty()
                : Optional.of("no userinfo_endpoint");
    }

    static Optional<String> oauthError(Reply reply) {
        boolean sound = (reply.status() == 400 || reply.status() == 401)
                && reply.message().get("error").isString();
        return sound ? Optional.empty() : Optional.of(reply.observed());
    }

    static Optional<String> grantError(Reply reply) {
        boolean known = Set.of(
                        "invalid_grant",
                        "invalid_client",
                        "unauthorized_client",
                        "unsupported_grant_type",
                        "invalid_request")
                .contains(reply.message().get("error").text());
        return (reply.status() == 400 || reply.status() == 401) && known
                ? Optional.empty()
                : Optional.of(reply.observed());
    }

    // ---- servers without a sign-in

    /** Some servers let everybody connect and ask when a tool is called; their metadata is right. */
    static Optional<String> noMetadata(Reply reply, Conversation conversation) {
        if (reply.status() != 200
                || reply.message().get("authorization_servers").isMissing()) {
            return Optional.empty();
        }
        boolean declared = conversation.contact().listing(Listing.Kind.TOOLS).items().stream()
                .anyMatch(tool -> !Tools.securitySchemes(tool).isEmpty());
        if (declared) {
            throw new NotApplicable("its tools say how callers sign in");
        }
        if (conversation.target().hasCredentials()) {
            throw new NotTested("whether it asks for credentials when a tool is called shows without them");
        }
        boolean asks = conversation.contact().findings().safeCalls(conversation).stream()
                .map(SafeCall::reply)
                .anyMatch(call -> call.status() == 401 || call.status() == 403 || call.asksForCredentials());
        if (asks) {
            throw new NotApplicable("it asks for credentials when a tool is called");
        }
        return Optional.of("sign-in metadata, although nothing asks for credentials");
    }

    static Optional<String> noDemand(Reply reply) {
        String message = reply.message().get("error").get("message").text();
        return message.matches("(?is).*(unauthori[sz]ed|sign[ -]?in|log[ -]?in|oauth|authenticat|access token).*")
                ? Optional.of(reply.observed())
                : Optional.empty();
    }

    // ---- as 2025-03-26 has it

    static Optional<String> anyServerMetadata(Reply reply, Conversation conversation) {
        boolean any = conversation.contact().discovery().server().isPresent()
                || conversation.contact().discovery().metadataBelowPath().isPresent();
        return any ? Optional.empty() : Optional.of(reply.observed());
    }

    static Optional<String> atOrigin(Conversation conversation) {
        if (conversation.contact().discovery().server().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(conversation
                .contact()
                .discovery()
                .metadataBelowPath()
                .map(document -> "it is at " + path(document))
                .orElseThrow(() -> new NotApplicable("there is no metadata: clients take the default endpoints")));
    }

    static Optional<String> defaultEndpoint(Reply reply, Conversation conversation) {
        if (conversation.contact().discovery().server().isPresent()) {
            throw new NotApplicable("its metadata names the endpoints");
        }
        return reply.status() == 404 || reply.status() == 410 ? Optional.of(reply.observed()) : Optional.empty();
    }

    // ---- helpers

    static Set<String> scopes(String list) {
        Set<String> scopes = new TreeSet<>(List.of(list.strip().split("\\s+")));
        scopes.remove("");
        return scopes;
    }

    static List<String> texts(Json list) {
        return list.items().stream().map(Json::text).toList();
    }

    private static Challenge challenge(Reply reply) {
        return Challenge.bearer(reply.exchange()).orElse(new Challenge("", java.util.Map.of()));
    }

    private static String shown(Reply reply) {
        String header = reply.exchange().header("WWW-Authenticate").orElse("");
        return header.isEmpty()
                ? "HTTP " + reply.status() + " without WWW-Authenticate"
                : "WWW-Authenticate: " + (header.length() > 200 ? header.substring(0, 200) : header);
    }

    private static boolean isWellKnown(Document document) {
        return path(document).startsWith("/.well-known/oauth-protected-resource");
    }

    private static String path(Document document) {
        return String.valueOf(URI.create(document.exchange().url()).getRawPath());
    }
}

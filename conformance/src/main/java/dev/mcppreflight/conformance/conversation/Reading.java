package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.catalogue.Stage;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.signin.Addresses;
import dev.mcppreflight.conformance.signin.Discovery;
import dev.mcppreflight.conformance.signin.Document;
import dev.mcppreflight.conformance.signin.Issuer;
import dev.mcppreflight.conformance.signin.Walk;
import dev.mcppreflight.conformance.target.Place;
import dev.mcppreflight.conformance.wire.Purpose;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a client reads to find out where and how to sign in. A new document is one more constant here. */
public enum Reading implements Phrases.Phrase {
    RESOURCE(
            "its sign-in metadata",
            it -> it.discovery().resource().map(List::of).orElseGet(() -> it.discovery()
                    .resources())),
    RESOURCE_EVERYWHERE(
            "its sign-in metadata at each place", it -> it.discovery().resources()),
    SERVER(
            "the metadata of its authorization server",
            it -> it.discovery().server().map(List::of).orElseGet(() -> it.discovery().issuers().stream()
                    .flatMap(issuer -> issuer.tried().stream())
                    .toList())),
    EVERY_SERVER("the metadata of each authorization server", it -> it.discovery().issuers().stream()
            .map(issuer -> issuer.metadata()
                    .orElseGet(() -> issuer.tried().get(issuer.tried().size() - 1)))
            .toList()),
    OAUTH_SERVER("the OAuth metadata of its authorization server", it -> it.discovery().issuers().stream()
            .limit(1)
            .map(issuer -> issuer.tried().get(0))
            .toList()),
    OPENID_SERVER(
            "the OpenID metadata of its authorization server",
            it -> List.of(it.discovery()
                    .openId()
                    .orElseThrow(() -> new NotApplicable("its authorization server has no OpenID metadata")))),
    ORIGIN("the metadata of the authorization server at its origin", it -> Stream.concat(
                    it.discovery().metadataBelowPath().stream(),
                    it.discovery().issuers().stream().flatMap(issuer -> issuer.tried().stream()))
            .toList()),
    DEFAULTS("the default endpoints", it -> it.discovery().defaults()),

    // -- what the token endpoint says to a stranger
    INVENTED_CODE("the answer to an invented code", it -> List.of(it.discovery().invented(Purpose.INVENTED_CODE))),
    INVENTED_REFRESH(
            "the answer to an invented refresh token",
            it -> List.of(it.discovery().invented(Purpose.INVENTED_REFRESH))),

    // -- what signing in brings
    SIGN_IN("what signing in brought", it -> walk(it).last()
            .map(List::of)
            .orElseGet(() -> it.discovery().server().map(List::of).orElseGet(() -> it.discovery()
                    .resources()))),
    REGISTRATION("the answer to its registration", it -> step(it, Purpose.REGISTER)),
    REGISTRATION_AGAIN(
            "the answer to another registration", it -> register(it, Purpose.REGISTER_AGAIN, walk(it).returnAddress())),
    REGISTRATION_PLAIN(
            "the answer to a client that returns without TLS",
            it -> register(it, Purpose.REGISTER_PLAIN, "http://preflight.example/callback")),
    REGISTRATION_OF_HOSTS("the answers to the clients of all hosts", it -> Callbacks.ALL.entrySet().stream()
            .flatMap(host -> register(it, Purpose.REGISTER_FOR + host.getKey(), host.getValue()).stream())
            .toList()),
    WRONG_REDIRECTS("the answers to wrong redirects", it -> Stream.concat(
                    isRegistering(it) ? REGISTRATION_PLAIN.documents.apply(it).stream() : Stream.empty(),
                    Stream.of(walk(it).trials().pageElsewhere()))
            .toList()),
    PAGE("the authorization page", it -> List.of(walk(it).page())),
    PAGE_ELSEWHERE(
            "the authorization page with another redirect",
            it -> List.of(walk(it).trials().pageElsewhere())),
    PAGE_WITHOUT_PROOF(
            "the authorization page without a proof key",
            it -> List.of(walk(it).trials().pageWithoutProof())),
    PAGE_ALL_SCOPES(
            "the authorization page for every scope",
            it -> List.of(walk(it).trials().pageForAllScopes())),
    PAGES_OF_WRONG_DOCUMENTS(
            "the authorization page for wrong client documents",
            it -> documents(
                    it,
                    List.of(
                            Map.entry(
                                    "/other-id.json",
                                    Json.object("client_id", "https://preflight.example/client.json")),
                            Map.entry(
                                    "/other-redirect.json",
                                    Json.object("redirect_uris", Json.array("https://preflight.example/cb"))),
                            Map.entry("/no-redirects.json", Json.object("redirect_uris", Json.NULL))))),
    PAGE_OF_DOCUMENT(
            "the authorization page for a client document",
            it -> documents(it, List.of(Map.entry("/right.json", Json.object())))),
    PAGE_OF_INNER_DOCUMENT("the authorization page for an inner client document", Reading::innerDocument),
    RETURNS("the answers of the authorization page", Reading::returns),
    PROXY(
            "where a consent at the proxy leads",
            it -> List.of(walk(it).trials().proxy().last())),
    TOKEN(
            "the answer with the token",
            it -> walk(it).hasUser() ? step(it, Purpose.EXCHANGE) : step(it, Purpose.MACHINE_TOKEN)),
    REFRESH("the answer to its refresh token", it -> step(it, Purpose.REFRESH));

    private final String phrase;
    private final Function<Contact, List<Document>> documents;

    Reading(String phrase, Function<Contact, List<Document>> documents) {
        this.phrase = phrase;
        this.documents = documents;
    }

    /** The document that scenarios call so. */
    public static Reading of(String phrase) {
        return Phrases.find(values(), phrase, "document");
    }

    /** All phrases, for the phrasebook. */
    public static List<String> phrases() {
        return Arrays.stream(values()).map(Reading::phrase).toList();
    }

    @Override
    public String phrase() {
        return phrase;
    }

    /** The documents, at least one. */
    List<Document> of(Contact contact) {
        List<Document> read = documents.apply(contact);
        if (read.isEmpty()) {
            throw new Blocked(Stage.AUTHORIZATION);
        }
        return read;
    }

    /** The authorization server that a document belongs to. */
    static Optional<Issuer> issuerOf(Reply reply, Discovery discovery) {
        return discovery.issuers().stream()
                .filter(issuer -> issuer.tried().stream().anyMatch(document -> document.exchange()
                        .url()
                        .equals(reply.exchange().url())))
                .findFirst();
    }

    private static Walk walk(Contact contact) {
        return contact.walk();
    }

    private static List<Document> step(Contact contact, String purpose) {
        return walk(contact)
                .step(purpose)
                .map(List::of)
                .orElseThrow(() -> new NotApplicable("signing in did not " + purpose));
    }

    private static List<Document> register(Contact contact, String purpose, String redirect) {
        walk(contact);
        if (!isRegistering(contact)) {
            throw new NotApplicable("clients cannot register themselves");
        }
        return List.of(walk(contact).trials().registerFor(purpose, redirect));
    }

    static boolean isRegistering(Contact contact) {
        return contact.discovery()
                .server()
                .filter(document -> document.json().get("registration_endpoint").isString())
                .isPresent();
    }

    /** What was sent back to the client: the code for its user, and the error for a request without a proof key. */
    private static List<Document> returns(Contact contact) {
        Walk walk = walk(contact);
        Stream<Document> error = walk.isKnown() ? Stream.of(walk.trials().pageWithoutProof()) : Stream.empty();
        List<Document> back = Stream.concat(walk.step(Purpose.BROWSER).stream(), error)
                .filter(walk::comesBack)
                .toList();
        if (back.isEmpty()) {
            throw new NotApplicable("signing in sent no browser back to the client");
        }
        return back;
    }

    private static List<Document> documents(Contact contact, List<Map.Entry<String, Json>> kinds) {
        if (!walk(contact).trials().canServeDocuments()) {
            throw new NotTested(
                    "the authorization server takes no client documents of this machine; a document that it can"
                            + " read: --client-id https://HOST/client.json");
        }
        List<Document> pages = kinds.stream()
                .map(kind -> walk(contact).trials().pageForDocument(kind.getKey(), kind.getValue()))
                .toList();
        boolean read = kinds.stream().anyMatch(kind -> walk(contact).trials().wasRead(kind.getKey()));
        boolean refused = pages.stream().allMatch(page -> page.exchange().status() >= 400);
        if (refused && !read) {
            throw new NotTested(
                    "the authorization server reads no documents at http addresses of this machine; one that it"
                            + " can read: --client-id https://HOST/client.json");
        }
        return pages;
    }

    /** Nothing tells whether an inner address was read but that address itself. */
    private static List<Document> innerDocument(Contact contact) {
        Walk walk = walk(contact);
        Place canary = contact.target().oauth().canary();
        if (canary == null) {
            throw new NotTested("an inner address of this machine, as the authorization server sees it, is missing:"
                    + " --canary HOST:PORT");
        }
        if (!walk.takesDocuments()) {
            throw new NotApplicable("client documents are not taken");
        }
        if (walk.isLocal() && Addresses.isLoopback(canary.host())) {
            throw new NotApplicable("the authorization server and its clients are on this machine, as in development");
        }
        try {
            return List.of(walk.trials().pageForCanary());
        } catch (IOException e) {
            throw new NotTested("nothing can listen at --canary " + canary.host() + ":" + canary.port());
        }
    }

    /** Where the browsers of hosts come back to; constants of their own class, as those of the enum are made before. */
    private static final class Callbacks {
        static final Map<String, String> ALL = Map.of(
                "chatgpt", "https://chatgpt.com/connector_platform_oauth_redirect",
                "claude", "https://claude.ai/api/mcp/auth_callback",
                "claude-code", "http://localhost:54545/callback",
                "mcp-remote", "http://127.0.0.1:3334/oauth/callback");
    }
}

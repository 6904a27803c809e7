package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.catalogue.Stage;
import dev.mcppreflight.conformance.signin.Discovery;
import dev.mcppreflight.conformance.signin.Document;
import dev.mcppreflight.conformance.signin.Issuer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a client reads to find out where and how to sign in. A new document is one more constant here. */
public enum Reading implements Phrases.Phrase {
    RESOURCE("its sign-in metadata", it -> it.resource().map(List::of).orElseGet(it::resources)),
    RESOURCE_EVERYWHERE("its sign-in metadata at each place", Discovery::resources),
    SERVER(
            "the metadata of its authorization server",
            it -> it.server().map(List::of).orElseGet(() -> it.issuers().stream()
                    .flatMap(issuer -> issuer.tried().stream())
                    .toList())),
    EVERY_SERVER("the metadata of each authorization server", it -> it.issuers().stream()
            .map(issuer -> issuer.metadata()
                    .orElseGet(() -> issuer.tried().get(issuer.tried().size() - 1)))
            .toList()),
    OAUTH_SERVER("the OAuth metadata of its authorization server", it -> it.issuers().stream()
            .limit(1)
            .map(issuer -> issuer.tried().get(0))
            .toList()),
    OPENID_SERVER(
            "the OpenID metadata of its authorization server",
            it -> List.of(it.openId()
                    .orElseThrow(() -> new NotApplicable("its authorization server has no OpenID metadata")))),
    ORIGIN("the metadata of the authorization server at its origin", it -> Stream.concat(
                    it.metadataBelowPath().stream(), it.issuers().stream().flatMap(issuer -> issuer.tried().stream()))
            .toList()),
    DEFAULTS("the default endpoints", Discovery::defaults);

    private final String phrase;
    private final Function<Discovery, List<Document>> documents;

    Reading(String phrase, Function<Discovery, List<Document>> documents) {
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
    List<Document> of(Discovery discovery) {
        List<Document> read = documents.apply(discovery);
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
}

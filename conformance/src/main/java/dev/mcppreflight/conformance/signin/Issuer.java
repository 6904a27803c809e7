package dev.mcppreflight.conformance.signin;

import java.util.List;
import java.util.Optional;

/**
 * An authorization server that the resource metadata names.
 *
 * @param name as it stands in {@code authorization_servers}
 * @param tried the documents that clients ask for, in their order, as far as they had to be asked for
 */
public record Issuer(String name, List<Document> tried) {

    /** Copies the list. */
    public Issuer {
        tried = List.copyOf(tried);
    }

    /** The first document that is there. */
    public Optional<Document> metadata() {
        return tried.stream().filter(Document::isThere).findFirst();
    }
}

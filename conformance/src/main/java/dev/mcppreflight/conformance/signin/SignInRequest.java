package dev.mcppreflight.conformance.signin;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.target.OAuth;
import java.net.URI;
import java.util.Optional;

/**
 * What a client asks of an authorization server, as clients choose it: the addresses that its metadata names, the resource,
 * the scopes.
 *
 * @param target the address of the MCP server
 * @param wanted what the operator said of it
 */
record SignInRequest(Discovery discovery, String target, OAuth wanted) {

    /** An address that the metadata names, where it is one of the web. */
    Optional<URI> endpoint(String name) {
        return discovery
                .server()
                .map(document -> document.text(name))
                .filter(Addresses::isWeb)
                .map(URI::create);
    }

    /** The address of the authorization page with these. */
    URI page(Parameters parameters) {
        return parameters.on(
                endpoint("authorization_endpoint").map(URI::toString).orElse(target));
    }

    /** What the page is asked with. */
    Parameters parameters(String clientId, String redirect, ProofKey proof) {
        return Parameters.NONE
                .with("response_type", "code")
                .with("client_id", clientId)
                .with("redirect_uri", redirect)
                .with("scope", scope())
                .with("state", ProofKey.unguessable())
                .with("code_challenge", proof.challenge())
                .with("code_challenge_method", "S256")
                .with("resource", resource());
    }

    /** What the resource parameter says. */
    String resource() {
        return discovery
                .resource()
                .map(document -> document.text("resource"))
                .filter(named -> !named.isEmpty())
                .orElse(target);
    }

    /** As clients choose it: what was given, what the challenge names, what the metadata lists. */
    String scope() {
        if (wanted.scope() != null) {
            return wanted.scope();
        }
        String challenged =
                discovery.challenge().map(challenge -> challenge.get("scope")).orElse("");
        return !challenged.isEmpty()
                ? challenged
                : discovery
                        .resource()
                        .map(document -> document.json().get("scopes_supported").items().stream()
                                .map(Json::text)
                                .reduce((some, more) -> some + " " + more)
                                .orElse(""))
                        .orElse("");
    }

    /** Every scope that the metadata lists. */
    String everyScope() {
        return discovery
                .resource()
                .map(document -> document.json().get("scopes_supported"))
                .filter(Json::isArray)
                .or(() -> discovery.server().map(document -> document.json().get("scopes_supported")))
                .map(scopes ->
                        String.join(" ", scopes.items().stream().map(Json::text).toList()))
                .orElse("");
    }

    /** Whether there is anything for a user to see. */
    boolean hasPages() {
        return wanted.grant() != OAuth.Grant.CLIENT_CREDENTIALS;
    }

    /** Whether the authorization server is on this machine. */
    boolean isLocal() {
        return endpoint("authorization_endpoint")
                .filter(page -> Addresses.isLoopback(page.getHost()))
                .isPresent();
    }

    /** Whether clients may be described by documents. */
    boolean takesDocuments() {
        return discovery
                .server()
                .filter(document -> document.json()
                        .get("client_id_metadata_document_supported")
                        .isTrue())
                .isPresent();
    }
}

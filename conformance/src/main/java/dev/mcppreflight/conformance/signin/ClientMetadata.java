package dev.mcppreflight.conformance.signin;

import dev.mcppreflight.conformance.data.Json;

/** How this client describes itself: to an endpoint for registration (RFC 7591), or in a document at its own address. */
final class ClientMetadata {

    private static final String NAME = "MCP Preflight";

    private ClientMetadata() {}

    /** A user's client has no secret, since it could keep none. */
    static Json ofUser(String redirect) {
        return Json.object("client_name", NAME)
                .with("redirect_uris", Json.array(redirect))
                .with("grant_types", Json.array("authorization_code", "refresh_token"))
                .with("response_types", Json.array("code"))
                .with("token_endpoint_auth_method", "none");
    }

    /** A machine is known by nothing but its secret. */
    static Json ofMachine(String redirect) {
        return Json.object("client_name", NAME, "grant_types", Json.array("client_credentials"))
                .with("redirect_uris", Json.array(redirect))
                .with("token_endpoint_auth_method", "client_secret_basic");
    }

    /** The document at the address that is the client's id, with these members changed; null takes one away. */
    static Json document(String id, String redirect, Json changes) {
        Json document = Json.object(
                        "client_id", id,
                        "client_name", NAME,
                        "redirect_uris", Json.array(redirect),
                        "grant_types", Json.array("authorization_code", "refresh_token"),
                        "response_types", Json.array("code"))
                .with("token_endpoint_auth_method", "none");
        for (String name : changes.names()) {
            document = changes.get(name).isNull() ? document.without(name) : document.with(name, changes.get(name));
        }
        return document;
    }
}

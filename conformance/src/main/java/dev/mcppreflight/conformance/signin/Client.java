package dev.mcppreflight.conformance.signin;

import dev.mcppreflight.conformance.data.Json;

/**
 * Who signs in.
 *
 * @param id the client id
 * @param secret null for a public client
 * @param method how it says at the token endpoint who it is: none, client_secret_post or client_secret_basic
 */
record Client(String id, String secret, String method) {

    private static final String BASIC = "client_secret_basic";
    private static final String POST = "client_secret_post";

    /** A client that the operator knows; every server that gives out secrets takes them in the header (RFC 6749, 2.3.1). */
    static Client given(String id, String secret) {
        return new Client(id, secret, secret == null ? "none" : BASIC);
    }

    /** A client as an answer to its registration describes it (RFC 7591, section 3.2.1). */
    static Client registered(String id, Json answer) {
        String secret = answer.get("client_secret").text();
        if (secret.isEmpty()) {
            return new Client(id, null, "none");
        }
        String method = answer.get("token_endpoint_auth_method").text();
        return new Client(id, secret, method.isEmpty() ? BASIC : method);
    }

    /** The same client, which says in the other way who it is: which one it was registered for, only its operator knows. */
    Client otherWay() {
        return new Client(id, secret, method.equals(BASIC) ? POST : BASIC);
    }

    boolean isPublic() {
        return secret == null;
    }
}

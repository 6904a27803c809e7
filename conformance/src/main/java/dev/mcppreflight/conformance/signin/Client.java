package dev.mcppreflight.conformance.signin;

/**
 * Who signs in.
 *
 * @param id the client id
 * @param secret null for a public client
 * @param method how it says at the token endpoint who it is: none, client_secret_post or client_secret_basic
 */
record Client(String id, String secret, String method) {

    /** A client that the operator knows. */
    static Client given(String id, String secret) {
        return new Client(id, secret, secret == null ? "none" : "client_secret_post");
    }

    boolean isPublic() {
        return secret == null;
    }
}

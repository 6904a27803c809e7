package dev.mcppreflight.conformance.target;

import java.time.Duration;

/**
 * How to sign in before the checks. Nothing of it is kept.
 *
 * @param grant how a token is got
 * @param clientId a client that is known already; null to be registered, or to be described by a document
 * @param clientSecret its secret, or null
 * @param scope the scopes to ask for, separated by blanks; null for those that the server names
 * @param port where the browser comes back to on loopback; 0 for any free port
 * @param browser what shows the page on which a user signs in
 * @param patience how long to wait for the user
 * @param proxy whether the authorization server may be tried as a proxy: consented to, to see how it guards that
 * @param canary a place of this machine that the authorization server must not read from, or null
 */
public record OAuth(
        Grant grant,
        String clientId,
        String clientSecret,
        String scope,
        int port,
        Browser browser,
        Duration patience,
        boolean proxy,
        Place canary) {

    /** The same, asking for these scopes. */
    public OAuth withScope(String value) {
        return new OAuth(grant, clientId, clientSecret, value, port, browser, patience, proxy, canary);
    }

    /** How a token is got. */
    public enum Grant {
        /** A user signs in with a browser (authorization code with PKCE). */
        CODE("code"),
        /** The client is its own user (client credentials). */
        CLIENT_CREDENTIALS("client-credentials"),
        /** Nobody signs in: a client is registered, the pages and endpoints are tried, and that is all. */
        NONE("none");

        private final String word;

        Grant(String word) {
            this.word = word;
        }

        /** The word on the command line. */
        public String word() {
            return word;
        }
    }
}

package dev.mcppreflight.server.auth;

/** Reads access tokens. */
interface TokenVerifier {

    /**
     * Returns what a valid token says.
     *
     * @throws InvalidToken when it is not valid
     * @throws IssuerUnavailable when that cannot be said
     */
    Grant verify(String token) throws InvalidToken;
}

package dev.mcppreflight.server.auth;

/** How failed authentication shows on the wire. */
public enum AuthProfile {
    /** RFC 6750 and MCP: 401 for a missing and for a wrong key. The default. */
    RFC6750(401),
    /** A widespread tutorial's way: 401 for a missing key, 403 for a wrong one. */
    SEED(403);

    private final int wrongKeyStatus;

    AuthProfile(int wrongKeyStatus) {
        this.wrongKeyStatus = wrongKeyStatus;
    }

    /** Returns the HTTP status for a key that was sent and is wrong. */
    int wrongKeyStatus() {
        return wrongKeyStatus;
    }
}

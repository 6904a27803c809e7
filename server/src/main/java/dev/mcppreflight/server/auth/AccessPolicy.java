package dev.mcppreflight.server.auth;

import java.util.Optional;

/** Decides who may speak to the MCP routes. */
public interface AccessPolicy {

    /**
     * Returns why a request is refused, or nothing when it may go on.
     *
     * @param authorization the value of the {@code Authorization} header, or null
     * @param apiKey the value of the {@code X-API-Key} header, or null
     */
    Optional<Refusal> refusal(String authorization, String apiKey);

    /**
     * Returns a label for who was let in, to count and to log by; it gives nothing of the credential away. Nothing when
     * credentials are not asked for: what nobody checks identifies nobody.
     *
     * @param authorization the value of the {@code Authorization} header, or null
     * @param apiKey the value of the {@code X-API-Key} header, or null
     */
    default Optional<String> principal(String authorization, String apiKey) {
        return Optional.empty();
    }

    /** Tells whether credentials are asked for. */
    default boolean asksForCredentials() {
        return true;
    }

    /** Returns the policy that lets everybody in. */
    static AccessPolicy open() {
        return new AccessPolicy() {
            @Override
            public Optional<Refusal> refusal(String authorization, String apiKey) {
                return Optional.empty();
            }

            @Override
            public boolean asksForCredentials() {
                return false;
            }
        };
    }
}

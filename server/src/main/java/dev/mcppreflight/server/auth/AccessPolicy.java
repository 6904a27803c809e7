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

    /** Returns the policy that lets everybody in. */
    static AccessPolicy open() {
        return (authorization, apiKey) -> Optional.empty();
    }
}

package dev.mcppreflight.server.auth;

/**
 * The answer to a request without sufficient credentials.
 *
 * @param status 400, 401, 403, or 503 where nothing can be said
 * @param challenge the value of {@code WWW-Authenticate}, or null
 * @param message one sentence for the caller
 */
public record Refusal(int status, String challenge, String message) {}

package dev.mcppreflight.server.auth;

/**
 * The answer to a request without sufficient credentials.
 *
 * @param status 401 or 403
 * @param challenge the value of {@code WWW-Authenticate}
 * @param message one sentence for the caller
 */
public record Refusal(int status, String challenge, String message) {}

package dev.mcppreflight.server.auth;

/**
 * The answer to somebody who may not do this.
 *
 * @param refusal the answer in HTTP
 * @param invitation the challenge for clients that read it in the result of a tool; they want an error in it always
 */
public record Denial(Refusal refusal, String invitation) {}

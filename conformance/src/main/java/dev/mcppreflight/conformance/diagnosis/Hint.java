package dev.mcppreflight.conformance.diagnosis;

/**
 * A cause that was not found, and that can matter for this target elsewhere or later.
 *
 * @param cause the id of the cause
 * @param when to think of it, in words for people
 */
public record Hint(String cause, String when) {}

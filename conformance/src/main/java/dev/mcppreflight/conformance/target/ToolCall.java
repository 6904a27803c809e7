package dev.mcppreflight.conformance.target;

/**
 * A tool that the operator allows to be called.
 *
 * @param tool its name
 * @param arguments a JSON object as text
 */
public record ToolCall(String tool, String arguments) {}

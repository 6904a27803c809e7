package dev.mcppreflight.conformance.catalogue;

/**
 * A requirement that no check covers yet.
 *
 * @param id such as MCP-AUTH-018
 * @param level as the specification says it, MUST NOT included
 * @param testable black-box, needs-cooperation or not-observable
 * @param reason why there is none
 */
public record Uncovered(String id, String level, String testable, String reason) {}

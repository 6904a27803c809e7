package dev.mcppreflight.conformance.diagnosis;

import java.util.List;

/**
 * A cause that the evidence shows.
 *
 * @param cause the id of the cause
 * @param evidence one line for each exchange that shows it, at most three
 * @param checks the ids of the checks that did not pass because of it; may be empty
 */
public record Diagnosis(String cause, List<String> evidence, List<String> checks) {}

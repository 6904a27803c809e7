package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.catalogue.Cause;
import java.util.List;

/**
 * A cause that was found.
 *
 * @param cause what is known of it
 * @param evidence one line for each exchange that shows it
 * @param checks the ids of the checks that did not pass because of it
 * @param blocked how many checks could not be made because of it
 */
public record CauseFinding(Cause cause, List<String> evidence, List<String> checks, int blocked) {}

package dev.mcppreflight.conformance.report;

import java.util.List;

/**
 * Whether one client will get on with the target.
 *
 * @param client its short name, such as chatgpt
 * @param verdict ready, ready-with-warnings, not-ready, or ready-when-public for a target that only this machine can reach
 * @param reasons the ids of the causes in its way
 */
public record ClientReadiness(String client, String verdict, List<String> reasons) {}

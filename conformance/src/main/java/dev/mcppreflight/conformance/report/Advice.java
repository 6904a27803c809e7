package dev.mcppreflight.conformance.report;

/**
 * What matters only later or elsewhere, and makes nobody not-ready.
 *
 * @param id of the failure mode
 * @param title one line
 * @param when such as "before ChatGPT can reach it"
 */
public record Advice(String id, String title, String when) {}

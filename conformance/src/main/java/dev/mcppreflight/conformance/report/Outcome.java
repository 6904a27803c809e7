package dev.mcppreflight.conformance.report;

/** What became of a check. */
public enum Outcome {
    PASSED,
    /** Something that the specification says with MUST is not so. */
    FAILED,
    /** Something that the specification says with SHOULD, or that clients are known to mind, is not so. */
    WARNED,
    /** The target never declared it. */
    NOT_APPLICABLE,
    /** A lower rung of the ladder broke. */
    BLOCKED,
    /** The operator did not give what it takes. */
    NOT_TESTED,
    /** This tool failed. */
    HARNESS_ERROR
}

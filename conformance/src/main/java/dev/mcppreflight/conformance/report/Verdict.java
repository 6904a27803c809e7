package dev.mcppreflight.conformance.report;

/** The one word for a whole run. */
public enum Verdict {
    /** Nothing is in the way. */
    READY("ready"),
    /** It will connect, and something is not as it should be. */
    READY_WITH_WARNINGS("ready-with-warnings"),
    /** A MUST is broken or a blocker was found. */
    NOT_READY("not-ready");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    /** The word in reports. */
    public String word() {
        return word;
    }
}

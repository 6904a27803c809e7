package dev.mcppreflight.conformance.conversation;

/** What was observed is not what was expected. */
public final class Mismatch extends AssertionError {

    private final String expected;
    private final String observed;

    public Mismatch(String expected, String observed) {
        super("expected " + expected + ", observed " + observed);
        this.expected = expected;
        this.observed = observed;
    }

    public String expected() {
        return expected;
    }

    public String observed() {
        return observed;
    }
}

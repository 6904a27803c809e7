package dev.mcppreflight.conformance.probe;

import java.time.Duration;

/**
 * How long to wait for the next thing that should happen, so that a whole run of a target that leaves many requests without
 * an answer takes about as long as one time-out, not as long as all of them together. Whoever answers at all is waited for in
 * proportion to how slowly it answers.
 */
public final class Patience {

    /** The least to wait for anything, once the time-out was spent on silence. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    /** How many times the slowest answer so far an answer may take. */
    private static final int SLACK = 5;

    private final Duration whole;
    private Duration slowest = Duration.ZERO;
    private Duration wasted = Duration.ZERO;

    /** @param whole the time-out that the operator gave */
    public Patience(Duration whole) {
        this.whole = whole;
    }

    /** The time for the next wait: the whole, less what silence has taken already, but never less than is fair. */
    public synchronized Duration next() {
        Duration fair = longer(LEAST, slowest.multipliedBy(SLACK));
        return shorter(whole, longer(fair, whole.minus(wasted)));
    }

    /** Something that was waited for came after this time. */
    public synchronized void answered(Duration after) {
        slowest = longer(slowest, after);
    }

    /** Nothing came within this time. */
    public synchronized void wasted(Duration time) {
        wasted = wasted.plus(time);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}

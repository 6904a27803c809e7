package dev.mcppreflight.conformance.probe;

import java.time.Duration;

/**
 * How long to wait for the next thing that should happen, so that a whole run of a target that leaves many requests without
 * an answer takes about as long as one time-out, not as long as all of them together. Whoever answers at all is waited for in
 * proportion to how slowly it answers.
 */
public final class Patience {

    /** The least to wait for anything, once the time-out was spent on silence. */
    private static final Duration LEAST = Duration.ofMillis(500);

    /** The least when that, too, was in vain several times. */
    private static final Duration LAST = Duration.ofMillis(150);

    /** How often {@link #LEAST} is waited for beyond the time-out. */
    private static final int SECOND_CHANCES = 2;

    /** How many times the slowest answer so far an answer may take. */
    private static final int SLACK = 5;

    /** The same when waiting in proportion, too, was in vain several times. */
    private static final int LAST_SLACK = 2;

    private final Duration whole;
    private final Patience parent;
    private Duration slowest = Duration.ZERO;
    private Duration wasted = Duration.ZERO;

    /** @param whole the time-out that the operator gave */
    public Patience(Duration whole) {
        this(whole, null);
    }

    private Patience(Duration whole, Patience parent) {
        this.whole = whole;
        this.parent = parent;
    }

    /** A patience that is shorter each time, and part of this one: what is wasted there is wasted here. */
    public Patience within(Duration shorter) {
        return new Patience(shorter, this);
    }

    /** The time for the next wait: the whole, less what silence has taken already, but never less than is fair. */
    public synchronized Duration next() {
        boolean over = wasted.compareTo(whole.plus(LEAST.multipliedBy(SECOND_CHANCES))) >= 0;
        Duration fair = longer(over ? LAST : LEAST, slowest.multipliedBy(over ? LAST_SLACK : SLACK));
        Duration own = shorter(whole, longer(fair, whole.minus(wasted)));
        return parent == null ? own : shorter(own, parent.next());
    }

    /** The time for something of which it is known that it will hardly come: in proportion to what did. */
    public synchronized Duration scant() {
        return shorter(next(), longer(LEAST, slowest.multipliedBy(SLACK)));
    }

    /** Whether silence has taken the whole time-out. */
    public synchronized boolean isSpent() {
        return wasted.compareTo(whole) >= 0;
    }

    /** Something that was waited for came after this time. */
    public synchronized void answered(Duration after) {
        slowest = longer(slowest, after);
        if (parent != null) {
            parent.answered(after);
        }
    }

    /** Nothing came within this time. */
    public synchronized void wasted(Duration time) {
        wasted = wasted.plus(time);
        if (parent != null) {
            parent.wasted(time);
        }
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}

package dev.mcppreflight.conformance.probe;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * How long to wait for the next thing that should happen, so that a whole run of a target that leaves many requests without
 * an answer takes about as long as one time-out, not as long as all of them together: waits that began beside each other end
 * together, and what comes after them is waited for in proportion to how slowly the target answers at all.
 */
public final class Patience {

    /** The least to wait for what came before and has never failed to. */
    private static final Duration SURE = Duration.ofSeconds(1);

    /** The least to wait for what was not asked for yet. */
    private static final Duration LEAST = Duration.ofMillis(500);

    /** The least, once the time-out was spent, for what came at times, and for what is new after {@link #CHANCES}. */
    private static final Duration LESS = Duration.ofMillis(300);

    /** The least, once the time-out was spent, for what was waited for before and never came. */
    private static final Duration LAST = Duration.ofMillis(200);

    /** How many waits may be in vain beyond the time-out before less is waited for what is new. */
    private static final int CHANCES = 2;

    /** How many times the slowest answer of its kind so far, or of any where there was none, an answer may take. */
    private static final int SLACK = 5;

    /** The same where it will hardly come. */
    private static final int LITTLE_SLACK = 2;

    private final Duration whole;
    private final Patience parent;
    private final LongSupplier clock;
    private final Set<Wait> pending = new LinkedHashSet<>();
    private final Map<String, Duration> slowestOfKinds = new HashMap<>();
    private final Set<String> silentKinds = new HashSet<>();
    private final Set<String> silentManners = new HashSet<>();
    private Duration slowest = Duration.ZERO;
    private Duration answering = Duration.ZERO;
    private int answers;
    private Duration wasted = Duration.ZERO;
    private int lateSilences;

    /** @param whole the time-out that the operator gave */
    public Patience(Duration whole) {
        this(whole, System::nanoTime);
    }

    /** The same by another clock, which counts nanoseconds. */
    public Patience(Duration whole, LongSupplier clock) {
        this(whole, null, clock);
    }

    private Patience(Duration whole, Patience parent, LongSupplier clock) {
        this.whole = whole;
        this.parent = parent;
        this.clock = clock;
    }

    /** A patience that is shorter each time, and part of this one: what is wasted there is wasted here. */
    public Patience within(Duration shorter) {
        return new Patience(shorter, this, clock);
    }

    /**
     * Begins to wait for something.
     *
     * @param kind what is waited for, in any words: once the time-out is spent, what did not come before is hardly waited for
     * @param manner how it is asked for, in any words, where that is not the usual way: what comes in one may not in another
     */
    public Wait begin(String kind, String manner) {
        Wait wait = new Wait(kind, kind + manner);
        synchronized (this) {
            pending.add(wait);
        }
        return wait;
    }

    /** The time for a wait that begins now: the whole, less what silence has taken already, but never less than is fair. */
    public Duration next() {
        return next("", "");
    }

    private synchronized Duration next(String kind, String exactly) {
        Duration left = whole.minus(wasted).minus(underWay());
        Duration own = shorter(whole, longer(fair(kind, exactly), left));
        return parent == null ? own : shorter(own, parent.next(kind, exactly));
    }

    private Duration fair(String kind, String exactly) {
        Duration before = slowestOfKinds.getOrDefault(exactly, slowestOfKinds.getOrDefault(kind, slowest));
        boolean came = slowestOfKinds.containsKey(kind);
        boolean failed = silentManners.contains(exactly);
        boolean isNew = !came && !silentKinds.contains(kind);
        if (!isSpent() || !failed && (came || isNew && lateSilences < CHANCES)) {
            return longer(came ? SURE : LEAST, before.multipliedBy(SLACK));
        }
        return isNew || slowestOfKinds.containsKey(exactly)
                ? longer(LESS, before.multipliedBy(LITTLE_SLACK))
                : longer(LAST, usual().multipliedBy(LITTLE_SLACK));
    }

    private Duration usual() {
        return answers == 0 ? Duration.ZERO : answering.dividedBy(answers);
    }

    /** How long the oldest wait goes on that takes longer than anything that was answered. */
    private Duration underWay() {
        long now = clock.getAsLong();
        return pending.stream()
                .map(wait -> Duration.ofNanos(now - wait.begun))
                .max(Duration::compareTo)
                .filter(age -> age.compareTo(longer(LEAST, slowest.multipliedBy(SLACK))) > 0)
                .orElse(Duration.ZERO);
    }

    /** The time for something of which it is known that it will hardly come: in proportion to what did. */
    public synchronized Duration scant() {
        return shorter(next(), longer(LEAST, slowest.multipliedBy(SLACK)));
    }

    /** Whether silence has taken the whole time-out. */
    public synchronized boolean isSpent() {
        return wasted.compareTo(whole) >= 0;
    }

    private synchronized void over(Wait wait) {
        pending.remove(wait);
    }

    private synchronized void answered(String kind, String exactly, Duration after) {
        slowestOfKinds.merge(exactly, after, Patience::longer);
        slowestOfKinds.merge(kind, after, Patience::longer);
        answers++;
        answering = answering.plus(after);
        slowest = longer(slowest, after);
        if (parent != null) {
            parent.answered(kind, exactly, after);
        }
    }

    private synchronized void wasted(String kind, String exactly, Duration time, boolean late) {
        silentKinds.add(kind);
        silentManners.add(exactly);
        lateSilences += late ? 1 : 0;
        wasted = wasted.plus(time);
        if (parent != null) {
            parent.wasted(kind, exactly, time, late);
        }
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    /** A wait that goes on until it is closed; whoever knows how it ended says so before. */
    public final class Wait implements AutoCloseable {

        private final String kind;
        private final String exactly;
        private final Duration time;
        private final boolean late;
        private final long begun = clock.getAsLong();

        private Wait(String kind, String exactly) {
            this.kind = kind;
            this.exactly = exactly;
            this.late = isSpent();
            this.time = next(kind, exactly);
        }

        /** How long it may last. */
        public Duration time() {
            return time;
        }

        /** What was waited for came. */
        public void answered() {
            Patience.this.answered(kind, exactly, lasted());
        }

        /** Nothing came. */
        public void wasted() {
            Patience.this.wasted(kind, exactly, lasted(), late);
        }

        private Duration lasted() {
            return Duration.ofNanos(clock.getAsLong() - begun);
        }

        @Override
        public void close() {
            over(this);
        }
    }
}

package dev.mcppreflight.conformance.watch;

import java.util.concurrent.atomic.AtomicLong;

/** How much may be kept: of one exchange, and of all together. Safe for several threads. */
final class Allowance {

    private final int each;
    private final AtomicLong left;

    /**
     * An allowance that nothing was taken from.
     *
     * @param each the octets of one exchange
     * @param all the octets of all
     */
    Allowance(int each, long all) {
        this.each = each;
        this.left = new AtomicLong(all);
    }

    /** How many of these octets may be kept, where so many are kept already. */
    int take(int wanted, long taken) {
        long most = Math.max(0, Math.min(wanted, each - taken));
        long before = left.getAndUpdate(value -> Math.max(0, value - most));
        return (int) Math.min(most, before);
    }
}

package dev.mcppreflight.conformance.client;

import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.WireLog;
import java.time.Duration;
import java.util.List;

/**
 * Watches a client of another maker: one that has received whatever it asked for, and still does nothing, waits for an answer
 * that it did not recognise. How long it may think depends on how long it took to its first request.
 */
final class Vigil {

    /** How many times as long as to its first request it may take to its next. */
    private static final int SLACK = 3;

    private final WireLog log;
    private final long patience;
    private final long grace;
    private final long begun = System.nanoTime();
    private long sinceChange = begun;
    private long toFirst;
    private List<String> seen = List.of();

    /**
     * @param patience how long an answer to it may take; its own time to begin is not the target's
     * @param grace the least that it may think
     */
    Vigil(WireLog log, Duration patience, Duration grace) {
        this.log = log;
        this.patience = patience.toNanos();
        this.grace = grace.toNanos();
    }

    /** Whether nothing has happened for too long, be it in the target or, with nothing outstanding, in the client. */
    boolean isOver() {
        List<Exchange> exchanges = log.exchanges();
        List<String> now = exchanges.stream().map(Vigil::state).toList();
        if (!now.equals(seen)) {
            seen = now;
            sinceChange = System.nanoTime();
            toFirst = toFirst == 0 ? sinceChange - begun : toFirst;
        }
        if (exchanges.isEmpty()) {
            return false;
        }
        boolean outstanding =
                exchanges.stream().anyMatch(exchange -> exchange.status() == 0 && exchange.failure() == null);
        return System.nanoTime() - sinceChange > (outstanding ? patience : Math.max(grace, SLACK * toFirst));
    }

    /** What changes when an answer, a part of one, or an event comes; heartbeats are none. */
    private static String state(Exchange exchange) {
        return exchange.status() + " " + exchange.timings().end() + " "
                + exchange.stream().events().size();
    }
}

package dev.mcppreflight.conformance.diagnosis;

import dev.mcppreflight.conformance.wire.Exchange;

/**
 * An exchange that shows a cause.
 *
 * @param exchange what was sent and what came back
 * @param note what in it shows the cause, such as the name of a tool; empty when the exchange speaks for itself
 */
record Sight(Exchange exchange, String note) {

    /** Whether both are the same exchange; pictures of a stream that is still open differ in what has come so far. */
    boolean isOf(Exchange other) {
        return exchange.purpose().equals(other.purpose())
                && exchange.method().equals(other.method())
                && exchange.url().equals(other.url())
                && exchange.requestBody().equals(other.requestBody())
                && exchange.timings().connected() == other.timings().connected()
                && exchange.timings().headers() == other.timings().headers()
                && Facts.endpoint(exchange).equals(Facts.endpoint(other));
    }
}

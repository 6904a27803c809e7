package dev.mcppreflight.conformance.signin;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Exchange;

/**
 * A document that was asked for.
 *
 * @param place what was asked for, one of the constants of {@link dev.mcppreflight.conformance.wire.Purpose}
 * @param exchange the request and what came back
 * @param json what is in it; missing where it is not JSON
 */
public record Document(String place, Exchange exchange, Json json) {

    /** Whether it is there: a JSON object. */
    public boolean isThere() {
        return exchange.status() == 200 && json.isObject();
    }

    /** A member that is a text; empty for none. */
    public String text(String member) {
        return json.get(member).text();
    }
}

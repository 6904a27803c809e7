package dev.mcppreflight.server.stateless;

import dev.mcppreflight.server.protocol.Inquiry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request cannot be answered before its client has answered something, and sends the request again. */
final class InputNeeded extends RuntimeException {

    private final transient List<Inquiry> inquiries;
    private final String state;

    InputNeeded(List<Inquiry> inquiries, String state) {
        super("input is needed", null, false, false);
        this.inquiries = List.copyOf(inquiries);
        this.state = state;
    }

    /** Returns what to ask, by names. */
    Map<String, Object> requests() {
        Map<String, Object> requests = new LinkedHashMap<>();
        inquiries.forEach(inquiry ->
                requests.put(inquiry.name(), Map.of("method", inquiry.method(), "params", inquiry.params())));
        return requests;
    }

    /** Returns what the client sends back with its answers. */
    String state() {
        return state;
    }
}

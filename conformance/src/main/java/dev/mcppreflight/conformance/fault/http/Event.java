package dev.mcppreflight.conformance.fault.http;

import dev.mcppreflight.conformance.data.Json;

/**
 * One server-sent event, or a comment between events. Members that are null are not written.
 *
 * @param retry how long a client should wait before it connects again, in milliseconds
 */
public record Event(String name, String id, String data, Integer retry, String comment) {

    public static Event message(String id, Json message) {
        return new Event("message", id, message.toString(), null, null);
    }

    public static Event endpoint(String uri) {
        return new Event("endpoint", null, uri, null, null);
    }

    /** The empty first event that gives a client the id to come back with. */
    public static Event priming(String id) {
        return new Event(null, id, "", 3000, null);
    }

    public static Event comment(String text) {
        return new Event(null, null, null, null, text);
    }

    public boolean isMessage() {
        return "message".equals(name);
    }

    public boolean isEndpoint() {
        return "endpoint".equals(name);
    }

    public Event name(String other) {
        return new Event(other, id, data, retry, comment);
    }

    public Event data(String other) {
        return new Event(name, id, other, retry, comment);
    }

    /** The event in the format of the HTML standard, with its blank line. */
    String text() {
        StringBuilder text = new StringBuilder();
        if (comment != null) {
            text.append(": ").append(comment).append('\n');
        }
        if (name != null) {
            text.append("event: ").append(name).append('\n');
        }
        if (id != null) {
            text.append("id: ").append(id).append('\n');
        }
        if (retry != null) {
            text.append("retry: ").append(retry).append('\n');
        }
        if (data != null) {
            for (String line : data.split("\n", -1)) {
                text.append("data: ").append(line).append('\n');
            }
        }
        return text.append('\n').toString();
    }
}

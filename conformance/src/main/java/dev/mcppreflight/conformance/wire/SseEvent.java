package dev.mcppreflight.conformance.wire;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.JsonText;
import java.util.function.UnaryOperator;

/**
 * One server-sent event as it was dispatched (WHATWG HTML section 9.2.6).
 *
 * @param name the {@code event} field, {@code message} when there was none
 * @param content the {@code data} lines joined by line feeds
 * @param id the {@code id} field of this event, or null
 * @param retry the {@code retry} field as written, or null
 * @param named whether the name was written out
 * @param atMillis milliseconds from the start of the request to the arrival of the event
 */
public record SseEvent(String name, JsonText content, String id, String retry, boolean named, long atMillis) {

    /** The same of data that nobody has read yet. */
    public SseEvent(String name, String data, String id, String retry, boolean named, long atMillis) {
        this(name, JsonText.of(data), id, retry, named, atMillis);
    }

    /** The {@code data} lines joined by line feeds. */
    public String data() {
        return content.text();
    }

    /** The data as JSON; missing where it is none. */
    public Json message() {
        return content.json();
    }

    /** The same with other data. */
    SseEvent with(UnaryOperator<String> change) {
        return new SseEvent(name, content.as(change.apply(data())), id, retry, named, atMillis);
    }
}

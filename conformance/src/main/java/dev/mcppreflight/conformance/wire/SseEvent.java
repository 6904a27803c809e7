package dev.mcppreflight.conformance.wire;

/**
 * One server-sent event as it was dispatched (WHATWG HTML section 9.2.6).
 *
 * @param name the {@code event} field, {@code message} when there was none
 * @param data the {@code data} lines joined by line feeds
 * @param id the {@code id} field of this event, or null
 * @param retry the {@code retry} field as written, or null
 * @param named whether the name was written out
 * @param atMillis milliseconds from the start of the request to the arrival of the event
 */
public record SseEvent(String name, String data, String id, String retry, boolean named, long atMillis) {}

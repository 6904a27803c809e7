package dev.mcppreflight.conformance.wire;

import java.util.List;

/**
 * What an event stream looked like beyond its events.
 *
 * @param events the dispatched events
 * @param comments how many comment lines (heartbeats) came
 * @param strayLines lines with a field name that the format does not know, at most ten
 * @param pending data of an event whose closing blank line has not come
 * @param byteOrderMark whether the stream began with one
 * @param endedLate the data of the first event whose blank line was forgotten, and came with a comment more than a second
 *     later; empty for none
 * @param invalidUtf8 whether octets came that are not UTF-8, in a stream or in a plain body
 */
public record SseFacts(
        List<SseEvent> events,
        int comments,
        List<String> strayLines,
        String pending,
        String endedLate,
        boolean byteOrderMark,
        boolean invalidUtf8) {

    /** No stream at all. */
    public static final SseFacts NONE = new SseFacts(List.of(), 0, List.of(), "", "", false, false);

    /** No stream, but a body whose octets are not UTF-8. */
    static final SseFacts NO_UTF_8 = new SseFacts(List.of(), 0, List.of(), "", "", false, true);
}

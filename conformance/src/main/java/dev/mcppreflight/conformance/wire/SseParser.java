package dev.mcppreflight.conformance.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads an event stream octet by octet (WHATWG HTML section 9.2.6) and remembers what a lenient parser would forgive: a
 * byte order mark, unknown fields, invalid UTF-8, an event that was never closed.
 */
public final class SseParser {

    /** Longer lines are cut here, so that a hostile stream cannot fill the memory. */
    private static final int MAX_LINE = 8 * 1024 * 1024;

    /** What is set aside for a line at first; what a line longer than the other took is given back. */
    private static final int SHORT_LINE = 256;

    private static final int LONG_LINE = 64 * 1024;

    private static final int MAX_EVENTS = 2_000;

    /** Who writes data, a comment and the blank line one by one takes less for it, on however busy a machine. */
    private static final long LATE_MILLIS = 1_000;

    /** What all events together may hold, in characters; what comes later is told of and not kept. */
    private static final int MAX_KEPT = 16 * 1024 * 1024;

    private static final Pattern BEGUN =
            Pattern.compile("\uFEFF?((:|(event|data|id|retry):)[^\r\n]{0,2000}(\r\n|\n|\r)){1,10}+(\r\n|\n|\r)");

    private final List<SseEvent> events = new ArrayList<>();
    private final List<String> strayLines = new ArrayList<>();
    /** The octets of the line so far; a stream of octets would take a lock for each of them. */
    private byte[] line = new byte[SHORT_LINE];

    private int length;
    private final StringBuilder data = new StringBuilder();
    private boolean hasData;
    private long dataAt;
    private boolean commented;
    private String endedLate = "";
    private String name;
    private String id;
    private String retry;
    private int comments;
    private long kept;
    private boolean lastWasCarriageReturn;
    private boolean byteOrderMark;
    private boolean invalidUtf8;
    private boolean firstLine = true;

    /** Whether a text begins with a whole event, whatever its type says: lines that are fields or comments, then a blank one. */
    public static boolean isBegun(String text) {
        return BEGUN.matcher(text).lookingAt();
    }

    /** Takes the next octet; answers the event that it completed. */
    public Optional<SseEvent> accept(int octet, long atMillis) {
        if (octet == '\n' && lastWasCarriageReturn) {
            lastWasCarriageReturn = false;
            return Optional.empty();
        }
        lastWasCarriageReturn = octet == '\r';
        if (octet == '\n' || octet == '\r') {
            String text = takeLine();
            return endOfLine(text, atMillis);
        }
        if (length < MAX_LINE) {
            if (length == line.length) {
                line = Arrays.copyOf(line, 2 * length);
            }
            line[length++] = (byte) octet;
        }
        return Optional.empty();
    }

    /** What has come so far. */
    public SseFacts facts() {
        String rest = new String(line, 0, length, StandardCharsets.UTF_8).replaceFirst("^data: ?", "");
        String pending = hasData && !rest.isEmpty() ? data + "\n" + rest : hasData ? data.toString() : rest;
        return new SseFacts(
                List.copyOf(events), comments, List.copyOf(strayLines), pending, endedLate, byteOrderMark, invalidUtf8);
    }

    private String takeLine() {
        byte[] octets = line;
        int end = length;
        length = 0;
        if (line.length > LONG_LINE) {
            line = new byte[SHORT_LINE];
        }
        int start = 0;
        if (firstLine) {
            firstLine = false;
            if (end >= 3 && octets[0] == (byte) 0xEF && octets[1] == (byte) 0xBB && octets[2] == (byte) 0xBF) {
                byteOrderMark = true;
                start = 3;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, start, end - start))
                    .toString();
        } catch (CharacterCodingException e) {
            invalidUtf8 = true;
            return new String(octets, start, end - start, StandardCharsets.UTF_8);
        }
    }

    private Optional<SseEvent> endOfLine(String text, long atMillis) {
        if (text.isEmpty()) {
            return dispatch(atMillis);
        }
        int colon = text.indexOf(':');
        if (colon == 0) {
            comments++;
            commented = hasData;
            return Optional.empty();
        }
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        if (value.startsWith(" ")) {
            value = value.substring(1);
        }
        switch (field) {
            case "event" -> name = value;
            case "data" -> {
                if (data.length() < MAX_LINE) {
                    if (hasData) {
                        data.append('\n');
                    }
                    data.append(value);
                }
                hasData = true;
                dataAt = atMillis;
            }
            case "id" -> id = value;
            case "retry" -> retry = value;
            default -> {
                if (strayLines.size() < 10) {
                    strayLines.add(text.length() > 200 ? text.substring(0, 200) : text);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<SseEvent> dispatch(long atMillis) {
        boolean anything = hasData || name != null || id != null || retry != null;
        SseEvent event = new SseEvent(
                name == null || name.isEmpty() ? "message" : name, data.toString(), id, retry, name != null, atMillis);
        if (commented && endedLate.isEmpty() && atMillis - dataAt > LATE_MILLIS) {
            endedLate = event.data();
        }
        commented = false;
        data.setLength(0);
        hasData = false;
        name = null;
        id = null;
        retry = null;
        if (!anything) {
            return Optional.empty();
        }
        kept += event.data().length();
        if (events.size() < MAX_EVENTS && kept <= MAX_KEPT) {
            events.add(event);
        }
        return Optional.of(event);
    }
}

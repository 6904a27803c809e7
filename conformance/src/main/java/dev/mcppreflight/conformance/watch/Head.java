package dev.mcppreflight.conformance.watch;

import dev.mcppreflight.conformance.wire.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The head of a message: its first line and its header lines, each as it came.
 *
 * @param kind whether it is one
 * @param raw all of its octets
 * @param start the first line without its end
 * @param lines the header lines without their ends
 */
record Head(Kind kind, byte[] raw, String start, List<String> lines) {

    /** What came where a head was due. */
    public enum Kind {
        WHOLE,
        /** The connection ended within it, or before it. */
        BROKEN_OFF,
        /** It does not begin as HTTP does. */
        FOREIGN,
        TOO_LARGE
    }

    /** What concerns one connection alone (RFC 9110 section 7.6.1). */
    private static final Set<String> OF_THE_HOP =
            Set.of("connection", "keep-alive", "proxy-connection", "proxy-authorization", "te", "upgrade");

    static Head of(Kind kind, byte[] raw) {
        String[] lines = new String(raw, StandardCharsets.ISO_8859_1).split("\r?\n");
        int first = 0;
        while (first < lines.length && lines[first].isEmpty()) {
            first++;
        }
        List<String> rest = first + 1 < lines.length
                ? List.of(lines).subList(first + 1, lines.length).stream()
                        .filter(line -> !line.isEmpty())
                        .toList()
                : List.of();
        return new Head(kind, raw, first < lines.length ? lines[first] : "", rest);
    }

    boolean isWhole() {
        return kind == Kind.WHOLE;
    }

    /** The headers as they are understood. */
    List<Header> headers() {
        List<Header> headers = new ArrayList<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.add(new Header(
                        line.substring(0, colon).trim(),
                        line.substring(colon + 1).trim()));
            }
        }
        return headers;
    }

    /** Whether a list in a header of that name has this word. */
    boolean says(String name, String word) {
        return Header.all(headers(), name).stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .anyMatch(value -> value.trim().equalsIgnoreCase(word));
    }

    boolean has(String name) {
        return Header.first(headers(), name).isPresent();
    }

    /** The lines that are for the other end, as they came. */
    List<String> passedOn() {
        Set<String> dropped = new HashSet<>(OF_THE_HOP);
        Header.all(headers(), "Connection").forEach(value -> {
            for (String name : value.split(",")) {
                dropped.add(name.trim().toLowerCase(Locale.ROOT));
            }
        });
        // Somebody who names what frames the body as his own would break it.
        dropped.removeAll(Set.of("content-length", "transfer-encoding", "host"));
        List<String> kept = new ArrayList<>();
        boolean dropping = false;
        for (String line : lines) {
            boolean folded = line.startsWith(" ") || line.startsWith("\t");
            dropping = folded ? dropping : dropped.contains(nameOf(line));
            if (!dropping) {
                kept.add(line);
            }
        }
        return kept;
    }

    static String nameOf(String line) {
        int colon = line.indexOf(':');
        return (colon < 0 ? line : line.substring(0, colon)).trim().toLowerCase(Locale.ROOT);
    }

    static byte[] bytes(String start, List<String> lines) {
        StringBuilder head = new StringBuilder(start).append("\r\n");
        lines.forEach(line -> head.append(line).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}

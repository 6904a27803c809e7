package dev.mcppreflight.conformance.wire;

import java.util.List;
import java.util.Optional;

/** One HTTP header line as it travelled; names keep their spelling and compare without case (RFC 9110 section 5.1). */
public record Header(String name, String value) {

    /** The value of the first header of that name. */
    public static Optional<String> first(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    /** All values of the headers of that name, in order. */
    public static List<String> all(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }
}

package dev.mcppreflight.server.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The paths of this server, with and without trailing slash, and what they take. */
final class RouteTable {

    /** Streamable HTTP. */
    static final String MCP = "/mcp";
    /** The stream of HTTP+SSE. */
    static final String SSE = "/sse";
    /** The messages of HTTP+SSE. */
    static final String MESSAGES = "/messages";
    /** Liveness. */
    static final String HEALTH = "/health";
    /** What this server is. */
    static final String HOME = "/";

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * One path.
     *
     * @param methods the methods that it takes, besides OPTIONS
     * @param guarded whether Host and Origin are checked
     * @param protectedByKey whether credentials are asked for
     */
    record Entry(List<String> methods, boolean guarded, boolean protectedByKey) {

        /** Returns the value of the {@code Allow} header. */
        String allow() {
            return String.join(", ", methods) + ", OPTIONS";
        }
    }

    /**
     * Creates the table.
     *
     * @param prefixes the paths under which the routes stand, such as the empty string
     */
    RouteTable(List<String> prefixes) {
        for (String prefix : prefixes) {
            put(prefix + MCP, new Entry(List.of("GET", "HEAD", "POST", "DELETE"), true, true));
            put(prefix + SSE, new Entry(List.of("GET", "HEAD"), true, true));
            put(prefix + MESSAGES, new Entry(List.of("POST"), true, true));
            put(prefix + HEALTH, new Entry(List.of("GET", "HEAD"), false, false));
            entries.put(prefix + HOME, new Entry(List.of("GET", "HEAD"), true, false));
        }
    }

    private void put(String path, Entry entry) {
        entries.put(path, entry);
        entries.put(path + "/", entry);
    }

    /** Returns what stands at this path. */
    Optional<Entry> find(String path) {
        return Optional.ofNullable(entries.get(path));
    }
}

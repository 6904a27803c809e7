package dev.mcppreflight.server.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The paths of this server, with and without trailing slash, and what they take. */
final class RouteTable {

    /** Streamable HTTP. */
    static final String MCP = "/mcp";
    /** The stream of HTTP+SSE. */
    static final String SSE = "/sse";
    /** The messages of HTTP+SSE. */
    static final String MESSAGES = "/messages";
    /** Where the REST API stands, whose refusals have another form. */
    static final String API = "/api/";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~-]+");

    private final List<String> prefixes;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * One path.
     *
     * @param methods the methods that it takes, besides OPTIONS
     * @param openness who may call it
     * @param name the path without prefix, for figures
     */
    record Entry(List<String> methods, Endpoint.Openness openness, String name) {

        /** Tells whether credentials are asked for. */
        boolean protectedByKey() {
            return openness == Endpoint.Openness.KEY;
        }

        /** Tells whether {@code Host} is checked. */
        boolean guardsHost() {
            return openness != Endpoint.Openness.PROBE;
        }

        /** Tells whether {@code Origin} is checked. */
        boolean guardsOrigin() {
            return guardsHost() && openness != Endpoint.Openness.OPEN;
        }

        /** Returns the value of the {@code Allow} header. */
        String allow() {
            return String.join(", ", methods) + ", OPTIONS";
        }
    }

    /**
     * Creates the table.
     *
     * @param prefixes the paths under which the routes stand, such as the empty string
     * @param endpoints what stands beside the MCP routes
     */
    RouteTable(List<String> prefixes, List<Endpoint> endpoints) {
        this.prefixes = prefixes;
        for (String prefix : prefixes) {
            put(prefix, new Entry(List.of("GET", "HEAD", "POST", "DELETE"), Endpoint.Openness.KEY, MCP));
            put(prefix, new Entry(List.of("GET", "HEAD"), Endpoint.Openness.KEY, SSE));
            put(prefix, new Entry(List.of("POST"), Endpoint.Openness.KEY, MESSAGES));
            for (Endpoint endpoint : endpoints) {
                put(prefix, entry(endpoint.path(), endpoints));
            }
        }
    }

    private static Entry entry(String path, List<Endpoint> endpoints) {
        List<Endpoint> here =
                endpoints.stream().filter(e -> e.path().equals(path)).toList();
        List<String> methods = here.stream()
                .map(Endpoint::method)
                .flatMap(method -> method.equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(method))
                .toList();
        return new Entry(methods, here.get(0).openness(), path);
    }

    private void put(String prefix, Entry entry) {
        entries.put(prefix + entry.name(), entry);
        if (!entry.name().endsWith("/")) {
            entries.put(prefix + entry.name() + "/", entry);
        } else if (!prefix.isEmpty()) {
            entries.put(prefix, entry);
        }
    }

    /** Returns what stands at this path. */
    Optional<Entry> find(String path) {
        Entry exact = entries.get(path);
        int slash = path.lastIndexOf('/');
        return exact == null && ID.matcher(path.substring(slash + 1)).matches()
                ? Optional.ofNullable(entries.get(path.substring(0, slash) + Endpoint.VARIABLE))
                : Optional.ofNullable(exact);
    }

    /** Tells whether what is said at this path is said in the way of the REST API. */
    boolean isRest(String path) {
        return prefixes.stream().anyMatch(prefix -> (path + "/").startsWith(prefix + API));
    }
}

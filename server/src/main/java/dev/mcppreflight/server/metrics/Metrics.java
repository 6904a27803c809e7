package dev.mcppreflight.server.metrics;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.IntSupplier;

/** Figures for operators, in the text format of Prometheus. */
public final class Metrics {

    /** The content type of {@link #text()}. */
    public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH");
    private static final double NANOS_PER_SECOND = 1e9;

    private final Map<Requests, LongAdder> requests = new ConcurrentHashMap<>();
    private final Map<Calls, LongAdder> calls = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> callNanos = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> callCounts = new ConcurrentHashMap<>();
    private final Map<String, IntSupplier> sessions = new ConcurrentSkipListMap<>();

    /** Registers where the number of open sessions of a transport is found. */
    public void sessions(String transport, IntSupplier number) {
        sessions.put("transport=\"" + transport + "\"", number);
    }

    /**
     * Counts a request.
     *
     * @param route the path as this server declares it, never as a client sent it: clients could invent any number
     * @param method the HTTP method
     * @param status the HTTP status
     */
    public void request(String route, String method, int status) {
        String known = METHODS.contains(method) ? method : "other";
        count(requests, new Requests(route, known, status), 1);
    }

    /** Counts a call of a tool. */
    public void call(String tool, String code, long nanos) {
        count(calls, new Calls(tool, code), 1);
        count(callNanos, tool, nanos);
        count(callCounts, tool, 1);
    }

    private static <K> void count(Map<K, LongAdder> counters, K key, long by) {
        LongAdder counter = counters.get(key);
        // Counting is on the way of every request; computeIfAbsent alone would lock.
        (counter == null ? counters.computeIfAbsent(key, k -> new LongAdder()) : counter).add(by);
    }

    private record Requests(String route, String method, int status) {

        String labels() {
            return "route=\"" + route + "\",method=\"" + method + "\",status=\"" + status + "\"";
        }
    }

    private record Calls(String tool, String code) {

        String labels() {
            return "tool=\"" + tool + "\",code=\"" + code + "\"";
        }
    }

    private static <K> Map<String, LongAdder> sorted(Map<K, LongAdder> counters, Function<K, String> labels) {
        Map<String, LongAdder> sorted = new TreeMap<>();
        counters.forEach((key, counter) -> sorted.put(labels.apply(key), counter));
        return sorted;
    }

    private static String tool(String name) {
        return "tool=\"" + name + "\"";
    }

    /** Returns all figures. */
    public String text() {
        StringBuilder text = new StringBuilder();
        head(text, "mcp_http_requests_total", "counter", "Requests by route, method and status.");
        sorted(requests, Requests::labels)
                .forEach((labels, n) -> line(text, "mcp_http_requests_total", labels, Long.toString(n.sum())));
        head(text, "mcp_sessions", "gauge", "Open sessions by transport.");
        sessions.forEach((labels, n) -> line(text, "mcp_sessions", labels, Integer.toString(n.getAsInt())));
        head(text, "mcp_tool_calls_total", "counter", "Calls by tool and outcome.");
        sorted(calls, Calls::labels)
                .forEach((labels, n) -> line(text, "mcp_tool_calls_total", labels, Long.toString(n.sum())));
        head(text, "mcp_tool_duration_seconds", "summary", "Time spent in tools.");
        sorted(callNanos, Metrics::tool)
                .forEach((labels, n) -> line(
                        text, "mcp_tool_duration_seconds_sum", labels, Double.toString(n.sum() / NANOS_PER_SECOND)));
        sorted(callCounts, Metrics::tool)
                .forEach((labels, n) -> line(text, "mcp_tool_duration_seconds_count", labels, Long.toString(n.sum())));
        return text.toString();
    }

    private static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder text, String name, String labels, String value) {
        text.append(name).append('{').append(labels).append("} ").append(value).append('\n');
    }
}

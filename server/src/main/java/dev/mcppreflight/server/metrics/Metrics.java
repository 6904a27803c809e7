package dev.mcppreflight.server.metrics;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/** Figures for operators, in the text format of Prometheus. */
public final class Metrics {

    /** The content type of {@link #text()}. */
    public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH");
    private static final double NANOS_PER_SECOND = 1e9;

    private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> calls = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> callNanos = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> callCounts = new ConcurrentSkipListMap<>();
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
        count(requests, "route=\"" + route + "\",method=\"" + known + "\",status=\"" + status + "\"", 1);
    }

    /** Counts a call of a tool. */
    public void call(String tool, String code, long nanos) {
        count(calls, "tool=\"" + tool + "\",code=\"" + code + "\"", 1);
        count(callNanos, "tool=\"" + tool + "\"", nanos);
        count(callCounts, "tool=\"" + tool + "\"", 1);
    }

    private static void count(Map<String, LongAdder> counters, String labels, long by) {
        counters.computeIfAbsent(labels, key -> new LongAdder()).add(by);
    }

    /** Returns all figures. */
    public String text() {
        StringBuilder text = new StringBuilder();
        head(text, "mcp_http_requests_total", "counter", "Requests by route, method and status.");
        requests.forEach((labels, n) -> line(text, "mcp_http_requests_total", labels, Long.toString(n.sum())));
        head(text, "mcp_sessions", "gauge", "Open sessions by transport.");
        sessions.forEach((labels, n) -> line(text, "mcp_sessions", labels, Integer.toString(n.getAsInt())));
        head(text, "mcp_tool_calls_total", "counter", "Calls by tool and outcome.");
        calls.forEach((labels, n) -> line(text, "mcp_tool_calls_total", labels, Long.toString(n.sum())));
        head(text, "mcp_tool_duration_seconds", "summary", "Time spent in tools.");
        callNanos.forEach((labels, n) ->
                line(text, "mcp_tool_duration_seconds_sum", labels, Double.toString(n.sum() / NANOS_PER_SECOND)));
        callCounts.forEach(
                (labels, n) -> line(text, "mcp_tool_duration_seconds_count", labels, Long.toString(n.sum())));
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

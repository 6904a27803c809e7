package dev.mcppreflight.server.metrics;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line of {@code name=value} pairs for each request and each call of a tool, and their figures. It never sees
 * queries, arguments or credentials, so none of them can get into a log.
 */
public final class RequestLog {

    private static final Pattern GIVEN_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Logger log = LoggerFactory.getLogger("dev.mcppreflight.server.requests");
    private final ThreadLocal<String> current = new ThreadLocal<>();
    private final ThreadLocal<Caller> caller = new ThreadLocal<>();
    private final Metrics metrics;

    /**
     * Who has made the request of a thread.
     *
     * @param principal the label
     * @param counted whether the request was counted against the limit of requests
     */
    public record Caller(String principal, boolean counted) {}

    /** Creates a log that counts here. */
    public RequestLog(Metrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Notes that this thread serves a request from now on.
     *
     * @param given the id that a proxy or client gave to it, or null
     * @return the id under which it is logged: the given one when it is harmless
     */
    public String begin(String given) {
        String id = given != null && GIVEN_ID.matcher(given).matches()
                ? given
                : Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
        current.set(id);
        return id;
    }

    /** Notes who makes the request of this thread. */
    public void from(Caller who) {
        caller.set(who);
    }

    /** Returns who makes the request of this thread; nobody's is one of stdio, whose caller owns the process. */
    public Caller caller() {
        Caller known = caller.get();
        return known == null ? new Caller("stdio", false) : known;
    }

    /** Returns this task for another thread, which then works on the request of this one. */
    public Runnable carrying(Runnable task) {
        String id = current.get();
        Caller who = caller.get();
        return () -> {
            current.set(id);
            caller.set(who);
            try {
                task.run();
            } finally {
                current.remove();
                caller.remove();
            }
        };
    }

    /** Notes that the request of this thread is answered. */
    public void end(String route, String method, int status, String principal, long nanos) {
        metrics.request(route, method, status);
        if (log.isInfoEnabled()) {
            log.info(
                    "request id={} method={} route={} status={} principal={} ms={}",
                    current.get(),
                    method,
                    route,
                    status,
                    principal,
                    TimeUnit.NANOSECONDS.toMillis(nanos));
        }
        current.remove();
        caller.remove();
    }

    /** Notes that a tool was called. */
    public void called(String tool, String code, long nanos) {
        metrics.call(tool, code, nanos);
        if (log.isInfoEnabled()) {
            String id = current.get();
            log.info(
                    "call request={} tool={} outcome={} ms={}",
                    id == null ? "-" : id,
                    tool,
                    code,
                    TimeUnit.NANOSECONDS.toMillis(nanos));
        }
    }
}

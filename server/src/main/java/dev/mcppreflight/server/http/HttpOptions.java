package dev.mcppreflight.server.http;

import java.time.Duration;
import java.util.Set;

/**
 * How the HTTP side behaves.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 takes a free one
 * @param threads the size of the thread pool; open streams need no thread
 * @param allowedHosts names accepted in {@code Host} besides loopback ones, with or without port
 * @param allowedOrigins values accepted in {@code Origin} besides those of loopback hosts
 * @param maxSessions the largest number of sessions of each transport
 * @param heartbeat the pause between two comments on an open stream
 * @param sessionIdle how long a session of Streamable HTTP without open stream lives unused
 * @param maxBody the largest request body in bytes
 * @param publicPath the path under which a proxy publishes this server, such as {@code /docs}, or the empty string
 * @param publicUrl the URL under which clients see this server, without trailing slash, or the empty string
 * @param trustForwarded whether {@code X-Forwarded-*} headers come from a proxy that sets them itself
 * @param replica the name of this server among its replicas, eight hexadecimal digits, or the empty string
 */
public record HttpOptions(
        String host,
        int port,
        int threads,
        Set<String> allowedHosts,
        Set<String> allowedOrigins,
        int maxSessions,
        Duration heartbeat,
        Duration sessionIdle,
        int maxBody,
        String publicPath,
        String publicUrl,
        boolean trustForwarded,
        String replica) {

    /** Creates the options of a server that is alone. */
    public HttpOptions(
            String host,
            int port,
            int threads,
            Set<String> allowedHosts,
            Set<String> allowedOrigins,
            int maxSessions,
            Duration heartbeat,
            Duration sessionIdle,
            int maxBody,
            String publicPath,
            String publicUrl,
            boolean trustForwarded) {
        this(
                host,
                port,
                threads,
                allowedHosts,
                allowedOrigins,
                maxSessions,
                heartbeat,
                sessionIdle,
                maxBody,
                publicPath,
                publicUrl,
                trustForwarded,
                "");
    }

    /** Returns these options for one of several replicas. */
    public HttpOptions asReplica(String name) {
        return new HttpOptions(
                host,
                port,
                threads,
                allowedHosts,
                allowedOrigins,
                maxSessions,
                heartbeat,
                sessionIdle,
                maxBody,
                publicPath,
                publicUrl,
                trustForwarded,
                name);
    }

    /** Returns what a local server uses: loopback, a free port, 1000 sessions, a heartbeat every 15 seconds. */
    public static HttpOptions local() {
        return new HttpOptions(
                "127.0.0.1",
                0,
                64,
                Set.of(),
                Set.of(),
                1000,
                Duration.ofSeconds(15),
                Duration.ofMinutes(30),
                4 * 1024 * 1024,
                "",
                "",
                false);
    }
}

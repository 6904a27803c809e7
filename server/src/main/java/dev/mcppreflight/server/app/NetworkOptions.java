package dev.mcppreflight.server.app;

import dev.mcppreflight.server.http.HttpOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options about where the server listens, where clients see it, and how many of them it takes. */
final class NetworkOptions {

    static final int DEFAULT_PORT = 3000;

    private static final String PATH = "(/[A-Za-z0-9._~-]+)+";

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on (default 127.0.0.1).")
    private String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "PORT", description = "Port, 0 for a free one (default $PORT, or 3000).")
    private Integer port;

    @Option(
            names = "--allowed-host",
            paramLabel = "NAME[:PORT]",
            split = ",",
            description = "Accept this Host, such as the name of a tunnel (repeatable).")
    private List<String> allowedHosts = List.of();

    @Option(
            names = "--allowed-origin",
            paramLabel = "ORIGIN",
            split = ",",
            description = "Accept calls from pages of this Origin (repeatable).")
    private List<String> allowedOrigins = List.of();

    @Option(
            names = "--max-sessions",
            paramLabel = "N",
            description = "Most sessions of each HTTP transport (default 1000).")
    private int maxSessions = 1000;

    @Option(
            names = "--heartbeat-seconds",
            paramLabel = "N",
            description = "Pause between comments on open streams (default 15).")
    private int heartbeatSeconds = 15;

    @Option(
            names = "--session-idle-minutes",
            paramLabel = "N",
            description = "Life of an unused Streamable HTTP session (default 30).")
    private int sessionIdleMinutes = 30;

    @Option(names = "--threads", paramLabel = "N", description = "Threads for requests (default 64).")
    private int threads = 64;

    @Option(
            names = "--public-path",
            paramLabel = "PATH",
            description = "Path under which a proxy publishes this server, such as /docs.")
    private String publicPath = "";

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "URL under which clients see this server, such as https://docs.example.org/search.")
    private String publicUrl = "";

    @Option(
            names = "--trust-forwarded",
            description = "Believe X-Forwarded-Proto, -Host, -Prefix and -For: only behind a proxy that sets them.")
    private boolean trustForwarded;

    /** Returns the address to listen on. */
    String host() {
        return host;
    }

    /** Tells whether a port was asked for by its flag. */
    boolean namesPort() {
        return port != null;
    }

    /** Tells whether clients see this server under another address than its own. */
    boolean isPublished() {
        return !publicUrl.isEmpty();
    }

    /**
     * Tells whether other machines can reach the address to listen on.
     *
     * @throws Usage when it is none of this machine
     */
    boolean isBeyondLoopback() {
        try {
            return !InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new Usage("--host " + host + " is not an address of this machine");
        }
    }

    /**
     * Returns what these options and this environment mean.
     *
     * @throws Usage when they contradict each other or are out of range
     */
    HttpOptions http(Settings environment) {
        Set<String> hosts = new HashSet<>(allowedHosts);
        URI seen = publicUrl();
        if (seen != null) {
            hosts.add(seen.getHost());
        }
        hosts.add(host.contains(":") ? "[" + host + "]" : host);
        return new HttpOptions(
                new HttpOptions.Listening(
                        host, inRange("--port", port(environment), 0, 65_535), inRange("--threads", threads, 8, 1000)),
                new HttpOptions.Names(
                        hosts,
                        Set.copyOf(allowedOrigins),
                        publicPath(seen),
                        seen == null ? "" : seen.toString(),
                        trustForwarded),
                new HttpOptions.Room(
                        inRange("--max-sessions", maxSessions, 1, 1_000_000),
                        Duration.ofSeconds(inRange("--heartbeat-seconds", heartbeatSeconds, 1, 3600)),
                        Duration.ofMinutes(inRange("--session-idle-minutes", sessionIdleMinutes, 1, 100_000)),
                        HttpOptions.Room.USUAL.body()));
    }

    private int port(Settings environment) {
        if (port != null) {
            return port;
        }
        String fromEnvironment = environment.get("PORT");
        if (fromEnvironment == null || fromEnvironment.isBlank()) {
            return DEFAULT_PORT;
        }
        try {
            return Integer.parseInt(fromEnvironment.strip());
        } catch (NumberFormatException e) {
            throw new Usage("PORT must be a number, not '" + fromEnvironment + "'");
        }
    }

    private String publicPath(URI seen) {
        String path = withoutSlash(publicPath);
        if (!path.isEmpty() && !path.matches(PATH)) {
            throw new Usage("--public-path must look like /docs, not '" + publicPath + "'");
        }
        if (seen == null) {
            return path;
        }
        if (!path.isEmpty() && !path.equals(seen.getPath())) {
            throw new Usage("--public-path " + path + " contradicts --public-url " + seen);
        }
        return seen.getPath();
    }

    private URI publicUrl() {
        if (publicUrl.isEmpty()) {
            return null;
        }
        try {
            URI url = new URI(withoutSlash(publicUrl));
            boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            boolean bare = url.getRawQuery() == null && url.getRawFragment() == null && url.getRawUserInfo() == null;
            if (web
                    && bare
                    && url.getHost() != null
                    && (url.getPath().isEmpty() || url.getPath().matches(PATH))) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new Usage("--public-url must look like https://docs.example.org/search");
    }

    private static String withoutSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    static int inRange(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new Usage(option + " must be between " + least + " and " + most + ", not " + value);
        }
        return value;
    }
}

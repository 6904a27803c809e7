package dev.mcppreflight.server.app;

import dev.mcppreflight.server.auth.AccessPolicy;
import dev.mcppreflight.server.auth.ApiKey;
import dev.mcppreflight.server.auth.ApiKeyPolicy;
import dev.mcppreflight.server.auth.AuthProfile;
import dev.mcppreflight.server.http.HttpOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the server. */
@Command(
        name = "preflight-server",
        sortOptions = false,
        description = "Document-search MCP server over HTTP+SSE (/sse), Streamable HTTP (/mcp) and stdio.",
        footer = {
            "",
            "Environment: PORT (default of --port), MCP_API_KEY (the key of --auth apikey), LOG_LEVEL (default warn).",
            "Exit codes: 0 ended, 1 cannot listen, 2 wrong usage."
        })
final class ServerOptions {

    private static final int DEFAULT_PORT = 3000;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on (default 127.0.0.1).")
    private String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "PORT", description = "Port, 0 for a free one (default $PORT, or 3000).")
    private Integer port;

    @Option(names = "--stdio", description = "Serve standard input and output; HTTP only if --port is given too.")
    private boolean stdio;

    @Option(names = "--auth", paramLabel = "none|apikey", description = "Who may connect (default none).")
    private String auth = "none";

    @Option(
            names = "--auth-profile",
            paramLabel = "rfc6750|seed",
            description = "Answer to a wrong key: 401 (rfc6750, default) or 403 (seed).")
    private String authProfile = "rfc6750";

    @Option(names = "--allow-open", description = "Allow listening beyond loopback without --auth.")
    private boolean allowOpen;

    @Option(
            names = "--allowed-host",
            paramLabel = "NAME[:PORT]",
            description = "Accept this Host, such as the name of a tunnel (repeatable).")
    private List<String> allowedHosts = List.of();

    @Option(
            names = "--allowed-origin",
            paramLabel = "ORIGIN",
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

    @Option(names = "--help", usageHelp = true, description = "Print this help.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Print the version.")
    private boolean version;

    /** Tells whether standard input and output are served. */
    boolean servesStdio() {
        return stdio;
    }

    /** Tells whether HTTP is served. */
    boolean servesHttp() {
        return !stdio || port != null;
    }

    /**
     * Returns the configuration that these options and this environment mean.
     *
     * @throws Usage when they contradict each other or are out of range
     */
    ServerConfig config(Map<String, String> environment) {
        AccessPolicy access = access(environment);
        boolean open = auth.equalsIgnoreCase("none");
        if (open && !allowOpen && servesHttp() && !isLoopback(host)) {
            throw new Usage("refusing to listen on " + host + " without --auth apikey: everybody could read the"
                    + " documents (--allow-open overrides)");
        }
        Set<String> hosts = new HashSet<>(allowedHosts);
        hosts.add(host.contains(":") ? "[" + host + "]" : host);
        return new ServerConfig(
                new HttpOptions(
                        host,
                        inRange("--port", port(environment), 0, 65_535),
                        inRange("--threads", threads, 8, 1000),
                        hosts,
                        Set.copyOf(allowedOrigins),
                        inRange("--max-sessions", maxSessions, 1, 1_000_000),
                        Duration.ofSeconds(inRange("--heartbeat-seconds", heartbeatSeconds, 1, 3600)),
                        Duration.ofMinutes(inRange("--session-idle-minutes", sessionIdleMinutes, 1, 100_000)),
                        HttpOptions.local().maxBody(),
                        publicPath(),
                        "",
                        false),
                access);
    }

    private AccessPolicy access(Map<String, String> environment) {
        AuthProfile profile = choice("--auth-profile", authProfile, AuthProfile.values());
        return switch (auth.toLowerCase(Locale.ROOT)) {
            case "none" -> AccessPolicy.open();
            case "apikey" -> {
                try {
                    yield new ApiKeyPolicy(new ApiKey(environment.get("MCP_API_KEY")), profile);
                } catch (IllegalArgumentException e) {
                    throw new Usage(e.getMessage());
                }
            }
            default -> throw new Usage("--auth must be none or apikey, not '" + auth + "'");
        };
    }

    private static AuthProfile choice(String option, String value, AuthProfile[] choices) {
        for (AuthProfile choice : choices) {
            if (choice.name().equalsIgnoreCase(value)) {
                return choice;
            }
        }
        throw new Usage(option + " must be rfc6750 or seed, not '" + value + "'");
    }

    private int port(Map<String, String> environment) {
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

    private String publicPath() {
        String path = publicPath.endsWith("/") ? publicPath.substring(0, publicPath.length() - 1) : publicPath;
        if (!path.isEmpty() && !path.matches("(/[A-Za-z0-9._~-]+)+")) {
            throw new Usage("--public-path must look like /docs, not '" + publicPath + "'");
        }
        return path;
    }

    private static int inRange(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new Usage(option + " must be between " + least + " and " + most + ", not " + value);
        }
        return value;
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new Usage("--host " + host + " is not an address of this machine");
        }
    }
}

package dev.mcppreflight.server.app;

import dev.mcppreflight.server.auth.RateLimit;
import dev.mcppreflight.server.documents.Chunker;
import dev.mcppreflight.server.http.HttpOptions;
import dev.mcppreflight.server.tools.WriteAccess;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of the server. */
@Command(
        name = "preflight-server",
        sortOptions = false,
        description = "Document-search MCP server over HTTP+SSE (/sse), Streamable HTTP (/mcp) and stdio.",
        footer = {
            "",
            "Environment: MCP_API_KEY is a key of --auth apikey; MCP_OAUTH_CLIENT_ID and MCP_OAUTH_CLIENT_SECRET let",
            "--auth oauth ask the issuer about tokens that are no JWT. Each other option has a variable, which --print-config",
            "names. Options beat the environment, and the environment beats the file .env of the working folder.",
            "Exit codes: 0 ended, 1 cannot listen, 2 wrong usage."
        })
final class ServerOptions {

    private static final String PATH = "(/[A-Za-z0-9._~-]+)+";
    static final int DEFAULT_PORT = 3000;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on (default 127.0.0.1).")
    private String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "PORT", description = "Port, 0 for a free one (default $PORT, or 3000).")
    private Integer port;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "documents (default), or everything: what the official conformance suite asks servers for.")
    private String profile = "documents";

    @Option(names = "--stdio", description = "Serve standard input and output; HTTP only if --port is given too.")
    private boolean stdio;

    @Mixin
    private final AuthOptions auth = new AuthOptions();

    @Option(names = "--allow-open", description = "Allow listening beyond loopback without --auth.")
    private boolean allowOpen;

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

    @Option(
            names = "--rate-limit",
            paramLabel = "N/s|m|h",
            description = "Requests of each key or address, such as 60/m (default none).")
    private String rateLimit;

    @Option(
            names = "--tool-rate-limit",
            paramLabel = "TOOL=N/s|m|h",
            split = ",",
            description = "Calls of one tool by each key or address (repeatable).")
    private List<String> toolRateLimits = List.of();

    @Option(
            names = "--enable-write-tools",
            description =
                    "Offer upload_document, delete_document, and read_file, write_file, list_files over --document-root.")
    private boolean enableWriteTools;

    @Option(names = "--document-root", paramLabel = "FOLDER", description = "The one folder that they may touch.")
    private Path documentRoot;

    @Mixin
    private ChunkOptions chunks;

    @Option(names = "--log-level", paramLabel = "LEVEL", description = "trace, debug, info, warn, error or off.")
    private String logLevel;

    @Option(names = "--print-config", description = "Print the effective configuration without secrets, and end.")
    private boolean printConfig;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description = "PostgreSQL with pgvector (default $DATABASE_URL, or none).")
    private String database;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the embedded store (default $MCP_DATA, or the sample documents in memory).")
    private Path data;

    @Option(names = "--help", usageHelp = true, description = "Print this help.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Print the version.")
    private boolean version;

    /** Tells whether the features of the official suite are served instead of documents. */
    boolean servesEverything() {
        return profile.equals("everything");
    }

    /** Tells whether standard input and output are served. */
    boolean servesStdio() {
        return stdio;
    }

    /** Tells whether the configuration is printed instead. */
    boolean printsConfig() {
        return printConfig;
    }

    /** Returns how much is logged. */
    String logLevel(Settings settings) {
        return settings.logLevel(logLevel);
    }

    /** Returns where the documents are. */
    StoreChoice store(Settings settings) {
        return new StoreChoice(database, data, settings);
    }

    /** Returns the options about who may connect. */
    AuthOptions auth() {
        return auth;
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
    ServerConfig config(Settings environment) {
        return config(environment, null);
    }

    /**
     * Returns the same with a demo issuer that has been started.
     *
     * @param demo its identifier, or null while there is none
     */
    ServerConfig config(Settings environment, URI demo) {
        if (!Set.of("documents", "everything").contains(profile)) {
            throw new Usage("--profile must be documents or everything, not '" + profile + "'");
        }
        logLevel(environment);
        AuthOptions.Access access = auth.access(environment, demo);
        boolean beyond = servesHttp() && !isLoopback(host);
        inRange("--demo-issuer-port", auth.issuerPort(), 0, 65_535);
        if (beyond && !auth.asks() && !allowOpen) {
            throw new Usage(
                    "refusing to listen on " + host + " without --auth apikey or --auth oauth: everybody could read"
                            + " the documents (--allow-open overrides)");
        }
        if (auth.startsIssuer() && (beyond || !servesHttp() || !publicUrl.isEmpty())) {
            throw new Usage("--demo-issuer lets in whoever asks, so it serves clients of this machine only: not with"
                    + " --public-url, --stdio alone or a --host beyond loopback");
        }
        Set<String> hosts = new HashSet<>(allowedHosts);
        URI seen = publicUrl();
        if (seen != null) {
            hosts.add(seen.getHost());
        }
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
                        publicPath(seen),
                        seen == null ? "" : seen.toString(),
                        trustForwarded),
                access.policy(),
                access.signIn(),
                rateLimit == null ? null : limit("--rate-limit", rateLimit),
                toolLimits(),
                writing());
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

    private Map<String, RateLimit> toolLimits() {
        Map<String, RateLimit> limits = new LinkedHashMap<>();
        for (String entry : toolRateLimits) {
            String[] parts = entry.split("=", 2);
            if (parts.length != 2 || !parts[0].matches("[a-z_]+")) {
                throw new Usage("--tool-rate-limit must look like search=30/m, not '" + entry + "'");
            }
            limits.put(parts[0], limit("--tool-rate-limit", parts[1]));
        }
        return limits;
    }

    private WriteAccess writing() {
        Chunker chunker = chunks.chunker();
        if (!enableWriteTools) {
            return null;
        }
        if (documentRoot == null || !Files.isDirectory(documentRoot)) {
            throw new Usage("--enable-write-tools needs --document-root, an existing folder");
        }
        return new WriteAccess(documentRoot, chunker);
    }

    private static RateLimit limit(String option, String text) {
        try {
            return RateLimit.of(text);
        } catch (IllegalArgumentException e) {
            throw new Usage(option + ": " + e.getMessage());
        }
    }

    private static String withoutSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static int inRange(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new Usage(option + " must be between " + least + " and " + most + ", not " + value);
        }
        return value;
    }

    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new Usage("--host " + host + " is not an address of this machine");
        }
    }
}

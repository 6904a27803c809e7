package dev.mcppreflight.server.app;

import dev.mcppreflight.server.auth.RateLimit;
import dev.mcppreflight.server.documents.Chunker;
import dev.mcppreflight.server.tools.ToolRegistry;
import dev.mcppreflight.server.tools.WriteAccess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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
        abbreviateSynopsis = true,
        description = "Document-search MCP server over HTTP+SSE (/sse), Streamable HTTP (/mcp) and stdio.",
        footer = {
            "",
            "Environment: MCP_API_KEY is a key of --auth apikey; MCP_OAUTH_CLIENT_ID and MCP_OAUTH_CLIENT_SECRET let",
            "--auth oauth ask the issuer about tokens that are no JWT. OPENAI_API_KEY or EMBEDDING_BASE_URL (with",
            "EMBEDDING_MODEL and EMBEDDING_DIMENSIONS) name a service for embeddings; without, a model in this process makes",
            "them. Each other option has a variable, which --print-config",
            "names. Options beat the environment, and the environment beats the file .env of the working folder.",
            "Exit codes: 0 ended, 1 cannot listen, 2 wrong usage."
        })
final class ServerOptions {

    @Mixin
    private final NetworkOptions network = new NetworkOptions();

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
        return !stdio || network.namesPort();
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
        if (servesHttp() && !auth.asks() && environment.get("MCP_API_KEY") != null) {
            throw new Usage("MCP_API_KEY is set, but nobody is asked for it: add --auth apikey, or unset it");
        }
        boolean beyond = servesHttp() && network.isBeyondLoopback();
        if (beyond && !auth.asks() && !allowOpen) {
            throw new Usage(
                    "refusing to listen on " + network.host() + " without --auth apikey or --auth oauth: everybody"
                            + " could read the documents (--allow-open overrides)");
        }
        if (auth.demoIssuer().isAsked() && (beyond || !servesHttp() || network.isPublished())) {
            throw new Usage("--demo-issuer lets in whoever asks, so it serves clients of this machine only: not with"
                    + " --public-url, --stdio alone or a --host beyond loopback");
        }
        return new ServerConfig(
                network.http(environment),
                access.policy(),
                access.signIn(),
                rateLimit == null ? null : limit("--rate-limit", rateLimit),
                toolLimits(),
                writing());
    }

    private Map<String, RateLimit> toolLimits() {
        Map<String, RateLimit> limits = new LinkedHashMap<>();
        for (String entry : toolRateLimits) {
            String[] parts = entry.split("=", 2);
            if (parts.length != 2 || !parts[0].matches("[a-z_]+")) {
                throw new Usage("--tool-rate-limit must look like search=30/m, not '" + entry + "'");
            }
            if (!ToolRegistry.knows(parts[0])) {
                throw new Usage("--tool-rate-limit: there is no tool '" + parts[0] + "'");
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
}

package dev.mcppreflight.server.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The variables of the environment and, below them, those of a {@code .env} file: what flags default to. */
final class Settings implements IDefaultValueProvider {

    /** The variable that stands for each flag. */
    static final Map<String, String> VARIABLES = Map.ofEntries(
            Map.entry("--host", "HOST"),
            Map.entry("--port", "PORT"),
            Map.entry("--auth", "MCP_AUTH"),
            Map.entry("--auth-profile", "MCP_AUTH_PROFILE"),
            Map.entry("--api-keys", "MCP_API_KEYS"),
            Map.entry("--open-tool", "MCP_OPEN_TOOLS"),
            Map.entry("--oauth-issuer", "MCP_OAUTH_ISSUER"),
            Map.entry("--oauth-audience", "MCP_OAUTH_AUDIENCE"),
            Map.entry("--demo-issuer", "MCP_DEMO_ISSUER"),
            Map.entry("--demo-issuer-port", "MCP_DEMO_ISSUER_PORT"),
            Map.entry("--demo-issuer-local-clients", "MCP_DEMO_ISSUER_LOCAL_CLIENTS"),
            Map.entry("--allow-open", "MCP_ALLOW_OPEN"),
            Map.entry("--allowed-host", "MCP_ALLOWED_HOSTS"),
            Map.entry("--allowed-origin", "MCP_ALLOWED_ORIGINS"),
            Map.entry("--max-sessions", "MCP_MAX_SESSIONS"),
            Map.entry("--heartbeat-seconds", "MCP_HEARTBEAT_SECONDS"),
            Map.entry("--session-idle-minutes", "MCP_SESSION_IDLE_MINUTES"),
            Map.entry("--threads", "MCP_THREADS"),
            Map.entry("--public-path", "MCP_PUBLIC_PATH"),
            Map.entry("--public-url", "MCP_PUBLIC_URL"),
            Map.entry("--trust-forwarded", "MCP_TRUST_FORWARDED"),
            Map.entry("--rate-limit", "MCP_RATE_LIMIT"),
            Map.entry("--tool-rate-limit", "MCP_TOOL_RATE_LIMIT"),
            Map.entry("--enable-write-tools", "MCP_ENABLE_WRITE_TOOLS"),
            Map.entry("--document-root", "DOCUMENT_ROOT"),
            Map.entry("--granularity", "GRANULARITY_LEVEL"),
            Map.entry("--chunk-size", "CHUNK_SIZE"),
            Map.entry("--chunk-overlap", "CHUNK_OVERLAP"),
            Map.entry("--log-level", "LOG_LEVEL"));

    private static final Pattern LINE = Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)");
    private static final Set<String> LEVELS = Set.of("trace", "debug", "info", "warn", "error", "off");

    private final Map<String, String> environment;
    private final Map<String, String> file;

    private Settings(Map<String, String> environment, Map<String, String> file) {
        this.environment = environment;
        this.file = file;
    }

    /** Returns the settings of this environment without a file. */
    static Settings of(Map<String, String> environment) {
        return new Settings(environment, Map.of());
    }

    /**
     * Returns the settings of this environment and of the file {@code .env} in this folder, if there is one.
     *
     * @throws Usage when a line of the file is not {@code NAME=VALUE}; the line itself may hold a secret
     */
    static Settings of(Map<String, String> environment, Path folder) {
        Path path = folder.resolve(".env");
        if (!Files.isRegularFile(path)) {
            return of(environment);
        }
        try {
            return new Settings(environment, parse(Files.readAllLines(path)));
        } catch (IOException e) {
            throw new Usage(".env cannot be read as UTF-8 text");
        }
    }

    private static Map<String, String> parse(List<String> lines) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new Usage(".env, line " + (i + 1) + " is not NAME=VALUE");
            }
            values.put(matcher.group(1), value(matcher.group(2)));
        }
        return values;
    }

    private static String value(String text) {
        char quote = text.isEmpty() ? 0 : text.charAt(0);
        int end = quote == '"' || quote == '\'' ? text.indexOf(quote, 1) : -1;
        return end > 0 ? text.substring(1, end) : text.replaceFirst("(^|\\s+)#.*$", "");
    }

    /** Returns the value of a variable, or null when it is not set or blank. */
    String get(String variable) {
        String value = environment.getOrDefault(variable, file.get(variable));
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** Returns where the value of a variable comes from. */
    String source(String variable) {
        if (get(variable) == null) {
            return "default";
        }
        return environment.containsKey(variable) ? "environment" : ".env";
    }

    /** Returns how much is logged. */
    String logLevel(String flag) {
        String level = (flag == null ? "warn" : flag).toLowerCase(Locale.ROOT);
        if (!LEVELS.contains(level)) {
            throw new Usage("LOG_LEVEL must be trace, debug, info, warn, error or off, not '" + flag + "'");
        }
        return level;
    }

    /** The port is left to {@link NetworkOptions}: only as a flag it asks for HTTP beside stdio. */
    @Override
    public String defaultValue(ArgSpec argument) {
        String name = argument instanceof OptionSpec option ? option.longestName() : "";
        String variable = VARIABLES.get(name);
        String value = variable == null || name.equals("--port") ? null : get(variable);
        if (value == null || argument.type() != boolean.class) {
            return value;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> "true";
            case "false", "0", "no", "off" -> null;
            default -> throw new Usage(variable + " must be true or false, not '" + value + "'");
        };
    }
}

package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.target.HandleTools;
import dev.mcppreflight.conformance.target.Resolution;
import dev.mcppreflight.conformance.target.ToolCall;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the values of options. No message repeats a value that may be a secret.
 */
final class Arguments {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)\\s*(ms|s|m|)");
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Pattern RESOLUTION =
            Pattern.compile("([\\w.-]+):(\\d{1,5}):(\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]+])(?::(\\d{1,5}))?");

    private Arguments() {}

    /** A time such as 5, 0.5, 5s, 500ms or 2m. */
    static Duration duration(String option, String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            throw new UsageException(
                    option + " cannot be '" + text + "'", "Write seconds, such as 5 or 0.5s, or 500ms.");
        }
        int unit =
                switch (matcher.group(2)) {
                    case "ms" -> 1;
                    case "m" -> 60_000;
                    default -> 1_000;
                };
        Duration duration = Duration.ofMillis(new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(unit))
                .longValue());
        if (duration.toMillis() < 1 || duration.compareTo(LONGEST) > 0) {
            throw new UsageException(option + " cannot be '" + text + "'", "It goes from 1ms to 10m.");
        }
        return duration;
    }

    /** A header such as {@code X-Api-Key: secret}. */
    static Map.Entry<String, String> header(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? "" : text.substring(0, colon).strip();
        if (!HEADER_NAME.matcher(name).matches()) {
            throw new UsageException(
                    "--header needs a name, a colon and a value", "Such as --header 'X-Api-Key: SECRET', in quotes.");
        }
        String value = text.substring(colon + 1).strip();
        if (value.isEmpty()) {
            throw new UsageException(
                    "--header '" + name + "' has an empty value", "Is the variable that holds it not set?");
        }
        requireOneLine("--header '" + name + "'", value);
        return Map.entry(name, value);
    }

    /** Each as NAME:PORT:ADDRESS, with a port behind the address where that is another; IPv6 in brackets. */
    static List<Resolution> resolutions(List<String> texts) {
        Map<String, Resolution> all = new LinkedHashMap<>();
        for (String text : texts) {
            Resolution one = resolution(text);
            String name = one.host() + ":" + one.port();
            if (all.put(name, one) != null) {
                throw new UsageException("--resolve names " + name + " twice", "One address for each name and port.");
            }
        }
        return List.copyOf(all.values());
    }

    private static Resolution resolution(String text) {
        Matcher parts = RESOLUTION.matcher(text.strip());
        if (!parts.matches() || !isAddress(parts.group(3))) {
            throw new UsageException(
                    "--resolve '" + text + "' is not NAME:PORT:ADDRESS[:PORT]",
                    "Such as --resolve mcp.example.com:443:127.0.0.1:8443; an IPv6 address stands in brackets.");
        }
        int port = port(parts.group(2));
        return new Resolution(
                parts.group(1).toLowerCase(Locale.ROOT),
                port,
                parts.group(3).replaceAll("[\\[\\]]", ""),
                parts.group(4) == null ? port : port(parts.group(4)));
    }

    /** Whether it is one by itself; a name is never looked up here. */
    private static boolean isAddress(String text) {
        if (!text.startsWith("[")) {
            return Arrays.stream(text.split("\\.")).allMatch(octet -> Integer.parseInt(octet) <= 255);
        }
        try {
            return InetAddress.getByName(text) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static int port(String text) {
        int port = Integer.parseInt(text);
        if (port < 1 || port > 65_535) {
            throw new UsageException("--resolve: port " + text + " does not exist", "Ports go from 1 to 65535.");
        }
        return port;
    }

    /** A token without its scheme. */
    static String bearer(String option, String text) {
        String token = text.strip();
        if (token.isEmpty()) {
            throw new UsageException(option + " is empty", "Is the variable that holds the token not set?");
        }
        if (token.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length())) {
            throw new UsageException(option + " takes the token alone", "Leave out the word Bearer.");
        }
        requireOneLine(option, token);
        return token;
    }

    /** A tool and its arguments, such as {@code search={"query":"lease"}}. */
    static ToolCall call(String option, String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new UsageException(
                    option + " needs a tool, an equals sign and a JSON object",
                    "Such as " + option + " 'search={\"query\":\"x\"}'.");
        }
        String tool = text.substring(0, equals).strip();
        Json arguments;
        try {
            arguments = Json.parse(text.substring(equals + 1));
        } catch (Json.MalformedJson e) {
            throw new UsageException(
                    "the arguments of " + option + " " + tool + " are not JSON: "
                            + e.getMessage().lines().findFirst().orElse(""),
                    "Quote them for the shell: " + option + " '" + tool + "={\"name\":\"value\"}'.");
        }
        if (!arguments.isObject()) {
            throw new UsageException(
                    "the arguments of " + option + " " + tool + " are a JSON " + arguments.type() + ", not an object",
                    "");
        }
        return new ToolCall(tool, arguments.toString());
    }

    /** A pair of tools such as {@code GIVE:USE={"handle":"{handle}"}}. */
    static HandleTools handles(String option, String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new UsageException(
                    option + " needs two tools with a colon between them",
                    "Such as " + option + " 'open:add={\"to\":\"{handle}\"}'.");
        }
        ToolCall use = call(option, text.substring(colon + 1));
        if (!use.arguments().contains(HandleTools.HANDLE)) {
            throw new UsageException(
                    "the arguments of " + option + " " + use.tool() + " have no place for the handle",
                    "Write {handle} there.");
        }
        return new HandleTools(text.substring(0, colon).strip(), use.tool(), use.arguments());
    }

    /** A variable such as {@code NAME=value}. */
    static Map.Entry<String, String> variable(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new UsageException("--env needs a name, an equals sign and a value", "Such as --env API_KEY=SECRET.");
        }
        return Map.entry(text.substring(0, equals), text.substring(equals + 1));
    }

    private static void requireOneLine(String option, String value) {
        if (value.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7F || c > 0xFF)) {
            throw new UsageException(
                    option + " holds a line break or another character that no header may carry",
                    "Does the file or variable end with a line break?");
        }
    }
}

package dev.mcppreflight.conformance.cli;

import dev.mcppreflight.conformance.data.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One server of a configuration file as Claude Desktop and others read it, such as {@code claude_desktop_config.json}.
 *
 * @param file its name
 * @param command the command of the server; where none can be read, the name of the file, which cannot be started
 * @param environment the variables that the file sets
 * @param evidence what is worth knowing of the file, without the values of secrets
 */
record DesktopConfiguration(String file, List<String> command, Map<String, String> environment, String evidence) {

    private static final long LARGEST = 1_000_000;
    private static final Pattern LONE_BACKSLASH = Pattern.compile("(?<!\\\\)\\\\(?![\"\\\\/bfnrtu])");
    private static final String SECRET = "(?i)--?(.*[-_])?(token|key|api-?key|secret|password|auth)";

    /**
     * Reads the file.
     *
     * @param entry the name of the server; empty for the only one
     * @throws UsageException when there is no such file, or no such server in it
     */
    static DesktopConfiguration read(Path path, String entry) {
        String text;
        try {
            if (Files.size(path) > LARGEST) {
                throw new UsageException("--config " + path + " is too large to be a configuration", "");
            }
            text = Files.readString(path);
        } catch (IOException e) {
            throw new UsageException("--config " + path + " cannot be read", "It takes claude_desktop_config.json.");
        }
        String file = path.getFileName().toString();
        Json root = Json.parseOrMissing(text);
        Json facts = Json.object("file", file, "windows", isForWindows(text));
        if (!root.isObject()) {
            return unreadable(file, facts.with("problem", Json.of(problem(text))));
        }
        Json servers = root.get("mcpServers");
        if (!servers.isObject()) {
            return unreadable(file, facts.with("problem", Json.of("it has no mcpServers but " + root.names())));
        }
        String name = name(servers, entry, path);
        Json server = servers.get(name);
        List<String> command = new ArrayList<>();
        if (server.get("command").isString()) {
            command.add(server.get("command").text());
            server.get("args").items().forEach(word -> command.add(word.text()));
        }
        Map<String, String> environment = new LinkedHashMap<>();
        Json variables = server.get("env");
        variables.names().forEach(key -> environment.put(key, variables.get(key).text()));
        return new DesktopConfiguration(
                file,
                command.isEmpty() ? List.of(file) : command,
                environment,
                facts.with("name", Json.of(name))
                        .with("entry", harmless(server))
                        .toString());
    }

    private static DesktopConfiguration unreadable(String file, Json facts) {
        return new DesktopConfiguration(file, List.of(file), Map.of(), facts.toString());
    }

    private static String name(Json servers, String entry, Path path) {
        List<String> names = List.copyOf(servers.names());
        if (entry.isEmpty() && names.size() == 1) {
            return names.get(0);
        }
        if (!names.contains(entry)) {
            throw new UsageException(
                    entry.isEmpty() ? "which server of " + path + "?" : "there is no server '" + entry + "' in " + path,
                    "--entry is one of " + String.join(", ", names) + ".");
        }
        return entry;
    }

    private static boolean isForWindows(String text) {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")
                || text.matches("(?s).*(\"[A-Za-z]:\\\\|%APPDATA%).*");
    }

    private static String problem(String text) {
        if (LONE_BACKSLASH.matcher(text).find()) {
            return "a single backslash, which JSON does not know";
        }
        return Pattern.compile(",\\s*[}\\]]").matcher(text).find()
                ? "a comma before the end of an object or a list"
                : "it is not JSON";
    }

    /** The entry without values that may be secret. */
    private static Json harmless(Json server) {
        List<Json> words = new ArrayList<>();
        String before = "";
        for (Json word : server.get("args").items()) {
            String text = word.text();
            if (before.equals("--header") && text.contains(":")) {
                int colon = text.indexOf(':');
                boolean blank = text.indexOf(' ') >= 0;
                words.add(Json.of(text.substring(0, colon + 1) + (blank ? " " : "") + "***"));
            } else {
                words.add(before.matches(SECRET) ? Json.of("***") : word);
            }
            before = text;
        }
        Json shown = Json.object("args", Json.of(words));
        for (String member : List.of("command", "url", "type")) {
            if (server.get(member).isPresent()) {
                shown = shown.with(member, server.get(member));
            }
        }
        return shown;
    }
}

package dev.mcppreflight.conformance.diagnosis;

import static dev.mcppreflight.conformance.diagnosis.Rule.rule;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Purpose;
import java.util.List;
import java.util.function.Function;

/** What a desktop host makes of its configuration file before anything is spoken. */
final class ConfigurationRules {

    private static final String SHIMS = "npx|npm|pnpm|yarn|uvx|bunx";
    private static final String RELATIVE = "\\.{1,2}[/\\\\].*|(?![/\\\\~$%@-]|[A-Za-z]:)[^:]*[/\\\\].*"
            + "|(?![/\\\\~$%@-])[\\w.-]+\\.(m?js|cjs|ts|py|jar|sh|rb)";

    private ConfigurationRules() {}

    /** Of the stage reach. */
    static List<Rule> starting() {
        return List.of(
                rule("STDIO-005", it -> noting(it, file -> brokenPath(file))),
                rule(
                        "STDIO-020",
                        it -> noting(
                                it,
                                file -> brokenPath(file).isEmpty()
                                        ? file.get("problem").text()
                                        : "")),
                rule(
                        "STDIO-004",
                        it -> noting(
                                it,
                                file -> file.get("windows").isTrue()
                                                && command(file).matches(SHIMS)
                                        ? "the command is " + command(file) + ", which Windows knows as "
                                                + command(file) + ".cmd"
                                        : "")),
                rule("STDIO-021", it -> noting(it, ConfigurationRules::relativePath)));
    }

    /** Of the stage clients. */
    static List<Rule> ofHosts() {
        return List.of(
                rule(
                        "HOST-003",
                        it -> noting(
                                it,
                                file -> file.get("entry").get("url").isPresent()
                                                && command(file).isEmpty()
                                                && file.get("file").text().contains("desktop")
                                        ? "'" + file.get("name").text() + "' has a url and no command"
                                        : "")),
                rule(
                        "HOST-009",
                        it -> noting(
                                it,
                                file -> file.get("name").text().matches("[A-Za-z0-9 _-]*")
                                        ? ""
                                        : "the key '" + file.get("name").text() + "'")),
                rule("MCPR-001", it -> noting(it, ConfigurationRules::plainBridge)),
                rule("MCPR-002", it -> noting(it, ConfigurationRules::spacedHeader)));
    }

    /** Whether the configuration names a package without its version. */
    static boolean floats(Case it) {
        return noting(it, ConfigurationRules::floating).any();
    }

    private static Exchanges noting(Case it, Function<Json, String> problem) {
        return it.others()
                .sentFor(Purpose.CONFIGURATION)
                .noting(exchange -> List.of(problem.apply(Json.parseOrMissing(exchange.body()))));
    }

    private static String command(Json file) {
        return file.get("entry").get("command").text();
    }

    private static List<String> words(Json file) {
        return file.get("entry").get("args").items().stream().map(Json::text).toList();
    }

    private static String brokenPath(Json file) {
        String problem = file.get("problem").text();
        boolean spaced =
                command(file).matches("(?!cmd ).*\\S \\S.*") && !command(file).matches(".*[/\\\\].*\\.\\w+");
        return problem.contains("backslash")
                ? problem
                : spaced ? "the command '" + command(file) + "' is one word with blanks" : "";
    }

    private static String relativePath(Json file) {
        if (command(file).matches("\\.{1,2}[/\\\\].*|(?![/\\\\~]|[A-Za-z]:)[^:]+[/\\\\].+")) {
            return "the command " + command(file) + " is relative";
        }
        boolean script = command(file).matches("(.*[/\\\\])?(node|python3?|java|deno|bun|ruby|sh|bash|tsx)(\\.exe)?");
        return words(file).stream()
                .filter(word -> script && !word.startsWith("-") && word.matches(RELATIVE))
                .findFirst()
                .map(word -> "the path " + word + " is relative")
                .orElse("");
    }

    /** A package that is fetched by its name alone, in whichever version was fetched before. */
    private static String floating(Json file) {
        if (!command(file).matches("npx|uvx|bunx|npx\\.cmd")) {
            return "";
        }
        return words(file).stream()
                .filter(word -> !word.startsWith("-"))
                .findFirst()
                .filter(name -> name.indexOf('@', 1) < 0 && !name.contains("=="))
                .map(name -> command(file) + " " + name + " names no version")
                .orElse("");
    }

    private static boolean isBridge(Json file) {
        return words(file).stream().anyMatch(word -> word.matches("mcp-remote(@.*)?"));
    }

    private static String plainBridge(Json file) {
        if (!isBridge(file) || words(file).contains("--allow-http")) {
            return "";
        }
        return words(file).stream()
                .filter(word -> word.startsWith("http://"))
                .filter(word -> Address.of(word).filter(Address::isLoopback).isEmpty())
                .findFirst()
                .map(word -> word + " is plain http")
                .orElse("");
    }

    private static String spacedHeader(Json file) {
        List<String> words = words(file);
        for (int i = 1; i < words.size() && isBridge(file); i++) {
            if (words.get(i - 1).equals("--header") && words.get(i).contains(" ")) {
                return "the header '" + words.get(i) + "' has a blank";
            }
        }
        return "";
    }
}

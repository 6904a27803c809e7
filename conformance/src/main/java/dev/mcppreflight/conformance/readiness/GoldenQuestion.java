package dev.mcppreflight.conformance.readiness;

import dev.mcppreflight.conformance.data.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A question that only the server's own tools can answer, made from what it says of them: the best tool is one that only reads
 * and wants no arguments, as then nothing can go wrong but the connection.
 *
 * @param tool the name of the tool that has to be used
 * @param request what to ask for
 * @param arguments what to call it with, as JSON
 */
record GoldenQuestion(String tool, String request, String arguments) {

    private static final Pattern VERB = Pattern.compile(
            "(get|show|describe|list|search|find|query|lookup)(?:[_-]?(.*))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern CAMEL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    static Optional<GoldenQuestion> about(List<Json> tools) {
        return tools.stream()
                .filter(tool -> !tool.get("name").text().isEmpty())
                .min(Comparator.comparingInt(GoldenQuestion::effort))
                .map(GoldenQuestion::of);
    }

    /** How much it takes to call it; less for one that only reads. */
    private static int effort(Json tool) {
        boolean reads = tool.get("annotations").get("readOnlyHint").isTrue();
        int wanted = tool.get("inputSchema").get("required").size();
        boolean verb = VERB.matcher(tool.get("name").text()).matches();
        return (reads ? 0 : 100) + 10 * wanted + (verb ? 0 : 1);
    }

    private static GoldenQuestion of(Json tool) {
        String name = tool.get("name").text();
        Json arguments = arguments(tool.get("inputSchema"));
        String given = arguments.names().isEmpty() ? "" : " with " + arguments;
        Matcher verb = VERB.matcher(CAMEL.matcher(name).replaceAll("_"));
        String request = verb.matches() && arguments.names().isEmpty()
                ? question(verb.group(1).toLowerCase(Locale.ROOT), words(verb.group(2)))
                : "Call " + name + given + " and say what it answers.";
        return new GoldenQuestion(name, request, arguments.toString());
    }

    private static String question(String verb, String what) {
        String thing = what.isEmpty() ? "its data" : "the " + what;
        return switch (verb) {
            case "list" -> "Which " + (what.isEmpty() ? "entries" : what) + " are there?";
            case "get", "show", "describe" -> (what.endsWith("s") ? "What are " : "What is ") + thing + "?";
            default -> "What do you find in " + thing + "?";
        };
    }

    private static String words(String name) {
        return name == null
                ? ""
                : name.replaceAll("[_-]+", " ").toLowerCase(Locale.ROOT).strip();
    }

    private static Json arguments(Json schema) {
        Json arguments = Json.object();
        for (Json name : schema.get("required").items()) {
            Json property = schema.get("properties").get(name.text());
            arguments = arguments.with(name.text(), value(property));
        }
        return arguments;
    }

    private static Json value(Json property) {
        if (property.get("enum").size() > 0) {
            return property.get("enum").at(0);
        }
        return switch (property.get("type").text()) {
            case "integer", "number" -> Json.of(1);
            case "boolean" -> Json.of(true);
            case "array" -> Json.array();
            case "object" -> Json.object();
            default -> Json.of("hello");
        };
    }
}

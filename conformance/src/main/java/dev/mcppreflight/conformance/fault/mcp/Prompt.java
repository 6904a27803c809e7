package dev.mcppreflight.conformance.fault.mcp;

import dev.mcppreflight.conformance.data.Json;
import java.util.List;

/** The prompts of the healthy server. */
record Prompt(String name, String title, String description, List<Argument> arguments, String text) {

    record Argument(String name, String description, boolean required) {}

    private static final List<Prompt> ALL = List.of(
            new Prompt(
                    "overview",
                    "Overview",
                    "Asks for an overview of the library.",
                    List.of(),
                    "Give me an overview of the documents in the library."),
            new Prompt(
                    "summarize",
                    "Summarize",
                    "Asks for a summary of one document.",
                    List.of(
                            new Argument("topic", "What the document is about.", true),
                            new Argument("style", "How the summary should sound.", false)),
                    "Summarize what the library says about {topic}."),
            new Prompt(
                    "compare",
                    "Compare",
                    "Asks for a comparison of two documents.",
                    List.of(
                            new Argument("first", "The first topic.", true),
                            new Argument("second", "The second topic.", true)),
                    "Compare what the library says about {first} and {second}."));

    /** The entries of {@code prompts/list}. */
    static List<Json> descriptions() {
        return ALL.stream().map(Prompt::entry).toList();
    }

    static Json get(Json params) {
        Prompt prompt = named(params.get("name"));
        Json given = params.get("arguments");
        if (given.isPresent() && !given.isObject()
                || given.names().stream().anyMatch(name -> !given.get(name).isString())) {
            throw new RpcError(RpcError.INVALID_PARAMS, "Prompt arguments are strings by name");
        }
        String filled = prompt.text;
        for (Argument argument : prompt.arguments) {
            if (argument.required && given.get(argument.name).isMissing()) {
                throw new RpcError(RpcError.INVALID_PARAMS, "The argument " + argument.name + " is missing");
            }
            filled = filled.replace(
                    "{" + argument.name + "}", given.get(argument.name).text());
        }
        return Json.object(
                "description",
                prompt.description,
                "messages",
                Json.array(Json.object("role", "user", "content", Json.object("type", "text", "text", filled))));
    }

    static Prompt named(Json name) {
        return ALL.stream()
                .filter(prompt -> prompt.name.equals(name.text()))
                .findFirst()
                .orElseThrow(() -> new RpcError(RpcError.INVALID_PARAMS, "Unknown prompt"));
    }

    boolean takes(String argument) {
        return arguments.stream().anyMatch(candidate -> candidate.name.equals(argument));
    }

    private Json entry() {
        return Json.object(
                "name",
                name,
                "title",
                title,
                "description",
                description,
                "arguments",
                arguments.stream()
                        .map(argument -> Json.object(
                                "name", argument.name,
                                "description", argument.description,
                                "required", argument.required))
                        .toList());
    }
}

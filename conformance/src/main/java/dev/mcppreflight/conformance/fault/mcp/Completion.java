package dev.mcppreflight.conformance.fault.mcp;

import dev.mcppreflight.conformance.data.Json;
import java.util.List;

/** Suggestions for arguments of prompts and of resource templates. */
final class Completion {

    private static final List<String> WORDS = List.of("café", "entrance", "museum", "tram");

    private Completion() {}

    static Json complete(Json params) {
        Json reference = params.get("ref");
        Json argument = params.get("argument");
        if (!argument.get("name").isString() || !argument.get("value").isString() || !refersTo(reference, argument)) {
            throw new RpcError(RpcError.INVALID_PARAMS, "completion/complete needs a known ref and an argument of it");
        }
        List<String> values = WORDS.stream()
                .filter(word -> word.startsWith(argument.get("value").text()))
                .toList();
        return Json.object("completion", Json.object("values", values, "total", values.size(), "hasMore", false));
    }

    private static boolean refersTo(Json reference, Json argument) {
        String name = argument.get("name").text();
        return switch (reference.get("type").text()) {
            case "ref/prompt" -> Prompt.named(reference.get("name")).takes(name);
            case "ref/resource" ->
                Note.templates().stream()
                        .map(template -> template.get("uriTemplate").text())
                        .anyMatch(template ->
                                template.equals(reference.get("uri").text()) && template.contains("{" + name + "}"));
            default -> false;
        };
    }
}

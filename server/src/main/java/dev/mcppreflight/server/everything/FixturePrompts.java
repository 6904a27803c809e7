package dev.mcppreflight.server.everything;

import dev.mcppreflight.server.protocol.ClientFailure;
import dev.mcppreflight.server.protocol.Feature;
import dev.mcppreflight.server.protocol.Inquiry;
import dev.mcppreflight.server.protocol.RequestContext;
import dev.mcppreflight.server.protocol.RpcException;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The prompts of the official suite, and suggestions for an argument. */
final class FixturePrompts implements Feature {

    private static final String WITH_ARGUMENTS = "test_prompt_with_arguments";
    private static final List<String> SUGGESTIONS = List.of("paris", "park", "party");

    @Override
    public Set<String> methods() {
        return Set.of(McpSchema.METHOD_PROMPT_LIST, McpSchema.METHOD_PROMPT_GET, McpSchema.METHOD_COMPLETION_COMPLETE);
    }

    @Override
    public Map<String, Map<String, Object>> capabilities() {
        return Map.of("prompts", Map.of("listChanged", true), "completions", Map.of());
    }

    @Override
    public boolean takesLong(String method) {
        return method.equals(McpSchema.METHOD_PROMPT_GET);
    }

    @Override
    public boolean asks(String method, Map<?, ?> params) {
        return "test_input_required_result_prompt".equals(params.get("name"));
    }

    @Override
    public Object answer(String method, Map<?, ?> params, RequestContext context) {
        return switch (method) {
            case McpSchema.METHOD_PROMPT_LIST -> list(params);
            case McpSchema.METHOD_PROMPT_GET -> Map.of("messages", messages(params, context));
            default -> complete(params);
        };
    }

    private static Object list(Map<?, ?> params) {
        if (params.get("cursor") != null) {
            throw RpcException.invalidParams("unknown cursor");
        }
        return Map.of(
                "prompts",
                List.of(
                        prompt("test_simple_prompt", "A prompt without arguments"),
                        prompt(WITH_ARGUMENTS, "A prompt with two arguments", "arg1", "arg2"),
                        prompt("test_prompt_with_embedded_resource", "A prompt that embeds a resource", "resourceUri"),
                        prompt("test_prompt_with_image", "A prompt with a picture"),
                        prompt("test_input_required_result_prompt", "A prompt that asks the user first")));
    }

    private static Map<String, Object> prompt(String name, String description, String... arguments) {
        return Map.of(
                "name", name,
                "description", description,
                "arguments",
                        Arrays.stream(arguments)
                                .map(argument -> Map.of(
                                        "name", argument, "description", "The argument " + argument, "required", true))
                                .toList());
    }

    private static List<Map<String, Object>> messages(Map<?, ?> params, RequestContext context) {
        Map<?, ?> given = params.get("arguments") instanceof Map<?, ?> arguments ? arguments : Map.of();
        if (!(params.get("name") instanceof String name)) {
            throw RpcException.invalidParams("prompts/get needs name, a string");
        }
        return switch (name) {
            case "test_simple_prompt" -> List.of(user(Samples.text("This is a simple prompt for testing.")));
            case WITH_ARGUMENTS ->
                List.of(user(Samples.text("Prompt with arguments: arg1='" + argument(given, "arg1") + "', arg2='"
                        + argument(given, "arg2") + "'")));
            case "test_prompt_with_embedded_resource" ->
                List.of(
                        user(Samples.resource(
                                argument(given, "resourceUri"),
                                "text/plain",
                                "Embedded resource content for testing.")),
                        user(Samples.text("Please process the embedded resource above.")));
            case "test_prompt_with_image" ->
                List.of(user(Samples.image()), user(Samples.text("Please analyze the image above.")));
            case "test_input_required_result_prompt" -> List.of(user(Samples.text(inContext(context))));
            default -> throw RpcException.invalidParams("unknown prompt, see prompts/list");
        };
    }

    private static String inContext(RequestContext context) {
        try {
            Map<?, ?> answer = context.ask(List.of(Inquiry.elicitation(
                            "user_context",
                            "What context should the prompt use?",
                            Elicitations.field("context", "string"))))
                    .get("user_context");
            return "Answer in this context: "
                    + (answer.get("content") instanceof Map<?, ?> content ? content.get("context") : "none");
        } catch (ClientFailure e) {
            throw RpcException.invalidParams("the prompt needs an answer, and " + e.getMessage());
        }
    }

    private static Map<String, Object> user(Map<String, Object> content) {
        return Map.of("role", "user", "content", content);
    }

    private static String argument(Map<?, ?> given, String name) {
        if (given.get(name) instanceof String value) {
            return value;
        }
        throw RpcException.invalidParams("the argument " + name + " must be a text");
    }

    private static Object complete(Map<?, ?> params) {
        if (!(params.get("ref") instanceof Map<?, ?> ref)
                || !(params.get("argument") instanceof Map<?, ?> argument)
                || !(argument.get("name") instanceof String name)
                || !(argument.get("value") instanceof String typed)) {
            throw RpcException.invalidParams("completion/complete needs ref, and argument with name and value");
        }
        if (!"ref/prompt".equals(ref.get("type")) || !WITH_ARGUMENTS.equals(ref.get("name"))) {
            throw RpcException.invalidParams("ref names nothing that has suggestions");
        }
        List<String> values = name.equals("arg1")
                ? SUGGESTIONS.stream().filter(s -> s.startsWith(typed)).toList()
                : List.of();
        return Map.of("completion", Map.of("values", values, "total", values.size(), "hasMore", false));
    }
}

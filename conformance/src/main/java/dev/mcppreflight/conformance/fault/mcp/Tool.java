package dev.mcppreflight.conformance.fault.mcp;

import dev.mcppreflight.conformance.data.Json;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The tools of the healthy server. All of them only read. */
public final class Tool {

    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private static final List<Tool> ALL = List.of(
            new Tool(
                    "echo",
                    "Echo",
                    "Returns the given text as it is, to try whether a call gets through.",
                    parameters("text", "string", "The text to return."),
                    Json.MISSING,
                    arguments -> text(arguments.get("text").text())),
            new Tool(
                    "add",
                    "Add",
                    "Adds two numbers and returns their sum.",
                    schema(
                            Json.object(
                                    "a", property("number", "The first number."),
                                    "b", property("number", "The second number.")),
                            "a",
                            "b"),
                    schema(Json.object("sum", property("number", "The sum of both numbers.")), "sum"),
                    Tool::add),
            new Tool(
                    "search",
                    "Search",
                    "Searches the library for documents that contain a word, such as \"café\", and lists them.",
                    parameters("query", "string", "The word to look for."),
                    schema(
                            Json.object(
                                    "results",
                                    Json.object(
                                            "type", "array",
                                            "description", "The documents found, best first.",
                                            "items", Document.summarySchema())),
                            "results"),
                    arguments -> structured(Json.object(
                            "results", Document.search(arguments.get("query").text())))),
            new Tool(
                    "fetch",
                    "Fetch",
                    "Returns the whole text of one document that search has found.",
                    parameters("id", "string", "The id of the document, as search gives it."),
                    Document.schema(),
                    arguments -> Document.find(arguments.get("id").text())
                            .map(Tool::structured)
                            .orElseGet(() -> failure("There is no document with this id; use search to find one."))));

    private final String name;
    private final Json description;
    private final Json inputSchema;
    private final Function<Json, Json> body;

    private Tool(
            String name,
            String title,
            String description,
            Json inputSchema,
            Json outputSchema,
            Function<Json, Json> body) {
        Json described = Json.object(
                "name", name, "title", title, "description", description, "inputSchema", dialect(inputSchema));
        this.name = name;
        this.description = (outputSchema.isMissing()
                        ? described
                        : described.with("outputSchema", dialect(outputSchema)))
                .with(
                        "annotations",
                        Json.object(
                                "title", title,
                                "readOnlyHint", true,
                                "destructiveHint", false,
                                "idempotentHint", true,
                                "openWorldHint", false));
        this.inputSchema = inputSchema;
        this.body = body;
    }

    /** The entries of {@code tools/list}. */
    public static List<Json> descriptions() {
        return ALL.stream().map(tool -> tool.description).toList();
    }

    /** The result of {@code tools/call}; arguments that do not fit are an error that the model can read and mend. */
    static Json call(Json params) {
        Json arguments = params.get("arguments").isMissing() ? Json.object() : params.get("arguments");
        if (!params.get("name").isString() || !arguments.isObject()) {
            throw new RpcError(RpcError.INVALID_PARAMS, "tools/call needs a name, and arguments as an object");
        }
        Tool tool = ALL.stream()
                .filter(candidate -> candidate.name.equals(params.get("name").text()))
                .findFirst()
                .orElseThrow(() -> new RpcError(RpcError.INVALID_PARAMS, "Unknown tool"));
        return tool.complaint(arguments).map(Tool::failure).orElseGet(() -> tool.body.apply(arguments));
    }

    /** Why the arguments do not fit the input schema. */
    private Optional<String> complaint(Json arguments) {
        Json properties = inputSchema.get("properties");
        for (Json required : inputSchema.get("required").items()) {
            if (arguments.get(required.text()).isMissing()) {
                return Optional.of("The argument " + required.text() + " is missing.");
            }
        }
        for (String argument : arguments.names()) {
            String type = properties.get(argument).get("type").text();
            if (type.isEmpty()) {
                return Optional.of("There is no argument of the name given; there are "
                        + String.join(", ", properties.names()) + ".");
            }
            if (!arguments.get(argument).type().equals(type)) {
                return Optional.of("The argument " + argument + " must be a " + type + ".");
            }
        }
        return Optional.empty();
    }

    private static Json text(String text) {
        return Json.object("content", Json.array(Json.object("type", "text", "text", text)), "isError", false);
    }

    private static Json failure(String why) {
        return text(why).with("isError", true);
    }

    /** A structured result, which older clients find again as text. */
    private static Json structured(Json value) {
        return text(value.toString()).with("structuredContent", value);
    }

    private static Json add(Json arguments) {
        double sum = number(arguments, "a") + number(arguments, "b");
        return Double.isFinite(sum) ? structured(Json.object("sum", sum)) : failure("The sum is too large.");
    }

    private static double number(Json arguments, String name) {
        return Double.parseDouble(arguments.get(name).toString());
    }

    private static Json parameters(String name, String type, String description) {
        return schema(Json.object(name, property(type, description)), name);
    }

    static Json property(String type, String description) {
        return Json.object("type", type, "description", description);
    }

    static Json schema(Json properties, String... required) {
        return Json.object(
                "type",
                "object",
                "properties",
                properties,
                "required",
                Json.array((Object[]) required),
                "additionalProperties",
                false);
    }

    private static Json dialect(Json schema) {
        Json named = Json.object("$schema", DIALECT);
        for (String member : schema.names()) {
            named = named.with(member, schema.get(member));
        }
        return named;
    }
}

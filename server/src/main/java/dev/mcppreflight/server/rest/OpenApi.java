package dev.mcppreflight.server.rest;

import dev.mcppreflight.server.rest.Operation.Source;
import dev.mcppreflight.server.tools.ToolRegistry;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Describes the REST API as OpenAPI 3.1, whose schemas are JSON Schema 2020-12 like those of the tools. */
final class OpenApi {

    private static final String REFUSED = "Problem";
    private static final String INVALID = "ValidationProblem";

    private final List<Operation> operations;
    private final ToolRegistry tools;
    private final String title;
    private final String version;
    private final Security security;

    OpenApi(List<Operation> operations, ToolRegistry tools, String title, String version, Security security) {
        this.operations = operations;
        this.tools = tools;
        this.title = title;
        this.version = version;
        this.security = security;
    }

    /** Returns the description for clients that see the server at this URL. */
    Map<String, Object> of(String url) {
        Map<String, Object> api = new LinkedHashMap<>();
        api.put("openapi", "3.1.0");
        api.put("info", object("title", title, "version", version));
        api.put("jsonSchemaDialect", "https://json-schema.org/draft/2020-12/schema");
        api.put("servers", List.of(Map.of("url", url)));
        List<String> served =
                operations.stream().map(Operation::tool).distinct().toList();
        Map<String, Object> schemes = security.schemes(served);
        api.put("paths", paths(schemes));
        Map<String, Object> components = object("schemas", schemas());
        if (!schemes.isEmpty()) {
            components.put("securitySchemes", schemes);
        }
        api.put("components", components);
        return api;
    }

    private Map<String, Object> paths(Map<String, Object> schemes) {
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        for (Operation operation : operations) {
            paths.computeIfAbsent(operation.path(), path -> new LinkedHashMap<>())
                    .put(operation.method().toLowerCase(Locale.ROOT), describe(operation, schemes));
        }
        return new LinkedHashMap<>(paths);
    }

    private Map<String, Object> describe(Operation operation, Map<String, Object> schemes) {
        Tool tool = tools.description(operation.tool()).orElseThrow();
        Map<String, Object> description =
                object("operationId", operation.id(), "summary", tool.title(), "description", tool.description());
        List<Object> parameters = parameters(operation, tool);
        if (!parameters.isEmpty()) {
            description.put("parameters", parameters);
        }
        if (operation.hasBody()) {
            Map<String, Object> content = content(reference(inputName(tool)));
            if (operation.source() == Source.UPLOAD) {
                content.put("multipart/form-data", object("schema", Forms.schema(tool)));
            }
            description.put("requestBody", object("required", true, "content", content));
        }
        if (!schemes.isEmpty()) {
            description.put("security", security.of(operation.tool(), schemes));
        }
        description.put("responses", responses(operation, tool));
        return description;
    }

    private static List<Object> parameters(Operation operation, Tool tool) {
        List<Object> parameters = new ArrayList<>();
        if (operation.source() == Source.PATH) {
            Map<String, Object> schema = Schemas.properties(tool).get(Schemas.onlyRequired(tool));
            parameters.add(object("name", "id", "in", "path", "required", true, "schema", schema));
        } else if (operation.source() == Source.QUERY) {
            Schemas.properties(tool)
                    .forEach((name, schema) ->
                            parameters.add(object("name", name, "in", "query", "required", false, "schema", schema)));
        }
        return parameters;
    }

    private Map<String, Object> responses(Operation operation, Tool tool) {
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put("200", object("description", "Done.", "content", content(success(operation, tool))));
        boolean hasBody = operation.hasBody();
        if (hasBody) {
            responses.put("400", problem("The body is not JSON.", REFUSED));
        }
        if (security.asks()) {
            responses.put("401", problem("The key or token is missing or wrong.", REFUSED));
        }
        if (security.issuer() != null) {
            responses.put("403", problem("The token does not allow this; the challenge names the scope.", REFUSED));
        }
        if (operation.source() == Source.PATH) {
            responses.put("404", problem("There is no document with this id.", REFUSED));
        }
        if (hasBody) {
            responses.put("413", problem("The body is too large.", REFUSED));
            responses.put("415", problem("The body is not declared as JSON.", REFUSED));
        }
        responses.put("422", problem("Arguments do not fit their schema; each is listed.", INVALID));
        responses.put("429", problem("Too many requests; Retry-After tells how long to wait.", REFUSED));
        responses.put("503", problem("The document store cannot be reached.", REFUSED));
        return responses;
    }

    /** The result of the tool with the member {@code success} that the clients of this API know. */
    private static Map<String, Object> success(Operation operation, Tool tool) {
        Map<String, Object> flag = object(
                "type", "object",
                "properties", object("success", object("type", "boolean", "const", true)),
                "required", List.of("success"));
        if (operation.isWrapped()) {
            return object(
                    "type", "object",
                    "properties",
                            object(
                                    "success", object("type", "boolean", "const", true),
                                    "data", reference(outputName(tool))),
                    "required", List.of("success", "data"));
        }
        return object("allOf", List.of(flag, reference(outputName(tool))));
    }

    private Map<String, Object> schemas() {
        Map<String, Object> schemas = new LinkedHashMap<>();
        for (Operation operation : operations) {
            Tool tool = tools.description(operation.tool()).orElseThrow();
            if (operation.hasBody()) {
                schemas.put(inputName(tool), Schemas.embedded(tool.inputSchema()));
            }
            Map<String, Object> output = Schemas.embedded(tool.outputSchema());
            // The result stands beside the member success here.
            output.remove("additionalProperties");
            schemas.put(outputName(tool), output);
        }
        Map<String, Object> code = object("type", "string", "description", "A stable name of the problem.");
        schemas.put(
                REFUSED,
                object(
                        "type", "object",
                        "properties",
                                object(
                                        "detail",
                                        object("type", "string", "description", "One sentence for people."),
                                        "code",
                                        code),
                        "required", List.of("detail", "code")));
        Map<String, Object> field = object(
                "type", "object",
                "properties",
                        object(
                                "loc", object("type", "array", "items", object("type", "string")),
                                "msg", object("type", "string")),
                "required", List.of("loc", "msg"));
        schemas.put(
                INVALID,
                object(
                        "type", "object",
                        "properties", object("detail", object("type", "array", "items", field), "code", code),
                        "required", List.of("detail", "code")));
        return schemas;
    }

    private static Map<String, Object> problem(String description, String schema) {
        return object("description", description, "content", content(reference(schema)));
    }

    private static Map<String, Object> content(Map<String, Object> schema) {
        return object("application/json", object("schema", schema));
    }

    private static Map<String, Object> reference(String schema) {
        return object("$ref", "#/components/schemas/" + schema);
    }

    private static String inputName(Tool tool) {
        return camelCase(tool) + "Input";
    }

    private static String outputName(Tool tool) {
        return camelCase(tool) + "Output";
    }

    private static String camelCase(Tool tool) {
        StringBuilder name = new StringBuilder();
        for (String word : tool.name().split("_")) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name.toString();
    }

    /** Returns a JSON object; names and values take turns. */
    private static Map<String, Object> object(Object... members) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            object.put((String) members[i], members[i + 1]);
        }
        return object;
    }
}

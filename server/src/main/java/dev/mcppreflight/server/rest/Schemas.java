package dev.mcppreflight.server.rest;

import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks into the schemas of tools. */
final class Schemas {

    private Schemas() {}

    /** Returns the properties of the arguments. */
    static Map<String, Map<String, Object>> properties(Tool tool) {
        Map<String, Map<String, Object>> properties = new LinkedHashMap<>();
        if (tool.inputSchema().get("properties") instanceof Map<?, ?> declared) {
            declared.forEach((name, schema) -> properties.put((String) name, object(schema)));
        }
        return properties;
    }

    /** Returns the type of an argument, or null when there is no such argument. */
    static Object typeOf(Tool tool, String argument) {
        return properties(tool).getOrDefault(argument, Map.of()).get("type");
    }

    /** Returns the name of the one argument that is required. */
    static String onlyRequired(Tool tool) {
        return (String) ((List<?>) tool.inputSchema().get("required")).get(0);
    }

    /** Returns the schema for use inside a document that names the dialect itself. */
    static Map<String, Object> embedded(Map<String, Object> schema) {
        Map<String, Object> copy = new LinkedHashMap<>(schema);
        copy.remove("$schema");
        return copy;
    }

    private static Map<String, Object> object(Object value) {
        Map<String, Object> object = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((name, member) -> object.put((String) name, member));
        return object;
    }
}

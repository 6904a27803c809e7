package dev.mcppreflight.server.rest;

import dev.mcppreflight.server.http.Form;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The arguments of an upload as a form: the file in the field {@code file}, everything else under its own name. */
final class Forms {

    private static final String FILE = "file";
    /** What the file itself says. */
    private static final Set<String> OF_FILE = Set.of("content_base64", "file_path");

    private static final String ANY_BYTES = "application/octet-stream";

    private Forms() {}

    /** Returns the arguments that a form means. */
    static Map<String, Object> arguments(Tool tool, Form form) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        if (form.file() != null) {
            arguments.put(
                    "content_base64",
                    Base64.getEncoder().encodeToString(form.file().bytes()));
            arguments.put("file_name", form.file().name());
            if (form.file().type() != null && !form.file().type().startsWith(ANY_BYTES)) {
                arguments.put("mime_type", form.file().type());
            }
        }
        form.fields().forEach((name, value) -> arguments.put(name, typed(tool, name, value)));
        return arguments;
    }

    private static Object typed(Tool tool, String name, String value) {
        return "array".equals(Schemas.typeOf(tool, name))
                ? Stream.of(value.split(","))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .toList()
                : value;
    }

    /** Describes the form. */
    static Map<String, Object> schema(Tool tool) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(FILE, Map.of("type", "string", "contentMediaType", ANY_BYTES));
        Schemas.properties(tool).forEach((name, schema) -> {
            if (!OF_FILE.contains(name)) {
                properties.put(name, schema);
            }
        });
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", List.of(FILE));
        return schema;
    }
}

package dev.mcppreflight.server.everything;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The forms that the fixture tools ask users to fill in. */
final class Elicitations {

    private static final List<String> OPTIONS = List.of("option1", "option2", "option3");

    private Elicitations() {}

    /** Returns a form for a name and an address, both needed. */
    static Map<String, Object> contact() {
        return form(
                Map.of(
                        "username", Map.of("type", "string", "description", "User's response"),
                        "email", Map.of("type", "string", "description", "User's email address")),
                List.of("username", "email"));
    }

    /** Returns a form with one field, which is needed. */
    static Map<String, Object> field(String name, String type) {
        return form(Map.of(name, Map.of("type", type)), List.of(name));
    }

    /** Returns a form with a default in each kind of field (SEP-1034). */
    static Map<String, Object> defaults() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", described("string", "default", "John Doe"));
        fields.put("age", described("integer", "default", 30));
        fields.put("score", described("number", "default", 95.5));
        Map<String, Object> status = described("string", "enum", List.of("active", "inactive", "pending"));
        status.put("default", "active");
        fields.put("status", status);
        fields.put("verified", described("boolean", "default", true));
        return form(fields, List.of());
    }

    /** Returns a form with each kind of choice (SEP-1330). */
    static Map<String, Object> choices() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("untitledSingle", described("string", "enum", OPTIONS));
        fields.put("titledSingle", described("string", "oneOf", titled("Option")));
        Map<String, Object> legacy = described("string", "enum", List.of("opt1", "opt2", "opt3"));
        legacy.put("enumNames", List.of("Option One", "Option Two", "Option Three"));
        fields.put("legacyEnum", legacy);
        fields.put("untitledMulti", described("array", "items", Map.of("type", "string", "enum", OPTIONS)));
        fields.put("titledMulti", described("array", "items", Map.of("anyOf", titled("Choice"))));
        return form(fields, List.of());
    }

    private static List<Map<String, String>> titled(String what) {
        return List.of(
                Map.of("const", "value1", "title", "First " + what),
                Map.of("const", "value2", "title", "Second " + what),
                Map.of("const", "value3", "title", "Third " + what));
    }

    private static Map<String, Object> described(String type, String key, Object value) {
        Map<String, Object> field = new LinkedHashMap<>();
        field.put("type", type);
        field.put(key, value);
        return field;
    }

    private static Map<String, Object> form(Map<String, ?> fields, List<String> required) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("type", "object");
        form.put("properties", fields);
        form.put("required", required);
        return form;
    }
}

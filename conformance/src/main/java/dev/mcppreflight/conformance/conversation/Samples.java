package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;

/** Small values made from a JSON Schema: just enough of the language for the arguments of tools. */
final class Samples {

    private static final int DEEPEST = 6;

    /** No honest schema asks for a longer text, and one that does gets no more than this. */
    private static final int LONGEST = 10_000;

    private Samples() {}

    /** The smallest object that the schema is likely to accept: its required members alone. */
    static Json valid(Json schema) {
        return object(schema, 0);
    }

    /** An object that the schema forbids: a required member left out, or one of a wrong type; missing if none is. */
    static Json invalid(Json schema) {
        if (schema.get("required").size() > 0) {
            return Json.object();
        }
        for (String name : schema.get("properties").names()) {
            String type = schema.get("properties").get(name).get("type").text();
            if (type.equals("integer") || type.equals("number") || type.equals("boolean")) {
                return Json.object(name, Json.object("not", "a " + type));
            }
        }
        return Json.MISSING;
    }

    private static Json object(Json schema, int depth) {
        Json object = Json.object();
        for (Json name : schema.get("required").items()) {
            object = object.with(name.text(), value(schema.get("properties").get(name.text()), depth + 1));
        }
        return object;
    }

    private static Json value(Json schema, int depth) {
        for (String given : new String[] {"default", "const"}) {
            if (schema.get(given).isPresent()) {
                return schema.get(given);
            }
        }
        if (schema.get("enum").size() > 0) {
            return schema.get("enum").at(0);
        }
        if (schema.get("examples").size() > 0) {
            return schema.get("examples").at(0);
        }
        for (String choice : new String[] {"anyOf", "oneOf"}) {
            if (schema.get(choice).size() > 0 && depth < DEEPEST) {
                return value(schema.get(choice).at(0), depth + 1);
            }
        }
        Json type = schema.get("type").isArray() ? schema.get("type").at(0) : schema.get("type");
        return switch (type.text()) {
            case "integer", "number" ->
                Json.of(Math.max(1, schema.get("minimum").number(1)));
            case "boolean" -> Json.of(true);
            case "array" ->
                depth < DEEPEST && schema.get("minItems").number(0) > 0
                        ? Json.array(value(schema.get("items"), depth + 1))
                        : Json.array();
            case "object" -> depth < DEEPEST ? object(schema, depth) : Json.object();
            case "null" -> Json.NULL;
            default -> Json.of("preflight".repeat(1 + length(schema) / 9));
        };
    }

    private static int length(Json schema) {
        return (int) Math.max(0, Math.min(LONGEST, schema.get("minLength").number(0)));
    }
}

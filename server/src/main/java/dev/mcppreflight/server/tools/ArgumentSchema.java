package dev.mcppreflight.server.tools;

import dev.mcppreflight.server.tools.ToolOutcome.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The input schema of a tool, as far as this server's tools use JSON Schema: one flat object of strings, numbers and switches. A
 * general validator would add 300 ms to the first call and speak to developers, not to a model. A test proves that both
 * agree.
 */
final class ArgumentSchema {

    /** Strings that may be as long as this are contents of files. */
    private static final int CONTENT = 1_000_000;

    private final Map<String, Map<String, Object>> properties;
    private final List<String> required;
    private final Map<String, Pattern> patterns = new ConcurrentHashMap<>();

    /** Reads an input schema. */
    @SuppressWarnings("unchecked")
    ArgumentSchema(Map<String, Object> schema) {
        this.properties = (Map<String, Map<String, Object>>) schema.getOrDefault("properties", Map.of());
        this.required = (List<String>) schema.getOrDefault("required", List.of());
    }

    /** Returns what is wrong with these arguments; empty when they fit. */
    List<Fault> faults(Map<String, Object> arguments) {
        List<Fault> faults = new ArrayList<>();
        for (String name : required) {
            if (!arguments.containsKey(name)) {
                faults.add(new Fault(name, "is missing"));
            }
        }
        arguments.forEach((name, value) -> {
            Map<String, Object> property = properties.get(name);
            String fault = property == null ? unknown() : fault(property, value);
            if (fault != null) {
                faults.add(new Fault(name, fault));
            }
        });
        return faults;
    }

    private String unknown() {
        return properties.isEmpty()
                ? "is unknown: this tool takes no arguments"
                : "is unknown: the arguments are " + String.join(", ", properties.keySet());
    }

    private String fault(Map<String, Object> property, Object value) {
        return switch ((String) property.get("type")) {
            case "string" -> value instanceof String text ? stringFault(property, text) : "must be a string";
            case "integer" -> isWhole(value) ? numberFault(property, (Number) value) : "must be a whole number";
            case "number" -> value instanceof Number number ? numberFault(property, number) : "must be a number";
            case "boolean" -> value instanceof Boolean ? null : "must be true or false";
            case "array" -> value instanceof List<?> list ? arrayFault(property, list) : "must be an array";
            default -> throw new IllegalStateException("no rule for type " + property.get("type"));
        };
    }

    @SuppressWarnings("unchecked")
    private String arrayFault(Map<String, Object> property, List<?> list) {
        if (property.get("maxItems") instanceof Number most && list.size() > most.intValue()) {
            return "must have at most " + most + " items";
        }
        for (Object item : list) {
            String fault = fault((Map<String, Object>) property.get("items"), item);
            if (fault != null) {
                return "has an item that " + fault;
            }
        }
        return null;
    }

    private static boolean isWhole(Object value) {
        // 5.0 is an integer in JSON Schema.
        return value instanceof Number number && number.doubleValue() == Math.rint(number.doubleValue());
    }

    private String stringFault(Map<String, Object> property, String text) {
        int length = text.codePointCount(0, text.length());
        // No text that is written by anybody holds it; the contents of files may, and lose it when they are read.
        if (text.indexOf('\0') >= 0
                && !(property.get("maxLength") instanceof Number most && most.intValue() >= CONTENT)) {
            return "must not hold U+0000";
        }
        if (property.get("minLength") instanceof Number least && length < least.intValue()) {
            return "must not be empty";
        }
        if (property.get("maxLength") instanceof Number most && length > most.intValue()) {
            return "must have at most " + most + " characters";
        }
        if (property.get("pattern") instanceof String pattern
                && !patterns.computeIfAbsent(pattern, Pattern::compile)
                        .matcher(text)
                        .find()) {
            return pattern.equals("\\S") ? "must not be blank" : "must have the form " + pattern;
        }
        if (property.get("enum") instanceof List<?> choices && !choices.contains(text)) {
            return "must be one of " + choices;
        }
        return null;
    }

    private static String numberFault(Map<String, Object> property, Number number) {
        if (property.get("minimum") instanceof Number least && number.doubleValue() < least.doubleValue()) {
            return "must be at least " + least;
        }
        if (property.get("maximum") instanceof Number most && number.doubleValue() > most.doubleValue()) {
            return "must be at most " + most;
        }
        return null;
    }
}

package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The arguments of a call that a tool wants to see in headers as well (2026-07-28, {@code x-mcp-header}). */
final class ParameterHeaders {

    static final String MARK = "x-mcp-header";

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern SECRET = Pattern.compile("(?i).*(password|passwd|secret|token|api_?key|credential).*");
    private static final long SAFE = 9_007_199_254_740_991L;

    private ParameterHeaders() {}

    /**
     * An argument that is to stand in a header.
     *
     * @param argument its name, or where it stands
     * @param name what the header is to be called after {@code Mcp-Param-}
     * @param schema of the argument
     * @param reachable whether a chain of {@code properties} leads to it
     */
    record Mark(String argument, Json name, Json schema, boolean reachable) {

        boolean isToken() {
            return name.text().isEmpty() || TOKEN.matcher(name.text()).matches();
        }

        boolean isPrimitive() {
            return Set.of("string", "integer", "boolean")
                    .contains(schema.get("type").text());
        }

        boolean isSafe() {
            return schema.get("minimum").number(0) >= -SAFE
                    && schema.get("maximum").number(0) <= SAFE;
        }

        boolean isHarmless() {
            return !SECRET.matcher(argument).matches();
        }
    }

    /** The headers of a call, by their names; arguments that are not there have none. */
    static Map<String, String> of(Json tool, Json params) {
        Map<String, String> headers = new LinkedHashMap<>();
        collect(tool.get("inputSchema"), params.get("arguments"), headers);
        return headers;
    }

    private static void collect(Json schema, Json arguments, Map<String, String> headers) {
        Json properties = schema.get("properties");
        for (String name : properties.names()) {
            Json property = properties.get(name);
            Json value = arguments.get(name);
            String header = property.get(MARK).text();
            if (!header.isEmpty() && (value.isString() || value.isInteger() || value.isBoolean())) {
                headers.put("Mcp-Param-" + header, value.isString() ? value.text() : value.toString());
            }
            if (value.isObject()) {
                collect(property, value, headers);
            }
        }
    }

    /** All the marks of a tool. */
    static List<Mark> marks(Json tool) {
        List<Mark> marks = new ArrayList<>();
        reach(tool.get("inputSchema"), marks);
        List<Json> reached = marks.stream().map(Mark::schema).toList();
        tool.get("inputSchema")
                .walk()
                .filter(part -> part.isObject()
                        && part.get(MARK).isPresent()
                        && !part.get(MARK).isObject())
                .filter(part -> !reached.contains(part))
                .forEach(part -> marks.add(new Mark("a part of the schema", part.get(MARK), part, false)));
        return marks;
    }

    private static void reach(Json schema, List<Mark> marks) {
        Json properties = schema.get("properties");
        for (String name : properties.names()) {
            Json property = properties.get(name);
            if (property.get(MARK).isPresent()) {
                marks.add(new Mark(name, property.get(MARK), property, true));
            }
            reach(property, marks);
        }
    }

    /** The first mark of a tool that is not as it should be. */
    static Function<Json, Optional<String>> rule(Predicate<Mark> fine) {
        return tool -> marks(tool).stream()
                .filter(mark -> !fine.test(mark))
                .findFirst()
                .map(mark -> mark.argument() + " has " + MARK + " " + mark.name() + " and the type "
                        + (mark.schema().get("type").isMissing()
                                ? "missing"
                                : mark.schema().get("type")));
    }

    /** A name that two marks of a tool have, but for its case. */
    static Optional<String> twice(Json tool) {
        Set<String> seen = new HashSet<>();
        return marks(tool).stream()
                .map(mark -> mark.name().text().toLowerCase(Locale.ROOT))
                .filter(name -> !seen.add(name))
                .findFirst()
                .map(name -> "the name '" + name + "' twice");
    }
}

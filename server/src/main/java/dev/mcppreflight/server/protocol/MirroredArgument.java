package dev.mcppreflight.server.protocol;

import java.util.List;
import java.util.Map;

/**
 * An argument of a tool that clients repeat in a header, so that intermediaries need not read the body ({@code x-mcp-header}).
 *
 * @param header the whole name of the header
 * @param name the name of the argument
 */
public record MirroredArgument(String header, String name) {

    private static final String PREFIX = "Mcp-Param-";

    /** Returns what the input schema of a tool marks at its top level. */
    public static List<MirroredArgument> of(Map<?, ?> schema) {
        if (!(schema.get("properties") instanceof Map<?, ?> properties)) {
            return List.of();
        }
        return properties.entrySet().stream()
                .filter(property -> property.getValue() instanceof Map<?, ?> described
                        && described.get("x-mcp-header") instanceof String)
                .map(property -> new MirroredArgument(
                        PREFIX + ((Map<?, ?>) property.getValue()).get("x-mcp-header"), (String) property.getKey()))
                .toList();
    }
}

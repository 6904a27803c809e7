package dev.mcppreflight.conformance.readiness;

import dev.mcppreflight.conformance.data.Json;
import java.util.List;

/** The two tools of deep research, by what a list says of them. */
final class SearchAndFetch {

    private SearchAndFetch() {}

    static boolean isOffered(List<Json> tools) {
        return takes(tools, "search", "query") && takes(tools, "fetch", "id");
    }

    private static boolean takes(List<Json> tools, String name, String argument) {
        return tools.stream()
                .filter(tool -> tool.get("name").text().equals(name))
                .anyMatch(tool ->
                        tool.get("inputSchema").get("properties").get(argument).isObject());
    }

    static List<String> names(List<Json> tools) {
        return tools.stream().map(tool -> tool.get("name").text()).limit(20).toList();
    }
}

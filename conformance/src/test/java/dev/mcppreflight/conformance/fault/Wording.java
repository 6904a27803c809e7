package dev.mcppreflight.conformance.fault;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.mcp.Tool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The words in which servers of other makers say the same things. */
record Wording(int choice) {

    /** What the healthy server says, and how the SDKs of other languages say it. */
    private static final Map<String, List<String>> ERRORS = errors();

    private static final Map<String, String> NAMES =
            Map.of("echo", "say_back", "ECHO", "SAY_BACK", "add", "sum_numbers");

    private static final Map<String, String> DESCRIPTIONS = Map.of(
            "echo", "Use this to hear your own words again and see that the line works.",
            "add", "Use this to sum two figures.",
            "search", "Use this to look for articles in the base de données.",
            "fetch", "Use this to read one article of the knowledge base from beginning to end.");

    private static final Json HEALTHY =
            Json.object("name", "preflight-healthy", "title", "Preflight healthy server", "version", "1.0.0");

    private static final List<Json> SERVERS = List.of(
            Json.object("name", "acme-knowledge", "version", "4.11.0-rc.2"),
            Json.object("name", "fastmcp-2f1c", "title", "Wissensdatenbank", "version", "2.13.0"),
            Json.object("name", "spring-ai-mcp-server", "version", "0.0.1-SNAPSHOT"),
            Json.object("name", "Contoso.Tools", "version", "1.0.0.0"));

    private static Map<String, List<String>> errors() {
        Map<String, List<String>> errors = new LinkedHashMap<>();
        errors.put(
                "Session not found",
                List.of(
                        "Not Found: Session has been terminated",
                        "Unknown or expired session",
                        "Session not found: 7b1d",
                        "no such session",
                        "Bad Request: No valid session ID provided"));
        errors.put(
                "Mcp-Session-Id is missing",
                List.of(
                        "Bad Request: Mcp-Session-Id header is required",
                        "Bad Request: Missing session ID",
                        "Session ID required in mcp-session-id header",
                        "Bad Request: No valid session ID provided"));
        errors.put(
                "The session is not initialized",
                List.of("Server not initialized", "Received request before initialization"));
        errors.put("The message is not valid JSON", List.of("Parse error", "Unexpected token in JSON at position 1"));
        errors.put("The batch is empty", List.of("Invalid Request"));
        errors.put("The message is not JSON-RPC 2.0", List.of("Invalid Request", "expected literal \"2.0\""));
        errors.put("The id must be a string or an integer", List.of("Invalid Request", "Field required: id"));
        errors.put("The message has no method", List.of("Invalid Request"));
        errors.put("A batch needs revision 2025-03-26", List.of("JSON-RPC batching is not supported"));
        errors.put("params must be an object", List.of("Invalid params", "1 validation error for Params"));
        errors.put("tools/call needs a name, and arguments as an object", List.of("Invalid request parameters"));
        errors.put("Unknown tool", List.of("Tool not found", "MCP error -32602: no tool of that name"));
        errors.put("Resource not found", List.of("Unknown resource"));
        errors.put("Unknown prompt", List.of("Prompt does not exist"));
        return errors;
    }

    /** The message of an error in other words. */
    String error(String message) {
        if (message.startsWith("Method not found")) {
            return choice % 2 == 0 ? "Method not found" : "Unknown method";
        }
        List<String> others = ERRORS.getOrDefault(message, List.of(message));
        return others.get(choice % others.size());
    }

    /** An answer with other names and descriptions where the healthy ones stand. */
    Json answer(Json answer) {
        Json error = answer.get("error");
        if (error.isObject() && error.get("message").isString()) {
            return answer.with(
                    "error", error.with("message", error(error.get("message").text())));
        }
        Json result = answer.get("result");
        Json renamed = result;
        if (result.get("serverInfo").equals(HEALTHY)) {
            renamed = renamed.with("serverInfo", SERVERS.get(choice % SERVERS.size()));
        }
        if (result.get("instructions").text().startsWith("Search a small library of documents")) {
            renamed = renamed.with("instructions", "Begin with a search.");
        }
        if (result.get("tools").isArray()) {
            renamed = renamed.with(
                    "tools",
                    Json.of(result.get("tools").items().stream()
                            .map(Wording::tool)
                            .toList()));
        }
        return renamed == result ? answer : answer.with("result", renamed);
    }

    private static Json tool(Json tool) {
        String name = tool.get("name").text();
        Json healthy = Tool.descriptions().stream()
                .filter(known -> known.get("name").text().equals(name))
                .findFirst()
                .orElse(Json.MISSING);
        Json changed = tool;
        if (healthy.isPresent() && tool.get("description").equals(healthy.get("description"))) {
            changed = changed.with("description", DESCRIPTIONS.get(name));
        }
        return tool.isObject() && NAMES.containsKey(name) ? changed.with("name", NAMES.get(name)) : changed;
    }

    /** The tool that a caller means by the new name. */
    static Json called(Json params) {
        return NAMES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(params.get("name").text()))
                .findFirst()
                .map(entry -> params.with("name", entry.getKey()))
                .orElse(params);
    }
}

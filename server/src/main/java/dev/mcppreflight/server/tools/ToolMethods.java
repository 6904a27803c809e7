package dev.mcppreflight.server.tools;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.mcppreflight.server.protocol.Feature;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.MirroredArgument;
import dev.mcppreflight.server.protocol.RawJson;
import dev.mcppreflight.server.protocol.RequestContext;
import dev.mcppreflight.server.protocol.RpcException;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The tools as methods. The core of an SDK would take each call through three conversions and a reactive chain, at twice
 * the processor time of everything else in this server; here a result is written once, and the list only at the start.
 */
public final class ToolMethods implements Feature {

    private final ToolRegistry tools;
    private final JsonCodec json;
    private final RawJson list;

    /** Creates the methods of these tools. */
    public ToolMethods(ToolRegistry tools, JsonCodec json) {
        this(tools, json, tool -> List.of());
    }

    /**
     * Creates the methods of these tools.
     *
     * @param schemes how to sign in for a tool of this name, or nothing to say; ChatGPT offers to sign in where it stands
     */
    public ToolMethods(ToolRegistry tools, JsonCodec json, Function<String, List<SecurityScheme>> schemes) {
        this.tools = tools;
        this.json = json;
        this.list = new RawJson(json.writeText(new Tools(tools.descriptions().stream()
                .map(tool -> described(tool, schemes.apply(tool.name())))
                .toList())));
    }

    /** In the place that ChatGPT documents, and in {@code _meta} for clients that drop what they do not know. */
    private Map<String, Object> described(Tool tool, List<SecurityScheme> schemes) {
        Map<String, Object> description = new LinkedHashMap<>(json.toObject(tool));
        if (!schemes.isEmpty()) {
            description.put("securitySchemes", schemes);
            description.put("_meta", Map.of("securitySchemes", schemes));
        }
        return description;
    }

    @Override
    public Set<String> methods() {
        return Set.of(McpSchema.METHOD_TOOLS_LIST, McpSchema.METHOD_TOOLS_CALL);
    }

    @Override
    public Map<String, Map<String, Object>> capabilities() {
        return Map.of("tools", Map.of("listChanged", false));
    }

    @Override
    public Object answer(String method, Map<?, ?> params, RequestContext context) {
        return method.equals(McpSchema.METHOD_TOOLS_LIST) ? list(params) : call(params, context);
    }

    @Override
    public List<MirroredArgument> mirrored(String tool) {
        return tools.description(tool)
                .map(described -> MirroredArgument.of(described.inputSchema()))
                .orElse(List.of());
    }

    @Override
    public boolean takesLong(String method) {
        return method.equals(McpSchema.METHOD_TOOLS_CALL);
    }

    @Override
    public boolean reports(String method, Map<?, ?> params) {
        return params.get("name") instanceof String name && tools.reports(name);
    }

    private Object list(Map<?, ?> params) {
        // All tools fit one page, so no cursor was ever handed out (server/utilities/pagination: -32602).
        if (params.get("cursor") != null) {
            throw RpcException.invalidParams("unknown cursor");
        }
        return list;
    }

    private Object call(Map<?, ?> params, RequestContext context) {
        if (!(params.get("name") instanceof String name)) {
            throw RpcException.invalidParams("tools/call needs name, a string");
        }
        if (!tools.names().contains(name)) {
            throw RpcException.invalidParams("Unknown tool", name);
        }
        Object arguments = params.get("arguments");
        if (arguments != null && !(arguments instanceof Map)) {
            throw RpcException.invalidParams("arguments must be an object");
        }
        return result(tools.call(name, arguments == null ? Map.of() : members((Map<?, ?>) arguments), context));
    }

    /** What was parsed as a JSON object has strings for keys. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> members(Map<?, ?> object) {
        return (Map<String, Object>) object;
    }

    private Result result(ToolOutcome outcome) {
        if (outcome instanceof ToolOutcome.Success success) {
            String written = json.writeText(success.result());
            return new Result(List.of(new Text(written)), written, false);
        }
        ToolOutcome.Failure failure = (ToolOutcome.Failure) outcome;
        Report report = new Report(failure.code(), failure.message(), failure.hint());
        return new Result(List.of(new Text(json.writeText(report))), null, true);
    }

    /** The result of {@code tools/list}. */
    private record Tools(List<Map<String, Object>> tools) {}

    /** The result of {@code tools/call} (server/tools, "Tool Result"): structured, and the same as text. */
    private record Result(
            List<Text> content,

            @JsonRawValue @JsonInclude(JsonInclude.Include.NON_NULL)
            String structuredContent,

            boolean isError) {}

    private record Text(String type, String text) {

        Text(String text) {
            this("text", text);
        }
    }

    /** The text of an error result. */
    private record Report(String code, String message, String hint) {}
}

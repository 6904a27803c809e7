package dev.mcppreflight.server.everything;

import dev.mcppreflight.server.protocol.Feature;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.MirroredArgument;
import dev.mcppreflight.server.protocol.RequestContext;
import dev.mcppreflight.server.protocol.RpcException;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tools of the official suite as methods. */
final class FixtureTools implements Feature {

    private final Map<String, Fixture> fixtures = new LinkedHashMap<>();
    private final Map<?, ?> list;

    FixtureTools(List<Fixture> fixtures, JsonCodec json) {
        fixtures.forEach(fixture -> this.fixtures.put(fixture.name(), fixture));
        try (InputStream in = FixtureTools.class.getResourceAsStream("tools.json")) {
            this.list = (Map<?, ?>) json.parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Set<String> methods() {
        return Set.of(McpSchema.METHOD_TOOLS_LIST, McpSchema.METHOD_TOOLS_CALL);
    }

    @Override
    public Map<String, Map<String, Object>> capabilities() {
        return Map.of("tools", Map.of("listChanged", true));
    }

    @Override
    public List<MirroredArgument> mirrored(String tool) {
        return ((List<?>) list.get("tools"))
                .stream()
                        .map(described -> (Map<?, ?>) described)
                        .filter(described -> tool.equals(described.get("name")))
                        .flatMap(described -> MirroredArgument.of((Map<?, ?>) described.get("inputSchema")).stream())
                        .toList();
    }

    @Override
    public boolean takesLong(String method) {
        return true;
    }

    @Override
    public boolean reports(String method, Map<?, ?> params) {
        return true;
    }

    @Override
    public boolean asks(String method, Map<?, ?> params) {
        // The list comes as a stream, so that a client meets both forms of an answer.
        Fixture fixture = params.get("name") instanceof String name ? fixtures.get(name) : null;
        return method.equals(McpSchema.METHOD_TOOLS_LIST) || fixture != null && fixture.asks();
    }

    @Override
    public Object answer(String method, Map<?, ?> params, RequestContext context) {
        if (method.equals(McpSchema.METHOD_TOOLS_LIST)) {
            if (params.get("cursor") != null) {
                throw RpcException.invalidParams("unknown cursor");
            }
            return list;
        }
        if (!(params.get("name") instanceof String name)) {
            throw RpcException.invalidParams("tools/call needs name, a string");
        }
        Fixture fixture = fixtures.get(name);
        if (fixture == null) {
            throw RpcException.invalidParams("Unknown tool", name);
        }
        Object arguments = params.get("arguments");
        if (arguments != null && !(arguments instanceof Map)) {
            throw RpcException.invalidParams("arguments must be an object");
        }
        return call(fixture, arguments == null ? Map.of() : (Map<?, ?>) arguments, context);
    }

    private static Object call(Fixture fixture, Map<?, ?> arguments, RequestContext context) {
        try {
            return Map.of("content", fixture.work().call(arguments, context), "isError", false);
        } catch (Fixture.Failed e) {
            return Map.of("content", List.of(Samples.text(e.getMessage())), "isError", true);
        }
    }
}

package dev.mcppreflight.server.everything;

import dev.mcppreflight.server.protocol.Audience;
import dev.mcppreflight.server.protocol.Change;
import dev.mcppreflight.server.protocol.Feature;
import dev.mcppreflight.server.protocol.Peer;
import dev.mcppreflight.server.protocol.RequestContext;
import dev.mcppreflight.server.protocol.RpcException;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The resources of the official suite, one of which changes. */
final class FixtureResources implements Feature {

    private static final String WATCHED = "test://watched-resource";
    private static final String TEMPLATE = "test://template/{id}/data";
    private static final Pattern FROM_TEMPLATE = Pattern.compile("test://template/([A-Za-z0-9._~-]{1,100})/data");

    private final Audience audience;
    private final AtomicInteger changes = new AtomicInteger();

    FixtureResources(Audience audience) {
        this.audience = audience;
    }

    /** Changes the watched resource, and tells those who watch it. */
    void change() {
        changes.incrementAndGet();
        audience.tell(Change.of(WATCHED));
    }

    @Override
    public Set<String> methods() {
        return Set.of(
                McpSchema.METHOD_RESOURCES_LIST,
                McpSchema.METHOD_RESOURCES_TEMPLATES_LIST,
                McpSchema.METHOD_RESOURCES_READ,
                McpSchema.METHOD_RESOURCES_SUBSCRIBE,
                McpSchema.METHOD_RESOURCES_UNSUBSCRIBE);
    }

    @Override
    public Map<String, Map<String, Object>> capabilities() {
        return Map.of("resources", Map.of("subscribe", true, "listChanged", false));
    }

    @Override
    public Object answer(String method, Map<?, ?> params, RequestContext context) {
        return switch (method) {
            case McpSchema.METHOD_RESOURCES_LIST -> list(params);
            case McpSchema.METHOD_RESOURCES_TEMPLATES_LIST -> templates(params);
            case McpSchema.METHOD_RESOURCES_READ -> Map.of("contents", List.of(read(uri(params), context.peer())));
            default -> subscription(method, uri(params), context.peer());
        };
    }

    private static Object list(Map<?, ?> params) {
        refuseCursor(params);
        return Map.of(
                "resources",
                List.of(
                        resource("test://static-text", "static-text", "A text that never changes", "text/plain"),
                        resource("test://static-binary", "static-binary", "A picture of one pixel", "image/png"),
                        resource(WATCHED, "watched-resource", "A text that a tool changes", "text/plain")));
    }

    private static Object templates(Map<?, ?> params) {
        refuseCursor(params);
        return Map.of(
                "resourceTemplates",
                List.of(Map.of(
                        "uriTemplate", TEMPLATE,
                        "name", "template",
                        "description", "Data about any id",
                        "mimeType", "application/json")));
    }

    private static Map<String, String> resource(String uri, String name, String description, String mimeType) {
        return Map.of("uri", uri, "name", name, "description", description, "mimeType", mimeType);
    }

    private Map<String, String> read(String uri, Peer peer) {
        Matcher templated = FROM_TEMPLATE.matcher(uri);
        if (templated.matches()) {
            String id = templated.group(1);
            return content(
                    uri,
                    "application/json",
                    "{\"id\":\"" + id + "\",\"templateTest\":true,\"data\":\"Data for ID: " + id + "\"}");
        }
        return switch (uri) {
            case "test://static-text" -> content(uri, "text/plain", "This is the content of the static text resource.");
            case "test://static-binary" -> Map.of("uri", uri, "mimeType", "image/png", "blob", Samples.PNG);
            case WATCHED -> content(uri, "text/plain", "Changed " + changes.get() + " times.");
            default -> throw RpcException.noResource(uri, peer);
        };
    }

    private static Map<String, String> content(String uri, String mimeType, String text) {
        return Map.of("uri", uri, "mimeType", mimeType, "text", text);
    }

    private Object subscription(String method, String uri, Peer peer) {
        // Only of what there is: a client cannot make the server remember more.
        read(uri, peer);
        if (!uri.equals(WATCHED)) {
            // Never changes, so there is nothing to remember.
            return Map.of();
        }
        if (method.equals(McpSchema.METHOD_RESOURCES_SUBSCRIBE)) {
            peer.subscribe(uri);
        } else {
            peer.unsubscribe(uri);
        }
        return Map.of();
    }

    private static String uri(Map<?, ?> params) {
        if (params.get("uri") instanceof String uri) {
            return uri;
        }
        throw RpcException.invalidParams("uri must be a string");
    }

    private static void refuseCursor(Map<?, ?> params) {
        if (params.get("cursor") != null) {
            throw RpcException.invalidParams("unknown cursor");
        }
    }
}

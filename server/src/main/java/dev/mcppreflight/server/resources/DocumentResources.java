package dev.mcppreflight.server.resources;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mcppreflight.server.documents.Document;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.StoreUnavailableException;
import dev.mcppreflight.server.documents.Summary;
import dev.mcppreflight.server.protocol.Feature;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.Peer;
import dev.mcppreflight.server.protocol.RequestContext;
import dev.mcppreflight.server.protocol.RpcError;
import dev.mcppreflight.server.protocol.RpcException;
import dev.mcppreflight.server.tools.ToolOutcome;
import dev.mcppreflight.server.tools.ToolRegistry;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The documents and their figures as resources (server/resources), page by page. */
public final class DocumentResources implements Feature {

    /** What stands before the id of a document. */
    static final String SCHEME = "documents://";

    /** The template of the URI of a document. */
    static final String TEMPLATE = SCHEME + "{document_id}";

    /** How earlier set-ups named the figures. */
    private static final String STATS_ALIAS = "supabase://documents/stats";

    /** The URI of the figures. */
    static final String STATS = SCHEME + "stats";

    private static final String MARKDOWN = "text/markdown";
    private static final String JSON = "application/json";
    private static final int PAGE = 50;
    private static final int MOST_SUBSCRIPTIONS = 1000;

    private final Logger log = LoggerFactory.getLogger(DocumentResources.class);
    private final DocumentStore store;
    private final ToolRegistry tools;
    private final JsonCodec json;
    private final boolean changes;

    /**
     * Creates the resources of this store; the figures are those of the tool.
     *
     * @param changes whether clients can be told of every change, so that they may rely on it
     */
    public DocumentResources(DocumentStore store, ToolRegistry tools, JsonCodec json, boolean changes) {
        this.store = store;
        this.tools = tools;
        this.json = json;
        this.changes = changes;
    }

    @Override
    public Set<String> methods() {
        Set<String> methods = new HashSet<>(Set.of(
                McpSchema.METHOD_RESOURCES_LIST,
                McpSchema.METHOD_RESOURCES_TEMPLATES_LIST,
                McpSchema.METHOD_RESOURCES_READ));
        if (changes) {
            methods.add(McpSchema.METHOD_RESOURCES_SUBSCRIBE);
            methods.add(McpSchema.METHOD_RESOURCES_UNSUBSCRIBE);
        }
        return methods;
    }

    @Override
    public Map<String, Map<String, Object>> capabilities() {
        return Map.of("resources", changes ? Map.of("subscribe", true, "listChanged", true) : Map.of());
    }

    @Override
    public Object answer(String method, Map<?, ?> params, RequestContext context) {
        try {
            return switch (method) {
                case McpSchema.METHOD_RESOURCES_LIST -> list(params);
                case McpSchema.METHOD_RESOURCES_TEMPLATES_LIST -> templates(params);
                case McpSchema.METHOD_RESOURCES_SUBSCRIBE -> subscribe(params, context.peer());
                case McpSchema.METHOD_RESOURCES_UNSUBSCRIBE -> unsubscribe(params, context.peer());
                default -> read(params, context.peer());
            };
        } catch (StoreUnavailableException e) {
            log.error("the store failed in {}", method, e);
            throw unavailable();
        }
    }

    private Page list(Map<?, ?> params) {
        String start = Cursors.start(params);
        List<Resource> resources = new ArrayList<>();
        if (start == null) {
            resources.add(new Resource(STATS, "stats", "Figures about the collection", JSON));
        }
        // One more than a page tells whether there is a next one.
        List<Summary> found = store.list(start == null ? "" : start, PAGE + 1);
        List<Summary> page = found.subList(0, Math.min(PAGE, found.size()));
        page.forEach(d -> resources.add(new Resource(SCHEME + d.id(), d.id(), d.title(), MARKDOWN)));
        return new Page(
                resources,
                found.size() > PAGE ? Cursors.behind(page.get(PAGE - 1).id()) : null);
    }

    private static Templates templates(Map<?, ?> params) {
        Cursors.refuseAny(params);
        return new Templates(List.of(new Template(
                TEMPLATE, "document", "A document", "The whole text of a document, by its id.", MARKDOWN)));
    }

    private Contents read(Map<?, ?> params, Peer peer) {
        String uri = uri(params, "resources/read");
        if (uri.equals(STATS) || uri.equals(STATS_ALIAS)) {
            return new Contents(List.of(new Content(uri, JSON, figures())));
        }
        if (!uri.startsWith(SCHEME)) {
            throw RpcException.noResource(uri, peer);
        }
        Document document =
                store.find(uri.substring(SCHEME.length())).orElseThrow(() -> RpcException.noResource(uri, peer));
        return new Contents(List.of(new Content(uri, MARKDOWN, document.text())));
    }

    /** Only to what there is, and not to more than somebody looks at: a client cannot make the server remember at will. */
    private Map<String, Object> subscribe(Map<?, ?> params, Peer peer) {
        String uri = uri(params, "resources/subscribe");
        if (!uri.equals(STATS)
                && (!uri.startsWith(SCHEME)
                        || store.find(uri.substring(SCHEME.length())).isEmpty())) {
            throw RpcException.noResource(uri, peer);
        }
        if (peer.subscriptions() >= MOST_SUBSCRIPTIONS) {
            throw RpcException.invalidParams("at most " + MOST_SUBSCRIPTIONS + " subscriptions");
        }
        peer.subscribe(uri);
        return Map.of();
    }

    private static Map<String, Object> unsubscribe(Map<?, ?> params, Peer peer) {
        peer.unsubscribe(uri(params, "resources/unsubscribe"));
        return Map.of();
    }

    private static String uri(Map<?, ?> params, String method) {
        if (params.get("uri") instanceof String uri) {
            return uri;
        }
        throw RpcException.invalidParams(method + " needs uri, a string");
    }

    private String figures() {
        if (tools.call("get_database_stats", Map.of()) instanceof ToolOutcome.Success success) {
            return json.writeText(success.result());
        }
        throw unavailable();
    }

    private static RpcException unavailable() {
        return new RpcException(new RpcError(
                RpcError.INTERNAL_ERROR, "database_unavailable: the document store cannot be reached, try again"));
    }

    private record Resource(String uri, String name, String title, String mimeType) {}

    private record Page(
            List<Resource> resources,
            @JsonInclude(JsonInclude.Include.NON_NULL) String nextCursor) {}

    private record Template(String uriTemplate, String name, String title, String description, String mimeType) {}

    private record Templates(List<Template> resourceTemplates) {}

    private record Content(String uri, String mimeType, String text) {}

    private record Contents(List<Content> contents) {}
}

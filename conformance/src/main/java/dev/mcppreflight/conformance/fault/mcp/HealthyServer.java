package dev.mcppreflight.conformance.fault.mcp;

import dev.mcppreflight.conformance.data.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A small MCP server that does everything right. */
public final class HealthyServer implements Rpc {

    private static final String INSTRUCTIONS =
            "Search a small library of documents with search, read one with fetch. echo and add are there to try"
                    + " the connection. Every tool only reads.";
    static final Set<String> LOG_LEVELS =
            Set.of("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");

    private final Map<String, Method> methods = new LinkedHashMap<>();
    private final Json capabilities;

    /** One method: from params (an object, or missing) to a result. */
    @FunctionalInterface
    private interface Method {
        Json apply(Json params, Session session);
    }

    HealthyServer(Set<Trait> traits) {
        boolean full = traits.contains(Trait.FULL);
        Json declared = Json.object();
        methods.put("initialize", this::initialize);
        methods.put("ping", (params, session) -> Json.object());
        if (!traits.contains(Trait.TOOLS_LESS)) {
            declared = declared.with("tools", Json.object());
            methods.put("tools/list", (params, session) -> Page.whole("tools", Tool.descriptions(), params));
            methods.put("tools/call", (params, session) -> Tool.call(params));
        }
        if (full || traits.contains(Trait.TOOLS_LESS)) {
            declared = declared.with("resources", full ? Json.object("subscribe", true) : Json.object())
                    .with("prompts", Json.object());
            offer("resources", "resources/list", Note.descriptions(), full);
            offer("resourceTemplates", "resources/templates/list", Note.templates(), full);
            methods.put("resources/read", (params, session) -> Note.read(params));
            offer("prompts", "prompts/list", Prompt.descriptions(), full);
            methods.put("prompts/get", (params, session) -> Prompt.get(params));
        }
        if (full) {
            declared = declared.with("completions", Json.object()).with("logging", Json.object());
            // The notes never change, so that there is nobody to remember.
            Method known = (params, session) -> {
                Note.existing(params);
                return Json.object();
            };
            methods.put("resources/subscribe", known);
            methods.put("resources/unsubscribe", known);
            methods.put("completion/complete", (params, session) -> Completion.complete(params));
            methods.put("logging/setLevel", (params, session) -> setLevel(params));
        }
        capabilities = declared;
    }

    /** A healthy server in all the revisions that it is to speak. */
    public static Rpc of(Set<Trait> traits) {
        Rpc older = new HealthyServer(traits);
        boolean alone = traits.contains(Trait.MODERN_ONLY);
        return alone || traits.contains(Trait.MODERN) ? new ModernServer(older, alone) : older;
    }

    @Override
    public Json answer(Call call) {
        if (!call.isRequest()) {
            return Json.MISSING;
        }
        try {
            return Rpc.result(call.id(), apply(call));
        } catch (RpcError e) {
            return e.response(call.id());
        }
    }

    private Json apply(Call call) {
        Method method = methods.get(call.method());
        if (method == null) {
            throw new RpcError(RpcError.METHOD_NOT_FOUND, "Method not found: " + call.method());
        }
        boolean opening = Set.of("initialize", "ping").contains(call.method());
        if (!opening && !call.session().isInitialized()) {
            throw new RpcError(RpcError.INVALID_REQUEST, "The session is not initialized");
        }
        if (call.params().isPresent() && !call.params().isObject()) {
            throw new RpcError(RpcError.INVALID_PARAMS, "params must be an object");
        }
        return method.apply(call.params(), call.session());
    }

    private Json initialize(Json params, Session session) {
        Json requested = params.get("protocolVersion");
        boolean wrongTypes = List.of("capabilities", "clientInfo").stream()
                .map(params::get)
                .anyMatch(member -> member.isPresent() && !member.isObject());
        if (!requested.isString() || wrongTypes) {
            throw new RpcError(RpcError.INVALID_PARAMS, "initialize needs protocolVersion, capabilities, clientInfo");
        }
        session.negotiated(Revision.negotiate(requested.text()));
        return Json.object(
                "protocolVersion",
                session.revision(),
                "capabilities",
                capabilities,
                "serverInfo",
                Json.object("name", "preflight-healthy", "title", "Preflight healthy server", "version", "1.0.0"),
                "instructions",
                INSTRUCTIONS);
    }

    private static Json setLevel(Json params) {
        if (!LOG_LEVELS.contains(params.get("level").text())) {
            throw new RpcError(RpcError.INVALID_PARAMS, "Unknown log level");
        }
        return Json.object();
    }

    private void offer(String member, String method, List<Json> items, boolean paged) {
        methods.put(
                method,
                (params, session) -> paged ? Page.of(member, items, params) : Page.whole(member, items, params));
    }
}

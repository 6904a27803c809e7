package dev.mcppreflight.server.protocol;

import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before the SDK's protocol core, which shakes hands and keeps the session, and answers everything else itself:
 * the core parks requests that come before {@code initialize} for ever, ignores cursors, answers misshapen parameters
 * with -32603, and takes twice the processor time.
 */
public final class RequestGuard {

    private static final Set<String> BASICS = Set.of(McpSchema.METHOD_INITIALIZE, McpSchema.METHOD_PING);

    private final Logger log = LoggerFactory.getLogger(RequestGuard.class);
    private final Map<String, Feature> features = new HashMap<>();

    /** Creates a guard for a server that has these features and nothing else. */
    public RequestGuard(List<Feature> features) {
        features.forEach(feature -> feature.methods().forEach(method -> this.features.put(method, feature)));
    }

    /** What becomes of a request. */
    public sealed interface Decision {

        /**
         * The core answers it: it is the {@code initialize} of a new session.
         *
         * @param request the request, reduced to the members that the core needs
         */
        record Forward(JSONRPCRequest request) implements Decision {}

        /**
         * The guard has answered it.
         *
         * @param response the answer
         */
        record Answer(JSONRPCResponse response) implements Decision {}
    }

    /** Returns the error for a method that this server does not have, whatever the state of the session. */
    public static RpcError unknownMethod(String method) {
        return new RpcError(RpcError.METHOD_NOT_FOUND, "Method not found: " + RpcError.quote(method));
    }

    /** Tells whether this server has the method. */
    public boolean knows(String method) {
        return BASICS.contains(method) || features.containsKey(method);
    }

    /**
     * Decides about a request.
     *
     * @param request the request
     * @param initialized whether the session has seen an {@code initialize} before
     */
    public Decision decide(Message.Request request, boolean initialized) {
        if (!knows(request.method())) {
            return refuse(request, unknownMethod(request.method()));
        }
        if (request.method().equals(McpSchema.METHOD_PING)) {
            // Allowed at any time, also before initialize (basic/lifecycle).
            return new Decision.Answer(JSONRPCResponse.result(request.id(), Map.of()));
        }
        boolean isInitialize = request.method().equals(McpSchema.METHOD_INITIALIZE);
        if (isInitialize == initialized) {
            return refuse(
                    request,
                    new RpcError(
                            RpcError.INVALID_REQUEST,
                            initialized ? "The session is already initialized" : "Send initialize first"));
        }
        if (request.params() != null && !(request.params() instanceof Map)) {
            return refuse(request, invalidParams("params must be an object"));
        }
        Map<?, ?> params = request.params() instanceof Map<?, ?> given ? given : Map.of();
        return isInitialize ? initialize(request, params) : ask(features.get(request.method()), request, params);
    }

    private Decision ask(Feature feature, Message.Request request, Map<?, ?> params) {
        try {
            return new Decision.Answer(JSONRPCResponse.result(request.id(), feature.answer(request.method(), params)));
        } catch (RpcException e) {
            return refuse(request, e.error());
        } catch (RuntimeException e) {
            log.error("{} failed", request.method(), e);
            return refuse(request, new RpcError(RpcError.INTERNAL_ERROR, "Internal error"));
        }
    }

    private Decision initialize(Message.Request request, Map<?, ?> params) {
        if (!(params.get("protocolVersion") instanceof String version)) {
            return refuse(request, invalidParams("initialize needs protocolVersion, a string"));
        }
        if (!(params.get("capabilities") instanceof Map)) {
            return refuse(request, invalidParams("initialize needs capabilities, an object"));
        }
        if (!(params.get("clientInfo") instanceof Map<?, ?> client)) {
            return refuse(request, invalidParams("initialize needs clientInfo, an object"));
        }
        // The server uses no client capability, so whatever a client declares must not be able to break the core.
        Map<String, Object> essence = new LinkedHashMap<>();
        // The counter-offer to an unknown revision is the newest one (basic/lifecycle, "Version Negotiation"). It is
        // made
        // here because the core would write what the client sent into the log.
        essence.put(
                "protocolVersion",
                Revision.of(version).orElse(Revision.newest()).date());
        essence.put("capabilities", Map.of());
        essence.put("clientInfo", Map.of("name", text(client.get("name")), "version", text(client.get("version"))));
        return new Decision.Forward(new JSONRPCRequest(request.method(), request.id(), essence));
    }

    private static RpcError invalidParams(String why) {
        return new RpcError(RpcError.INVALID_PARAMS, "Invalid params: " + why);
    }

    private static String text(Object value) {
        return value instanceof String string && !string.isBlank() ? string : "unknown";
    }

    private static Decision refuse(Message.Request request, RpcError error) {
        return new Decision.Answer(error.answering(request.id()));
    }
}

package dev.mcppreflight.server.protocol;

import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The protocol of sessions, the same on every transport: it shakes hands, and gives each request to its feature. */
public final class Dispatcher {

    private static final String CANCELLED = "notifications/cancelled";

    private final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    private final Identity identity;
    private final JsonCodec json;
    private final Map<String, Feature> features = new HashMap<>();
    private final Map<String, Map<String, Object>> capabilities = new TreeMap<>();

    /** Creates the protocol of a server that has these features and nothing else. */
    public Dispatcher(Identity identity, List<Feature> features, JsonCodec json) {
        this.identity = identity;
        this.json = json;
        for (Feature feature : features) {
            feature.methods().forEach(method -> this.features.put(method, feature));
            feature.capabilities().forEach((name, members) -> capabilities
                    .computeIfAbsent(name, n -> new TreeMap<>())
                    .putAll(members));
        }
    }

    /** Returns the error for a method that this server does not have, whatever the state of the session. */
    public static RpcError unknownMethod(String method) {
        return new RpcError(RpcError.METHOD_NOT_FOUND, "Method not found: " + RpcError.quote(method));
    }

    /** Tells whether this server has the method. */
    public boolean knows(String method) {
        return method.equals(McpSchema.METHOD_INITIALIZE)
                || method.equals(McpSchema.METHOD_PING)
                || features.containsKey(method);
    }

    /** Tells whether the answer may take long enough to matter to whoever waits behind it. */
    public boolean takesLong(Message.Request request) {
        Feature feature = features.get(request.method());
        return feature != null && feature.takesLong(request.method());
    }

    /** Tells whether messages to the client may go before the answer, so that it has to be a stream. */
    public boolean converses(Message.Request request, Peer peer) {
        Feature feature = features.get(request.method());
        if (feature == null || !feature.takesLong(request.method())) {
            return false;
        }
        return peer.wantsLog()
                || feature.asks(request.method(), params(request))
                || request.meta().get("progressToken") != null && feature.reports(request.method(), params(request));
    }

    /**
     * Takes a request.
     *
     * @param request the request
     * @param peer who sent it
     * @param outlet where messages go that belong to it
     */
    public PendingAnswer take(Message.Request request, Peer peer, Outlet outlet) {
        ActiveRequest context = new ActiveRequest(request, peer, outlet, json);
        if (takesLong(request)) {
            peer.begin(context);
        }
        return new PendingAnswer(this, request, context);
    }

    Optional<JSONRPCResponse> answer(Message.Request request, ActiveRequest context) {
        try {
            Object result = result(request, context);
            context.checkCancelled();
            return Optional.of(JSONRPCResponse.result(request.id(), result));
        } catch (RequestCancelled e) {
            return Optional.empty();
        } catch (RpcException e) {
            return Optional.of(e.error().answering(request.id()));
        } catch (RuntimeException e) {
            log.error("{} failed", request.method(), e);
            return Optional.of(new RpcError(RpcError.INTERNAL_ERROR, "Internal error").answering(request.id()));
        }
    }

    private Object result(Message.Request request, ActiveRequest context) {
        if (!knows(request.method())) {
            throw new RpcException(unknownMethod(request.method()));
        }
        if (request.method().equals(McpSchema.METHOD_PING)) {
            // Allowed at any time, also before initialize (basic/lifecycle).
            return Map.of();
        }
        boolean isInitialize = request.method().equals(McpSchema.METHOD_INITIALIZE);
        if (isInitialize == context.peer().isIntroduced()) {
            throw invalidRequest(isInitialize ? "The session is already initialized" : "Send initialize first");
        }
        if (request.params() != null && !(request.params() instanceof Map)) {
            throw RpcException.invalidParams("params must be an object");
        }
        return isInitialize
                ? initialize(params(request), context.peer())
                : features.get(request.method()).answer(request.method(), params(request), context);
    }

    private Object initialize(Map<?, ?> params, Peer peer) {
        if (!(params.get("protocolVersion") instanceof String version)) {
            throw RpcException.invalidParams("initialize needs protocolVersion, a string");
        }
        if (!(params.get("capabilities") instanceof Map<?, ?> declared)) {
            throw RpcException.invalidParams("initialize needs capabilities, an object");
        }
        if (!(params.get("clientInfo") instanceof Map)) {
            throw RpcException.invalidParams("initialize needs clientInfo, an object");
        }
        // The counter-offer to an unknown revision is the newest one (basic/lifecycle, "Version Negotiation").
        Revision revision = Revision.of(version).orElse(Revision.newest());
        if (!peer.introduce(revision, declared)) {
            throw invalidRequest("The session is already initialized");
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("protocolVersion", revision.date());
        result.put("capabilities", capabilities);
        result.put(
                "serverInfo",
                Map.of("name", identity.name(), "title", identity.title(), "version", identity.version()));
        result.put("instructions", identity.instructions());
        return result;
    }

    /**
     * Takes what needs no answer. That a client is initialized is implied by {@code initialize}: a request of a client that
     * forgot the notification is answered all the same.
     */
    public void hear(Message message, Peer peer) {
        if (message instanceof Message.Response response) {
            peer.questions().answered(response);
        } else if (message instanceof Message.Notification notification
                && notification.method().equals(CANCELLED)) {
            peer.cancel(notification.params().get("requestId"));
        }
    }

    private static Map<?, ?> params(Message.Request request) {
        return request.params() instanceof Map<?, ?> given ? given : Map.of();
    }

    private static RpcException invalidRequest(String why) {
        return new RpcException(new RpcError(RpcError.INVALID_REQUEST, why));
    }
}

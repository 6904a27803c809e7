package dev.mcppreflight.server.protocol;

import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The protocol of sessions, the same on every transport: it shakes hands, and gives each request to its feature. */
public final class Dispatcher {

    private static final String CANCELLED = "notifications/cancelled";

    private final Identity identity;
    private final JsonCodec json;
    private final FeatureTable features;

    /** Creates the protocol of a server that has these features and nothing else. */
    public Dispatcher(Identity identity, FeatureTable features, JsonCodec json) {
        this.identity = identity;
        this.json = json;
        this.features = features;
    }

    /** Returns the error for a method that this server does not have, whatever the state of the session. */
    public static RpcError unknownMethod(String method) {
        return new RpcError(RpcError.METHOD_NOT_FOUND, "Method not found: " + RpcError.quote(method));
    }

    /** Tells whether this server has the method. */
    public boolean knows(String method) {
        return method.equals(McpSchema.METHOD_INITIALIZE)
                || method.equals(McpSchema.METHOD_PING)
                || features.of(method).isPresent();
    }

    /** Tells whether the answer may take long enough to matter to whoever waits behind it. */
    public boolean takesLong(Message.Request request) {
        return features.of(request.method())
                .filter(feature -> feature.takesLong(request.method()))
                .isPresent();
    }

    /** Tells whether messages to the client may go before the answer, so that it has to be a stream. */
    public boolean converses(Message.Request request, Peer peer) {
        if (!takesLong(request)) {
            return false;
        }
        Feature feature = features.of(request.method()).orElseThrow();
        return peer.wantsLog()
                || feature.asks(request.method(), request.members())
                || request.meta().get("progressToken") != null && feature.reports(request.method(), request.members());
    }

    /**
     * Takes a request.
     *
     * @param request the request
     * @param peer who sent it
     * @param outlet where messages go that belong to it
     */
    public PendingAnswer take(Message.Request request, Peer peer, Outlet outlet) {
        ActiveRequest context =
                new ActiveRequest(request, peer, course -> new Questioning(course, peer, outlet, json), outlet, json);
        if (takesLong(request)) {
            peer.begin(context);
        }
        return new PendingAnswer(this, request, context);
    }

    Optional<JSONRPCResponse> answer(Message.Request request, ActiveRequest context) {
        return features.outcome(request, context, () -> result(request, context));
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
                ? initialize(request.members(), context.peer())
                : features.of(request.method()).orElseThrow().answer(request.method(), request.members(), context);
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
        Revision revision = Revision.ofSession(version).orElse(Revision.newestOfSessions());
        if (!peer.introduce(revision, declared)) {
            throw invalidRequest("The session is already initialized");
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("protocolVersion", revision.date());
        result.put("capabilities", features.capabilities());
        result.put("serverInfo", identity.info());
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

    private static RpcException invalidRequest(String why) {
        return new RpcException(new RpcError(RpcError.INVALID_REQUEST, why));
    }
}

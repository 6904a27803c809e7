package dev.mcppreflight.server.stateless;

import dev.mcppreflight.server.protocol.ActiveRequest;
import dev.mcppreflight.server.protocol.Dispatcher;
import dev.mcppreflight.server.protocol.Feature;
import dev.mcppreflight.server.protocol.FeatureTable;
import dev.mcppreflight.server.protocol.Identity;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.Message;
import dev.mcppreflight.server.protocol.MirroredArgument;
import dev.mcppreflight.server.protocol.Outlet;
import dev.mcppreflight.server.protocol.Peer;
import dev.mcppreflight.server.protocol.Revision;
import dev.mcppreflight.server.protocol.RpcError;
import dev.mcppreflight.server.protocol.RpcException;
import dev.mcppreflight.server.replicas.Shelf;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The protocol without sessions (2026-07-28), the same on every transport: each request tells all there is to know. */
public final class StatelessProtocol {

    private static final String DISCOVER = "server/discover";
    private static final String LISTEN = "subscriptions/listen";
    private static final int LONGEST_SUBSCRIPTION_ID = 256;

    /** What features still have for sessions, and this protocol does not. */
    private static final Set<String> REMOVED =
            Set.of("logging/setLevel", "resources/subscribe", "resources/unsubscribe");

    private final Identity identity;
    private final FeatureTable features;
    private final JsonCodec json;
    private final Results results;
    private final RequestStates states;

    /**
     * Creates the protocol of a server that has these features and nothing else.
     *
     * @param shelf what it has in common with its replicas
     */
    public StatelessProtocol(Identity identity, FeatureTable features, JsonCodec json, Shelf shelf) {
        this.identity = identity;
        this.features = features;
        this.json = json;
        this.results = new Results(identity, json);
        this.states = new RequestStates(shelf, json, Clock.systemUTC());
    }

    /** Tells whether a request introduces its client, and so is of this protocol whatever else it says. */
    public static boolean isIntroducedBy(Message.Request request) {
        return request.meta().containsKey(MetaKeys.VERSION);
    }

    /** Tells whether this protocol alone has the method. */
    public static boolean owns(String method) {
        return method.equals(DISCOVER) || method.equals(LISTEN);
    }

    /** Tells whether the request is answered with a stream that stays open. */
    public static boolean isSubscription(Message.Request request) {
        return request.method().equals(LISTEN);
    }

    /** Returns the revision that a request declares, if it declares one. */
    public static Optional<String> version(Message.Request request) {
        return request.meta().get(MetaKeys.VERSION) instanceof String version ? Optional.of(version) : Optional.empty();
    }

    /** Returns the arguments of this tool that clients repeat in headers. */
    public List<MirroredArgument> mirrored(String tool) {
        return features.mirrored(tool);
    }

    /** Returns why a request cannot be answered at all, or nothing. */
    public Optional<RpcError> objection(Message.Request request) {
        try {
            Introduction.of(request);
        } catch (RpcException e) {
            return Optional.of(e.error());
        }
        return owns(request.method()) || feature(request).isPresent()
                ? Optional.empty()
                : Optional.of(Dispatcher.unknownMethod(request.method()));
    }

    private Optional<Feature> feature(Message.Request request) {
        return REMOVED.contains(request.method()) ? Optional.empty() : features.of(request.method());
    }

    /** Tells whether the answer may take long enough to matter to whoever waits behind it. */
    public boolean takesLong(Message.Request request) {
        return feature(request)
                .filter(feature -> feature.takesLong(request.method()))
                .isPresent();
    }

    /** Tells whether there may be something to say before the answer, or time enough to lose interest in it. */
    public boolean converses(Message.Request request) {
        return takesLong(request)
                && (request.meta().containsKey(MetaKeys.LOG_LEVEL)
                        || features.of(request.method())
                                .filter(feature -> feature.reports(request.method(), request.members()))
                                .isPresent());
    }

    /**
     * Takes a request to which there is no objection.
     *
     * @param principal on whose behalf the client speaks, or null where nobody asked
     * @param outlet where messages go that belong to the request
     */
    public PendingResult take(Message.Request request, String principal, Outlet outlet) {
        Peer peer = Introduction.of(request).peer(principal);
        Rounds rounds = new Rounds(request, peer, states);
        ActiveRequest course = new ActiveRequest(request, peer, c -> rounds, outlet, json);
        return new PendingResult(
                course, () -> features.outcome(request, course, () -> result(request, course, rounds)));
    }

    private Object result(Message.Request request, ActiveRequest course, Rounds rounds) {
        if (request.method().equals(DISCOVER)) {
            return results.complete(DISCOVER, discovery());
        }
        rounds.begin();
        try {
            Object result = feature(request).orElseThrow().answer(request.method(), request.members(), course);
            return results.complete(request.method(), result);
        } catch (InputNeeded e) {
            return results.inputRequired(e);
        }
    }

    private Map<String, Object> discovery() {
        Map<String, Object> discovery = new LinkedHashMap<>();
        discovery.put("supportedVersions", Revision.dates(true));
        discovery.put("capabilities", features.capabilities());
        discovery.put("instructions", identity.instructions());
        return discovery;
    }

    /**
     * Returns the subscription that a request asks for.
     *
     * @param outlet where its messages go
     * @throws RpcException when it cannot be understood
     */
    public Subscription subscription(Message.Request request, Outlet outlet) {
        if (request.id() instanceof String id && id.length() > LONGEST_SUBSCRIPTION_ID) {
            // It goes into every message.
            throw RpcException.invalidParams(
                    "the id of a subscription has at most " + LONGEST_SUBSCRIPTION_ID + " characters");
        }
        Filter filter = Filter.of(request.members(), features.capabilities());
        byte[] end = json.write(JSONRPCResponse.result(request.id(), results.ended(request.id())));
        return new Subscription(request.id(), filter, outlet, end, json);
    }
}

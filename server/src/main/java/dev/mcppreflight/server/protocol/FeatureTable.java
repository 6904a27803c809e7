package dev.mcppreflight.server.protocol;

import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The features of a server, by their methods: the same in every revision and on every transport. */
public final class FeatureTable {

    private final Logger log = LoggerFactory.getLogger(FeatureTable.class);
    private final List<Feature> all;
    private final Map<String, Feature> byMethod = new HashMap<>();
    private final Map<String, Map<String, Object>> capabilities = new TreeMap<>();

    /** Creates the table of these features. */
    public FeatureTable(List<Feature> features) {
        this.all = List.copyOf(features);
        for (Feature feature : all) {
            feature.methods().forEach(method -> byMethod.put(method, feature));
            feature.capabilities().forEach((name, members) -> capabilities
                    .computeIfAbsent(name, n -> new TreeMap<>())
                    .putAll(members));
        }
    }

    /** Returns the feature that has this method. */
    public Optional<Feature> of(String method) {
        return Optional.ofNullable(byMethod.get(method));
    }

    /** Returns the capabilities with their members. */
    public Map<String, Map<String, Object>> capabilities() {
        return Collections.unmodifiableMap(capabilities);
    }

    /** Returns the arguments of this tool that clients repeat in headers. */
    public List<MirroredArgument> mirrored(String tool) {
        return all.stream().flatMap(feature -> feature.mirrored(tool).stream()).toList();
    }

    /**
     * Returns the response to a request; there is none when the client has cancelled it.
     *
     * @param work makes the result
     */
    public Optional<JSONRPCResponse> outcome(Message.Request request, RequestContext context, Supplier<Object> work) {
        try {
            Object result = work.get();
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
}

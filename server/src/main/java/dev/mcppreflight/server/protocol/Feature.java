package dev.mcppreflight.server.protocol;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Methods with the capability that declares them, the same on every transport. */
public interface Feature {

    /** Returns the names of the methods. */
    Set<String> methods();

    /**
     * Returns what {@code initialize} and {@code server/discover} declare for them: names of capabilities with their members. Of two features with one
     * capability the members are joined.
     */
    Map<String, Map<String, Object>> capabilities();

    /**
     * Returns the result of a request.
     *
     * @param method one of {@link #methods()}
     * @param params the parameters, an object; empty when absent
     * @param context whom the answer is for
     * @throws RpcException when there is none
     * @throws RequestCancelled when the client has lost interest
     */
    Object answer(String method, Map<?, ?> params, RequestContext context);

    /**
     * Returns the arguments of a tool that clients repeat in headers (2026-07-28, "Custom Headers from Tool Parameters").
     *
     * @param tool the name of a tool, of this feature or not
     */
    default List<MirroredArgument> mirrored(String tool) {
        return List.of();
    }

    /** Tells whether the answer to this method may take long enough for the client to want to hear of it meanwhile. */
    default boolean takesLong(String method) {
        return false;
    }

    /** Tells whether the answer to this request may tell of its progress; anything that takes long may write a log. */
    default boolean reports(String method, Map<?, ?> params) {
        return false;
    }

    /** Tells whether this request may have something to ask or tell the client that it did not ask to be told. */
    default boolean asks(String method, Map<?, ?> params) {
        return false;
    }
}

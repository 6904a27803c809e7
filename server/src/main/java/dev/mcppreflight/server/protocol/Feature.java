package dev.mcppreflight.server.protocol;

import java.util.Map;
import java.util.Set;

/** Methods that are answered in front of the SDK's core, the same on every transport. */
public interface Feature {

    /** Returns the names of the methods. */
    Set<String> methods();

    /**
     * Returns the result of a request.
     *
     * @param method one of {@link #methods()}
     * @param params the parameters, an object; empty when absent
     * @throws RpcException when there is none
     */
    Object answer(String method, Map<?, ?> params);
}

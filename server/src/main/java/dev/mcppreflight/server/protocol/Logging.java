package dev.mcppreflight.server.protocol;

import java.util.Map;
import java.util.Set;

/** Log messages for clients (server/utilities/logging): a client that asks for a level gets them from there on. */
public final class Logging implements Feature {

    private static final String SET_LEVEL = "logging/setLevel";

    @Override
    public Set<String> methods() {
        return Set.of(SET_LEVEL);
    }

    @Override
    public Map<String, Map<String, Object>> capabilities() {
        return Map.of("logging", Map.of());
    }

    @Override
    public Object answer(String method, Map<?, ?> params, RequestContext context) {
        LogLevel level = LogLevel.of(params.get("level"))
                .orElseThrow(() -> RpcException.invalidParams("level must be one of debug, info, notice, warning,"
                        + " error, critical, alert and emergency"));
        context.peer().logFrom(level);
        return Map.of();
    }
}

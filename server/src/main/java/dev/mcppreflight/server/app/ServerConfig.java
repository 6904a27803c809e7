package dev.mcppreflight.server.app;

import dev.mcppreflight.server.auth.AccessPolicy;
import dev.mcppreflight.server.auth.RateLimit;
import dev.mcppreflight.server.auth.SignIn;
import dev.mcppreflight.server.http.HttpOptions;
import dev.mcppreflight.server.tools.WriteAccess;
import java.util.Map;

/**
 * Everything that is decided before the start.
 *
 * @param http how the HTTP side behaves
 * @param access who may speak to the MCP routes
 * @param signIn how users sign in, or null where they do not
 * @param requestLimit how often each principal may call, or null
 * @param toolLimits how often each principal may call single tools
 * @param writing what tools that write may work with, or null when they are switched off
 */
public record ServerConfig(
        HttpOptions http,
        AccessPolicy access,
        SignIn signIn,
        RateLimit requestLimit,
        Map<String, RateLimit> toolLimits,
        WriteAccess writing) {

    /** Creates a configuration without authorization server. */
    public ServerConfig(
            HttpOptions http,
            AccessPolicy access,
            RateLimit requestLimit,
            Map<String, RateLimit> toolLimits,
            WriteAccess writing) {
        this(http, access, null, requestLimit, toolLimits, writing);
    }

    /** Returns what a local server uses: loopback, a free port, nobody asked for a key. */
    public static ServerConfig local() {
        return new ServerConfig(HttpOptions.local(), AccessPolicy.open(), null, Map.of(), null);
    }
}

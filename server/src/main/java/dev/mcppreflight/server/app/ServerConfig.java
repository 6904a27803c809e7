package dev.mcppreflight.server.app;

import dev.mcppreflight.server.auth.AccessPolicy;
import dev.mcppreflight.server.http.HttpOptions;

/**
 * Everything that is decided before the start.
 *
 * @param http how the HTTP side behaves
 * @param access who may speak to the MCP routes
 */
public record ServerConfig(HttpOptions http, AccessPolicy access) {

    /** Returns what a local server uses: loopback, a free port, nobody asked for a key. */
    public static ServerConfig local() {
        return new ServerConfig(HttpOptions.local(), AccessPolicy.open());
    }
}

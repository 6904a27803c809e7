package dev.mcppreflight.server.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which {@code Host} and {@code Origin} values are ours: the defence against DNS rebinding (basic/transports, "Security
 * Warning"). Loopback names are, with any port.
 */
final class OriginRules {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> hosts;
    private final Set<String> origins;

    /**
     * Creates the rules.
     *
     * @param hosts more names, {@code name} for any port or {@code name:port}
     * @param origins more origins, {@code scheme://name} or {@code scheme://name:port}
     */
    OriginRules(Set<String> hosts, Set<String> origins) {
        this.hosts = lower(hosts);
        this.origins = lower(origins);
    }

    /** Tells whether a {@code Host} header names this server; a missing one does not. */
    boolean allowsHost(String host) {
        if (host == null) {
            return false;
        }
        String authority = host.strip().toLowerCase(Locale.ROOT);
        String name = nameOf(authority);
        return LOOPBACK.contains(name) || hosts.contains(name) || hosts.contains(authority);
    }

    /** Tells whether pages of this origin may call; call it only when the header is present. */
    boolean allowsOrigin(String origin) {
        if (origins.contains(origin.strip().toLowerCase(Locale.ROOT))) {
            return true;
        }
        try {
            URI uri = new URI(origin.strip());
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return web
                    && uri.getHost() != null
                    && LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Tells whether a {@code Host} header names this machine. */
    static boolean isLoopback(String host) {
        return host != null && LOOPBACK.contains(nameOf(host.strip().toLowerCase(Locale.ROOT)));
    }

    private static String nameOf(String authority) {
        int bracket = authority.indexOf(']');
        int colon = authority.indexOf(':', Math.max(0, bracket));
        return colon < 0 ? authority : authority.substring(0, colon);
    }

    private static Set<String> lower(Set<String> values) {
        return values.stream().map(v -> v.strip().toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }
}

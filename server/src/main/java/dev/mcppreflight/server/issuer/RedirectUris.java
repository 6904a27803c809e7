package dev.mcppreflight.server.issuer;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;

/** Where users may be sent: https, or this machine (OAuth 2.1, 2.3.1; MCP, authorization, "Communication Security"). */
final class RedirectUris {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

    private RedirectUris() {}

    /** Tells whether a client may register this. */
    static boolean isRegistrable(String uri) {
        try {
            URI parsed = new URI(uri);
            boolean secure = "https".equalsIgnoreCase(parsed.getScheme());
            boolean local = "http".equalsIgnoreCase(parsed.getScheme()) && isLoopback(parsed.getHost());
            return (secure || local)
                    && parsed.getHost() != null
                    && parsed.getRawFragment() == null
                    && parsed.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Tells whether this is one of the registered ones to the letter; on this machine the port may differ (RFC 8252, 7.3). */
    static boolean matches(String requested, Collection<String> registered) {
        return registered.contains(requested)
                || isRegistrable(requested)
                        && isLoopback(URI.create(requested).getHost())
                        && registered.stream()
                                .anyMatch(candidate -> withoutPort(candidate).equals(withoutPort(requested)));
    }

    /** Tells whether this name means this machine. */
    static boolean isLoopback(String host) {
        return host != null && LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
    }

    private static String withoutPort(String uri) {
        URI parsed = URI.create(uri);
        return parsed.getPort() < 0 ? uri : uri.replaceFirst(":" + parsed.getPort() + "(?=[/?]|$)", "");
    }
}

package dev.mcppreflight.server.http;

import dev.mcppreflight.server.auth.Resource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.servlet.http.HttpServletRequest;

/**
 * The names of this server as a protected resource, and where it tells of itself (RFC 9728, 3.1): each MCP path is a
 * resource, and so is the root.
 */
public final class ResourceMetadata {

    /** What stands between host and path. */
    public static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    /** The paths that clients are given, and the root. */
    public static final List<String> PATHS = List.of("", RouteTable.MCP, RouteTable.SSE);

    private final PublicAddress address;

    ResourceMetadata(PublicAddress address) {
        this.address = address;
    }

    /** Returns the resource that a request asks for, as its sender sees it. */
    Resource of(HttpServletRequest request, String route) {
        String base = address.url(request);
        String prefix = address.path(request);
        String origin = base.substring(0, base.length() - prefix.length());
        String slash = route.length() > 1 && request.getRequestURI().endsWith("/") ? "/" : "";
        return new Resource(origin + WELL_KNOWN + prefix + pathOf(route) + slash, names(request, base));
    }

    /** The messages of HTTP+SSE belong to its stream, whose address is what users are given. */
    private static String pathOf(String route) {
        String path = route.equals(RouteTable.MESSAGES) ? RouteTable.SSE : route;
        return PATHS.contains(path) ? path : "";
    }

    private Set<String> names(HttpServletRequest request, String base) {
        Set<String> names = new TreeSet<>();
        if (address.isOurs(request)) {
            PATHS.forEach(path -> names.add(base + path));
        }
        return names;
    }
}

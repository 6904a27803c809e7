package dev.mcppreflight.server.http;

import java.util.Locale;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServletRequest;

/**
 * Where clients see this server: as the operator says, else as a trusted proxy says, else as the request says. Without
 * the operator's word forwarded headers mean nothing, because everybody can send them.
 */
final class PublicAddress {

    private static final Pattern SCHEME = Pattern.compile("(?i)https?");
    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]+)+");
    private static final Pattern AUTHORITY =
            Pattern.compile("[A-Za-z0-9.-]+(:\\d{1,5})?|\\[[0-9A-Fa-f:]+](:\\d{1,5})?");

    private final String url;
    private final String path;
    private final boolean trustsForwarded;

    PublicAddress(HttpOptions.Names names) {
        this.url = names.publicUrl();
        this.path = names.publicPath();
        this.trustsForwarded = names.trustForwarded();
    }

    /** Returns the URL of the root without trailing slash. */
    String url(HttpServletRequest request) {
        if (!url.isEmpty()) {
            return url;
        }
        String host = forwarded(request, "X-Forwarded-Host", AUTHORITY, request.getHeader("Host"));
        String scheme = forwarded(request, "X-Forwarded-Proto", SCHEME, "http");
        return scheme.toLowerCase(Locale.ROOT) + "://" + host + path(request);
    }

    /** Returns the path of the root without trailing slash. */
    String path(HttpServletRequest request) {
        return url.isEmpty() && path.isEmpty() ? forwarded(request, "X-Forwarded-Prefix", PREFIX, "") : path;
    }

    /**
     * Tells whether the address that a request names is this server's. A loopback name with another port is that of
     * somebody else on this machine, to whom tokens may have been made out.
     */
    boolean isOurs(HttpServletRequest request) {
        if (!url.isEmpty() || trustsForwarded && request.getHeader("X-Forwarded-Host") != null) {
            return true;
        }
        return !OriginRules.isLoopback(request.getHeader("Host")) || request.getServerPort() == request.getLocalPort();
    }

    /** Returns the address of the client for limits and logs. */
    String client(HttpServletRequest request) {
        if (!trustsForwarded) {
            return request.getRemoteAddr();
        }
        // The last one was added by the proxy that is trusted; those before it by anybody.
        String chain = request.getHeader("X-Forwarded-For");
        return chain == null || chain.isBlank()
                ? request.getRemoteAddr()
                : chain.substring(chain.lastIndexOf(',') + 1).strip();
    }

    private String forwarded(HttpServletRequest request, String header, Pattern form, String otherwise) {
        String value = trustsForwarded ? request.getHeader(header) : null;
        if (value == null) {
            return otherwise;
        }
        // With several proxies the first value is the one that the client has seen.
        String first = value.split(",", 2)[0].strip();
        String bare = first.endsWith("/") ? first.substring(0, first.length() - 1) : first;
        return form.matcher(bare).matches() ? bare : otherwise;
    }
}

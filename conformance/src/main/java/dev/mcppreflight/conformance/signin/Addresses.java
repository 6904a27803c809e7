package dev.mcppreflight.conformance.signin;

import java.net.URI;
import java.util.Locale;

/** What an address is by its looks; nobody is asked. */
public final class Addresses {

    private static final String INNER_NAMES =
            "localhost|.*\\.(localhost|local|internal|lan|home|corp|test|home\\.arpa)";
    private static final String INNER_NUMBERS = "(0|10|127)\\..*|192\\.168\\..*|169\\.254\\..*"
            + "|172\\.(1[6-9]|2\\d|3[01])\\..*|\\[(::1?|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)]";

    private Addresses() {}

    /** Whether only this machine or its network can reach it. */
    public static boolean isPrivate(String host) {
        String name = String.valueOf(host).toLowerCase(Locale.ROOT);
        return name.matches(INNER_NAMES) || name.matches(INNER_NUMBERS) || !name.contains(".") && !name.contains(":");
    }

    /** Whether it is this machine. */
    public static boolean isLoopback(String host) {
        String name = String.valueOf(host).toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.startsWith("127.")
                || name.equals("[::1]");
    }

    /** Whether this is an absolute address that may carry secrets: https, or http on this machine. */
    public static boolean isSecure(String address) {
        try {
            URI uri = URI.create(address);
            return uri.getHost() != null
                    && ("https".equalsIgnoreCase(uri.getScheme())
                            || "http".equalsIgnoreCase(uri.getScheme()) && isLoopback(uri.getHost()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether this is an absolute address of the web. */
    public static boolean isWeb(String address) {
        try {
            URI uri = URI.create(address);
            return uri.getScheme() != null && uri.getScheme().matches("(?i)https?") && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Whether a document may name this resource (RFC 9728 section 3.3): the address of the server, or, where the document
     * stands at the root, its origin.
     */
    public static boolean isResource(String named, String document, String server) {
        String address = server.replaceFirst("[?#].*$", "");
        boolean root = document.endsWith("/.well-known/oauth-protected-resource");
        String origin = address.replaceFirst("(?<=[^:/])/.*$", "");
        return canonical(named).equals(canonical(address))
                || root && canonical(named).equals(canonical(origin));
    }

    /** Scheme and host in lower case, without a default port and without a slash at the end, as clients compare it. */
    public static String canonical(String address) {
        try {
            URI uri = URI.create(address.strip());
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean standard = uri.getPort() < 0
                    || scheme.equals("https") && uri.getPort() == 443
                    || scheme.equals("http") && uri.getPort() == 80;
            String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT)
                    + (standard ? "" : ":" + uri.getPort()) + path + query;
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}

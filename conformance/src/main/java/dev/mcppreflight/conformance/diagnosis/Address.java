package dev.mcppreflight.conformance.diagnosis;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** An address, read without asking anybody: no name is resolved here. */
record Address(String scheme, String host, int port, String path) {

    private static final String LOCAL_NAMES =
            ".*\\.(local|localhost|internal|lan|home|corp|test|invalid|home\\.arpa|ts\\.net)";
    private static final String LOCAL_NUMBERS = "(0|10|127)\\..*|192\\.168\\..*|169\\.254\\..*"
            + "|172\\.(1[6-9]|2\\d|3[01])\\..*|100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\..*";
    private static final String LOCAL_SIX = "\\[?(::1?|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)]?";

    /** The address of that text; nothing when it is none. */
    static Optional<Address> of(String text) {
        try {
            URI uri = URI.create(text.trim());
            if (uri.getHost() == null || uri.getScheme() == null) {
                return Optional.empty();
            }
            String path = uri.getPath() == null || uri.getPath().isEmpty() ? "/" : uri.getPath();
            return Optional.of(new Address(
                    uri.getScheme().toLowerCase(Locale.ROOT),
                    uri.getHost().toLowerCase(Locale.ROOT),
                    uri.getPort(),
                    path));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What a reference in an answer from here points to. */
    Optional<Address> resolve(String reference) {
        try {
            return of(URI.create(scheme + "://" + host + (port < 0 ? "" : ":" + port) + path)
                    .resolve(reference.trim())
                    .toString());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean isSecure() {
        return scheme.equals("https");
    }

    /** The port, also where it is not written. */
    int actualPort() {
        return port >= 0 ? port : isSecure() ? 443 : 80;
    }

    /** Whether only this machine or its network can reach it, by its looks. */
    boolean isPrivate() {
        return isLoopback()
                || host.matches(LOCAL_NAMES)
                || host.matches(LOCAL_NUMBERS)
                || host.matches(LOCAL_SIX)
                || !host.contains(".") && !host.contains(":");
    }

    /** Whether only this machine can reach it. */
    boolean isLoopback() {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.startsWith("127.")
                || host.equals("[::1]");
    }

    boolean sameHost(Address other) {
        return host.equals(other.host);
    }

    boolean sameOrigin(Address other) {
        return scheme.equals(other.scheme) && sameHost(other) && actualPort() == other.actualPort();
    }

    /** Whether the paths are the same but for a slash at the end. */
    boolean sameButForSlash(Address other) {
        return !path.equals(other.path) && path.replaceAll("/+$", "").equals(other.path.replaceAll("/+$", ""));
    }

    /** Whether it looks like a page to sign in at. */
    boolean isLogin() {
        return path.matches("(?i).*(log[-_]?in|sign[-_]?in|authori[sz]e|oauth2?|sso|saml2?)(/.*|\\.\\w+)?")
                || isIdentityProvider();
    }

    /** Whether it is a well-known place where others let their users sign in. */
    boolean isIdentityProvider() {
        return host.matches("(.*\\.)?(cloudflareaccess\\.com|login\\.microsoftonline\\.com|accounts\\.google\\.com"
                + "|okta\\.com|oktapreview\\.com|auth0\\.com|onelogin\\.com|pingidentity\\.com|amazoncognito\\.com)");
    }
}

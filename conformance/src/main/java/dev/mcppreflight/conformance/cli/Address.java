package dev.mcppreflight.conformance.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/** Reads the address of a target as people type it. */
final class Address {

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int LAST_PORT = 65_535;

    private Address() {}

    /**
     * The address, without a fragment.
     *
     * @throws UsageException when it is none that can be checked
     */
    static URI of(String text) {
        String typed = text.strip();
        int scheme = typed.indexOf("://");
        if (scheme < 0) {
            throw new UsageException("'" + shown(typed) + "' is not a URL: it has no scheme", suggestion(typed));
        }
        String word = typed.substring(0, scheme).toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(word)) {
            throw new UsageException(
                    "an address with the scheme '" + word + "' cannot be checked", "Use http or https.");
        }
        URI uri = parse(typed);
        if (uri.getHost() == null) {
            throw new UsageException(
                    "'" + shown(typed) + "' has no host that can be read",
                    "A host is a name of letters, digits and hyphens, an IPv4 address, or an IPv6 address in brackets.");
        }
        if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
            throw new UsageException("port " + uri.getPort() + " does not exist", "Ports go from 1 to 65535.");
        }
        return uri;
    }

    /** The text without what stands before an '@': that may be a password. */
    static String shown(String text) {
        int at = text.lastIndexOf('@');
        int scheme = text.indexOf("://");
        String clean = at < 0 ? text : text.substring(0, scheme < 0 ? 0 : scheme + 3) + "..." + text.substring(at);
        int query = clean.indexOf('?');
        return query < 0 ? clean : clean.substring(0, query + 1) + "...";
    }

    private static URI parse(String typed) {
        int fragment = typed.indexOf('#');
        String address = fragment < 0 ? typed : typed.substring(0, fragment);
        try {
            return new URI(new URI(address).toASCIIString());
        } catch (URISyntaxException e) {
            throw new UsageException(
                    "'" + shown(typed) + "' is not a URL: " + e.getReason(), "Write it as http://HOST:PORT/PATH.");
        }
    }

    private static String suggestion(String typed) {
        if (!typed.matches("[^/]*\\.(c?js|mjs|ts|py|rb|sh|jar|exe)")
                && typed.matches(
                        "(?i)(localhost|[\\w-]+(\\.[\\w-]+)+|\\[[0-9a-f:]+]|[\\w-]+:\\d+)(:\\d+)?(/\\S*)?(\\?\\S*)?")) {
            boolean local = typed.matches("(?i)(localhost|127\\.|\\[).*") || typed.matches("[^/]*:\\d+.*");
            return "Did you mean " + (local ? "http://" : "https://") + shown(typed) + " ?";
        }
        return "Write http:// or https:// before it, or put -- before a command.";
    }
}

package dev.mcppreflight.conformance.signin;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A cookie as it was set (RFC 6265).
 *
 * @param name its name, with any prefix such as {@code __Host-}
 * @param attributes by their names in lower case; empty for those without a value
 */
public record Cookie(String name, String value, Map<String, String> attributes) {

    /** Copies the attributes. */
    public Cookie {
        attributes = Map.copyOf(attributes);
    }

    /** Reads the value of a Set-Cookie header. */
    static Cookie of(String header) {
        String[] parts = header.split(";");
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            attributes.putIfAbsent(before(parts[i]).toLowerCase(Locale.ROOT), after(parts[i]));
        }
        return new Cookie(before(parts[0]), after(parts[0]), attributes);
    }

    /** Whether it takes one away instead of setting one. */
    boolean isOver() {
        String age = attributes.getOrDefault("max-age", "1");
        return value.isEmpty()
                || age.startsWith("-")
                || age.equals("0")
                || expires().contains(" 1970 ")
                || expires().contains("-1970 ");
    }

    private String expires() {
        return attributes.getOrDefault("expires", "");
    }

    /** Whether a browser sends it there; one on this machine needs no TLS for that. */
    boolean goesTo(URI address) {
        String path = attributes.getOrDefault("path", "/");
        String asked = address.getPath() == null || address.getPath().isEmpty() ? "/" : address.getPath();
        boolean fits = path.endsWith("/") || asked.length() == path.length() || asked.startsWith(path + "/");
        boolean safe = !attributes.containsKey("secure")
                || "https".equalsIgnoreCase(address.getScheme())
                || Addresses.isLoopback(address.getHost());
        return asked.startsWith(path) && fits && safe;
    }

    /** The same with another character in its middle. */
    public Cookie changed() {
        return new Cookie(name, Forgery.changed(value), attributes);
    }

    private static String before(String pair) {
        int equals = pair.indexOf('=');
        return (equals < 0 ? pair : pair.substring(0, equals)).strip();
    }

    private static String after(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0 ? "" : pair.substring(equals + 1).strip();
    }
}

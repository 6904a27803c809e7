package dev.mcppreflight.conformance.target;

/**
 * Where something listens.
 *
 * @param host a name or an address, an IPv6 address in brackets
 * @param port 0 for any free one
 */
public record Place(String host, int port) {

    private static final int LAST_PORT = 65_535;

    /**
     * Reads {@code HOST:PORT}.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static Place of(String text) {
        if (!text.matches("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9.-]+):\\d{1,5}")) {
            throw new IllegalArgumentException("it is no HOST:PORT");
        }
        int colon = text.lastIndexOf(':');
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port > LAST_PORT) {
            throw new IllegalArgumentException("ports go up to " + LAST_PORT);
        }
        return new Place(text.substring(0, colon), port);
    }

    /** The host without brackets. */
    public String bare() {
        return host.replaceAll("[\\[\\]]", "");
    }
}

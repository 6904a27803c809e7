package dev.mcppreflight.server.protocol;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Makes session ids: 160 random bits as 40 lower-case hexadecimal digits, safe in a header and in a query, behind the name
 * of the replica where there are several.
 */
public final class SessionIds {

    private static final int BYTES = 20;

    private final SecureRandom random = new SecureRandom();
    private final String replica;

    /**
     * Creates a maker of ids.
     *
     * @param replica what every id begins with, possibly nothing
     */
    public SessionIds(String replica) {
        this.replica = replica;
    }

    /** Returns an id that nobody can guess. */
    public String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return replica + HexFormat.of().formatHex(bytes);
    }
}

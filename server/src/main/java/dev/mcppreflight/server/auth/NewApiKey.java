package dev.mcppreflight.server.auth;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * A key that was just made.
 *
 * @param key what its holder sends
 * @param line what goes into the list of keys; the key cannot be found from it
 */
public record NewApiKey(String key, String line) {

    private static final int BYTES = 32;

    /**
     * Makes a key.
     *
     * @param label the name of its holder
     * @param scopes the scopes, with commas
     * @throws IllegalArgumentException when label or scopes are none
     */
    public static NewApiKey make(String label, String scopes) {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        String key = "pf_" + HexFormat.of().formatHex(secret);
        String line = label + " " + scopes + " sha256:" + HexFormat.of().formatHex(ApiKey.digest(key));
        ApiKeys.read(List.of(line));
        return new NewApiKey(key, line);
    }
}

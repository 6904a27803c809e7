package dev.mcppreflight.server.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A shared secret. Only its digest is kept, and it is compared in constant time. */
public final class ApiKey {

    /** The least number of characters of a key. */
    public static final int SHORTEST = 16;

    /** Parts of keys that stand in public examples, without punctuation. */
    private static final List<String> SAMPLES = List.of(
            "changeme",
            "yoursecret",
            "yourapikey",
            "yourkey",
            "yourtoken",
            "mysecret",
            "supersecret",
            "secretkey",
            "replaceme",
            "placeholder",
            "example",
            "password",
            "0123456789",
            "1234567890",
            "abcdefgh");

    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern DIGEST = Pattern.compile("sha256:([0-9a-fA-F]{64})");

    private final byte[] digest;
    private final Identity holder;

    /**
     * Takes a key.
     *
     * @throws IllegalArgumentException when it is missing, shorter than 16 characters or a published sample; the message
     *     is for the operator and never holds the key
     */
    public ApiKey(String key) {
        if (key == null || key.isBlank()) {
            throw new IllegalArgumentException("MCP_API_KEY is not set: --auth apikey needs it");
        }
        if (key.length() < SHORTEST) {
            throw new IllegalArgumentException("MCP_API_KEY is too short: use at least " + SHORTEST + " characters");
        }
        String plain = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        if (SAMPLES.stream().anyMatch(plain::contains)
                || plain.chars().distinct().count() < 4) {
            throw new IllegalArgumentException(
                    "MCP_API_KEY is a sample value that everybody knows: make one with 'openssl rand -hex 32'");
        }
        this.digest = digest(key);
        this.holder = Identity.known("key", Set.copyOf(Scope.ALL));
    }

    private ApiKey(byte[] digest, Identity holder) {
        this.digest = digest;
        this.holder = holder;
    }

    /**
     * Takes a key of which only the digest is known.
     *
     * @param label the name of its holder
     * @param scopes what the holder may do
     * @param digest {@code sha256:} and 64 hexadecimal digits
     * @throws IllegalArgumentException when label or digest have another form
     */
    static ApiKey hashed(String label, Set<String> scopes, String digest) {
        Matcher hex = DIGEST.matcher(digest);
        if (!LABEL.matcher(label).matches()) {
            throw new IllegalArgumentException("a label is letters, digits, dots, dashes and underscores");
        }
        if (!hex.matches()) {
            throw new IllegalArgumentException("a digest is sha256: and 64 hexadecimal digits");
        }
        return new ApiKey(HexFormat.of().parseHex(hex.group(1)), Identity.known("key-" + label, scopes));
    }

    /** Tells whether this is the key of that digest; the time it takes depends on neither. */
    boolean matches(byte[] candidate) {
        return MessageDigest.isEqual(digest, candidate);
    }

    /** Returns who has it. */
    Identity holder() {
        return holder;
    }

    /** Returns the digest of a text. */
    static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.mcppreflight.server.stateless;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs what a client keeps for the server: HMAC with SHA-256. The client can read it, and change nothing.
 */
final class Seal {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec key;

    Seal(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** Returns a key that nobody can guess. */
    static byte[] newKey() {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        return random;
    }

    /** Returns the content with its signature, in letters that need no quoting. */
    String close(byte[] content) {
        String text = ENCODER.encodeToString(content);
        return text + "." + ENCODER.encodeToString(signature(text));
    }

    /** Returns the content of what was closed here; nothing when any letter of it was changed. */
    Optional<byte[]> open(String sealed) {
        int dot = sealed.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        String text = sealed.substring(0, dot);
        byte[] expected = ENCODER.encode(signature(text));
        boolean genuine =
                MessageDigest.isEqual(expected, sealed.substring(dot + 1).getBytes(StandardCharsets.UTF_8));
        return genuine ? Optional.of(Base64.getUrlDecoder().decode(text)) : Optional.empty();
    }

    private byte[] signature(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java has " + ALGORITHM, e);
        }
    }
}

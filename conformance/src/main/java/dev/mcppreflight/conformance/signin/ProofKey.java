package dev.mcppreflight.conformance.signin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** A proof key for code exchange (RFC 7636) with S256. */
record ProofKey(String verifier) {

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    static ProofKey fresh() {
        return new ProofKey(unguessable());
    }

    /** A text of 43 characters that nobody can guess. */
    static String unguessable() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return URL.encodeToString(bytes);
    }

    String challenge() {
        try {
            return URL.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

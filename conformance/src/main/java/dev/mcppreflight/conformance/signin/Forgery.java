package dev.mcppreflight.conformance.signin;

import dev.mcppreflight.conformance.data.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** Tokens that no server may accept: made here, and signed by nobody whom it trusts. */
public final class Forgery {

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private static final long HOUR = 3_600;

    private Forgery() {}

    /** Claims that fit but for who vouches for them. */
    public static Json claims(String issuer, String audience, String scope) {
        long now = System.currentTimeMillis() / 1000;
        return Json.object("iss", issuer, "sub", "preflight", "aud", audience, "scope", scope)
                .with("client_id", "preflight")
                .with("iat", now - 1)
                .with("exp", now + HOUR);
    }

    /** A token that is signed by nobody: the algorithm {@code none}, which RFC 9068 section 4 forbids. */
    public static String unsigned(Json claims) {
        return encoded(Json.object("alg", "none", "typ", "at+jwt")) + "." + encoded(claims) + ".";
    }

    /** A token that a key of our own signs. */
    public static String foreign(Json claims) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            String content = encoded(Json.object("alg", "ES256", "typ", "at+jwt", "kid", "preflight-foreign")) + "."
                    + encoded(claims);
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(keys.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The token with another character in its middle: in the signature, where it has one. */
    public static String changed(String token) {
        int dot = token.lastIndexOf('.');
        int at = dot + 1 + (token.length() - dot - 1) / 2;
        char other = token.charAt(at) == 'A' ? 'B' : 'A';
        return token.substring(0, at) + other + token.substring(at + 1);
    }

    /** What a token says of itself, where it is a JWT, whoever signed it; missing where it is opaque. */
    public static Json claimsOf(String token) {
        String[] parts = token.split("\\.", -1);
        try {
            return parts.length == 3
                    ? Json.parseOrMissing(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                    : Json.MISSING;
        } catch (IllegalArgumentException e) {
            return Json.MISSING;
        }
    }

    private static String encoded(Json part) {
        return URL.encodeToString(part.toString().getBytes(StandardCharsets.UTF_8));
    }
}

package dev.mcppreflight.conformance.fault.authorization;

import dev.mcppreflight.conformance.data.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Access tokens: JWTs (RFC 9068) that one key of this server signs, and only that. */
public final class Tokens {

    public static final String KEY_ID = "preflight-1";

    private static final String ALGORITHM = "SHA256withECDSAinP1363Format";
    private static final int COORDINATE = 32;

    /** How many tokens of strangers are remembered. */
    private static final int MOST_REMEMBERED = 1_000;

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final SecureRandom random = new SecureRandom();
    private final String issuer;
    private final KeyPair keys;

    /** What came of verifying a token, by its text: a client shows the same one with each request. */
    private final Map<String, Boolean> verified = new ConcurrentHashMap<>();

    Tokens(String issuer) {
        this.issuer = issuer;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new token; a negative time to live makes one whose time is over, an empty audience one that is for nobody. */
    String mint(String subject, String audience, String scope, long secondsToLive) {
        long now = System.currentTimeMillis() / 1000;
        Json header = Json.object("alg", "ES256", "typ", "at+jwt", "kid", KEY_ID);
        Json claims = (audience.isEmpty() ? Json.object() : Json.object("aud", audience))
                .with("iss", issuer)
                .with("sub", subject)
                .with("scope", scope)
                .with("client_id", "preflight")
                .with("iat", now + Math.min(0, secondsToLive) - 60)
                .with("exp", now + secondsToLive)
                .with("jti", unguessable());
        String content = encoded(header) + "." + encoded(claims);
        return content + "." + URL.encodeToString(sign(content));
    }

    /** The claims of a token that this server has signed and whose time is not over. */
    Optional<Json> claims(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || !decoded(parts[0]).get("alg").text().equals("ES256")) {
            return Optional.empty();
        }
        Json claims = decoded(parts[1]);
        boolean valid = claims.get("iss").text().equals(issuer)
                && claims.get("exp").number(0) > System.currentTimeMillis() / 1000;
        return valid && isSigned(token) ? Optional.of(claims) : Optional.empty();
    }

    /** The header (0) or the claims (1) of a token, whoever signed it; missing where it is none. */
    public static Json part(String token, int number) {
        String[] parts = token.split("\\.", -1);
        return parts.length == 3 ? decoded(parts[number]) : Json.MISSING;
    }

    /** The public key as others read it (RFC 7517). */
    Json published() {
        ECPublicKey key = (ECPublicKey) keys.getPublic();
        Json jwk = Json.object("kty", "EC", "crv", "P-256", "alg", "ES256", "use", "sig")
                .with("kid", KEY_ID)
                .with("x", coordinate(key.getW().getAffineX()))
                .with("y", coordinate(key.getW().getAffineY()));
        return Json.object("keys", Json.array(jwk));
    }

    /** A text that nobody can guess. */
    String unguessable() {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return URL.encodeToString(bytes);
    }

    private byte[] sign(String content) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(keys.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isSigned(String token) {
        if (verified.size() > MOST_REMEMBERED) {
            verified.clear();
        }
        int signature = token.lastIndexOf('.');
        return verified.computeIfAbsent(
                token, key -> verifies(key.substring(0, signature), key.substring(signature + 1)));
    }

    private boolean verifies(String content, String given) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(keys.getPublic());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(given));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static String encoded(Json part) {
        return URL.encodeToString(part.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Json decoded(String part) {
        try {
            return Json.parseOrMissing(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Json.MISSING;
        }
    }

    private static String coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] fixed = new byte[COORDINATE];
        int length = Math.min(bytes.length, COORDINATE);
        System.arraycopy(
                Arrays.copyOfRange(bytes, bytes.length - length, bytes.length), 0, fixed, COORDINATE - length, length);
        return URL.encodeToString(fixed);
    }
}

package dev.mcppreflight.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An authorization server that only publishes its metadata and keys, and that hands out whatever token a test wants. */
public final class TestIssuer implements AutoCloseable {

    /** Made once: it takes a second. */
    private static final RSAKey FIRST = key("first");

    private final HttpServer http;
    private final URI url;
    private final AtomicInteger keyRequests = new AtomicInteger();
    private final Map<String, String> opaque = new ConcurrentHashMap<>();
    private volatile RSAKey key = FIRST;
    private volatile String name;

    public TestIssuer() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        url = URI.create("http://127.0.0.1:" + http.getAddress().getPort());
        name = url.toString();
        answer("/.well-known/oauth-authorization-server", body -> metadata());
        answer("/jwks", body -> {
            keyRequests.incrementAndGet();
            return new JWKSet(key.toPublicJWK()).toString();
        });
        answer("/introspect", body -> opaque.entrySet().stream()
                .filter(entry -> ("&" + body).contains("&token=" + entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("{\"active\":false}"));
        http.start();
    }

    private void answer(String path, UnaryOperator<String> answer) {
        http.createContext(path, exchange -> {
            String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] body = answer.apply(asked).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private String metadata() {
        return "{\"issuer\":\"" + name + "\",\"authorization_endpoint\":\"" + url + "/authorize\",\"token_endpoint\":\""
                + url + "/token\",\"jwks_uri\":\"" + url + "/jwks\",\"introspection_endpoint\":\"" + url
                + "/introspect\",\"response_types_supported\":[\"code\"],\"code_challenge_methods_supported\":[\"S256\"]}";
    }

    public URI url() {
        return url;
    }

    /** Returns the key that is published now. */
    public RSAKey key() {
        return key;
    }

    /** Publishes this key alone from now on. */
    public void publish(RSAKey other) {
        key = other;
    }

    /** Calls itself otherwise from now on. */
    public void pretendToBe(String issuer) {
        name = issuer;
    }

    /** Returns how often somebody asked for the keys. */
    public int keyRequests() {
        return keyRequests.get();
    }

    /** Knows this opaque token from now on. */
    public void knows(String token, String introspection) {
        opaque.put(token, introspection);
    }

    public static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the claims of a token for this resource, which lasts five minutes. */
    public JWTClaimsSet.Builder claims(String audience, String scope) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(url.toString())
                .subject("alice")
                .audience(audience)
                .claim("scope", scope)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
    }

    /** Returns a token for this resource that is right. */
    public String token(String audience, String scope) {
        return sign(claims(audience, scope).build());
    }

    /** Signs claims with the key that is published now. */
    public String sign(JWTClaimsSet claims) {
        return sign(claims, key);
    }

    /** Signs claims with any key. */
    public static String sign(JWTClaimsSet claims, RSAKey with) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(with.getKeyID())
                .build();
        return sign(header, claims, with);
    }

    /** Signs claims under any header. */
    public static String sign(JWSHeader header, JWTClaimsSet claims, RSAKey with) {
        try {
            SignedJWT jwt = new SignedJWT(header, claims);
            jwt.sign(new RSASSASigner(with));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}

package dev.mcppreflight.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.mcppreflight.server.TestIssuer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Which tokens let somebody in: each trick is tried against a token that is right but for it. */
@TestInstance(Lifecycle.PER_CLASS)
class OAuthPolicyTest {

    private static final String MCP = "https://docs.example.org/mcp";
    private static final Resource RESOURCE =
            new Resource("https://docs.example.org/.well-known/oauth-protected-resource/mcp", Set.of(MCP));
    private static final RSAKey FOREIGN = TestIssuer.key("first");

    private final TestIssuer issuer = new TestIssuer();
    private final OAuthPolicy policy = policy(issuer, JwtVerifier.Patience.USUAL);

    @AfterAll
    void stop() {
        issuer.close();
    }

    private static OAuthPolicy policy(TestIssuer issuer, JwtVerifier.Patience patience) {
        Issuer authority = new Issuer(issuer.url(), Clock.systemUTC());
        return new OAuthPolicy(
                new SignIn(authority, false, Set.of()),
                new JwtVerifier(authority, patience),
                new IntrospectionVerifier(authority, "us", "secret", Clock.systemUTC()),
                Set.of("api://documents"),
                ApiKeys.none());
    }

    private Admission present(String token) {
        return policy.admission(Credentials.of("Bearer " + token, null), RESOURCE);
    }

    private static Identity admitted(Admission admission) {
        return assertInstanceOf(Admission.Admitted.class, admission, admission::toString)
                .identity();
    }

    private static Refusal refused(Admission admission) {
        return assertInstanceOf(Admission.Refused.class, admission).refusal();
    }

    private void assertInvalid(String token) {
        Refusal refusal = refused(present(token));
        assertEquals(401, refusal.status());
        assertTrue(refusal.challenge().contains("error=\"invalid_token\""), refusal.challenge());
        assertTrue(refusal.challenge().contains("resource_metadata=\"" + RESOURCE.metadata() + "\""));
        for (String part : token.split("\\.")) {
            assertFalse(part.length() > 8 && (refusal.challenge() + refusal.message()).contains(part));
        }
    }

    private JWTClaimsSet.Builder claims() {
        return issuer.claims(MCP, "documents:read");
    }

    private static Date inSeconds(long seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    @Test
    void aTokenForUsLetsItsHolderIn() {
        Identity alice = admitted(present(issuer.token(MCP, "documents:read")));
        assertEquals(Set.of("documents:read"), alice.scopes());
        assertTrue(alice.label().matches("user-[0-9a-f]{32}"), alice.label());
        assertTrue(admitted(present(issuer.token("api://documents", "documents:write")))
                .may(Scope.READ));
        admitted(present(issuer.token("HTTPS://Docs.Example.org:443/mcp/", "")));
        admitted(policy.admission(Credentials.of("bEARER   " + issuer.token(MCP, ""), null), RESOURCE));
    }

    @Test
    void scopesAreReadInEveryForm() {
        Identity text =
                admitted(present(issuer.sign(claims().claim("scope", " a  b ").build())));
        assertEquals(Set.of("a", "b"), text.scopes());
        JWTClaimsSet list =
                claims().claim("scope", null).claim("scp", List.of("a", "b")).build();
        assertEquals(Set.of("a", "b"), admitted(present(issuer.sign(list))).scopes());
    }

    @Test
    void withoutATokenThereIsNoErrorToName() {
        for (String authorization : new String[] {null, "Basic YTpi", "Token abc"}) {
            Refusal refusal = refused(policy.admission(Credentials.of(authorization, null), RESOURCE));
            assertEquals(401, refusal.status());
            assertEquals(
                    "Bearer realm=\"mcp\", resource_metadata=\"" + RESOURCE.metadata() + "\", scope=\"documents:read\"",
                    refusal.challenge());
        }
    }

    @Test
    void misshapenHeadersAreBadRequests() {
        String good = "Bearer " + issuer.token(MCP, "documents:read");
        for (Credentials credentials : List.of(
                Credentials.of("Bearer", null),
                Credentials.of("Bearer ", null),
                Credentials.of(good + " " + good, null),
                Credentials.of(good + ", " + good, null),
                new Credentials(List.of(good, good), null))) {
            assertEquals(400, refused(policy.admission(credentials, RESOURCE)).status(), credentials::toString);
        }
    }

    @Test
    void aHeaderForKeysTakesNoTokens() {
        String token = issuer.token(MCP, "documents:read");
        assertEquals(
                401,
                refused(policy.admission(Credentials.of(null, token), RESOURCE)).status());
    }

    @Test
    void tokensForOthersAreRefused() {
        assertInvalid(issuer.token("https://other.example.org/mcp", "documents:read"));
        assertInvalid(issuer.token("https://docs.example.org/mcp.evil", "documents:read"));
        assertInvalid(issuer.token("https://docs.example.org", "documents:read"));
        assertInvalid(issuer.sign(claims().audience((String) null).build()));
        assertInvalid(issuer.sign(claims().audience(List.of()).build()));
    }

    @Test
    void tokensOfOthersAreRefused() {
        assertInvalid(issuer.sign(claims().issuer("https://other.example.org").build()));
        assertInvalid(issuer.sign(claims().issuer(issuer.url() + "/").build()));
        assertInvalid(issuer.sign(claims().issuer(null).build()));
    }

    @Test
    void timesAreKeptWithAMinuteOfGrace() {
        admitted(present(issuer.sign(claims().expirationTime(inSeconds(-30)).build())));
        assertInvalid(issuer.sign(claims().expirationTime(inSeconds(-120)).build()));
        assertInvalid(issuer.sign(claims().expirationTime(null).build()));
        admitted(present(issuer.sign(claims().notBeforeTime(inSeconds(30)).build())));
        assertInvalid(issuer.sign(claims().notBeforeTime(inSeconds(300)).build()));
    }

    @Test
    void aTokenWithoutAlgorithmIsRefused() {
        assertInvalid(new PlainJWT(claims().build()).serialize());
        String signed = issuer.token(MCP, "documents:read");
        for (String none : List.of("none", "None", "NONE", "nOnE")) {
            String header = base64("{\"alg\":\"" + none + "\",\"kid\":\"first\"}");
            String payload = signed.split("\\.")[1];
            assertInvalid(header + "." + payload + ".");
            assertInvalid(header + "." + payload + "." + signed.split("\\.")[2]);
        }
    }

    @Test
    void thePublishedKeyIsNoSecret() throws JOSEException {
        RSAKey published = issuer.key().toPublicJWK();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(published.toPublicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        for (byte[] secret : List.of(
                pem.getBytes(StandardCharsets.UTF_8),
                published.toPublicKey().getEncoded(),
                published.toJSONString().getBytes(StandardCharsets.UTF_8))) {
            for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.HS256, JWSAlgorithm.HS512)) {
                SignedJWT forged = new SignedJWT(
                        new JWSHeader.Builder(algorithm).keyID("first").build(), claims().build());
                JWSSigner signer = new MACSigner(secret);
                forged.sign(signer);
                assertInvalid(forged.serialize());
            }
        }
    }

    @Test
    void keysOfOthersAreRefused() {
        assertInvalid(TestIssuer.sign(claims().build(), FOREIGN));
        JWSHeader brought = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("mine")
                .jwk(FOREIGN.toPublicJWK())
                .build();
        assertInvalid(TestIssuer.sign(brought, claims().build(), FOREIGN));
        JWSHeader pointed = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("first")
                .jwkURL(URI.create(issuer.url() + "/evil"))
                .x509CertURL(URI.create(issuer.url() + "/evil"))
                .build();
        assertInvalid(TestIssuer.sign(pointed, claims().build(), FOREIGN));
        JWSHeader without = new JWSHeader(JWSAlgorithm.RS256);
        assertInvalid(TestIssuer.sign(without, claims().build(), FOREIGN));
    }

    /** An id of a key is looked up among the published ones, and is neither a file nor a query nor an address. */
    @Test
    void anIdOfAKeyLeadsNowhereElse() throws JOSEException {
        byte[] nothing = new byte[32];
        for (String id : List.of(
                "../../../../../../dev/null",
                "/dev/null",
                "file:///dev/null",
                issuer.url() + "/evil",
                "x' UNION SELECT 'key",
                "first\u0000",
                "FIRST",
                "",
                "k".repeat(8_000))) {
            JWSHeader foreign =
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(id).build();
            assertInvalid(TestIssuer.sign(foreign, claims().build(), FOREIGN));
            SignedJWT symmetric = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(id).build(), claims().build());
            symmetric.sign(new MACSigner(nothing));
            assertInvalid(symmetric.serialize());
        }
    }

    /** A signature of zeros once was right for every message, and encryption needs no more than the published key. */
    @Test
    void neitherZerosNorEncryptionAreASignature() throws JOSEException {
        String claims = base64(claims().build().toString());
        String zeros = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]);
        for (String algorithm : List.of("ES256", "ES256K", "ES512", "EdDSA", "RS256", "HS256")) {
            assertInvalid(base64("{\"alg\":\"" + algorithm + "\",\"kid\":\"first\"}") + "." + claims + "." + zeros);
        }
        EncryptedJWT encrypted = new EncryptedJWT(
                new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM)
                        .keyID("first")
                        .build(),
                claims().build());
        encrypted.encrypt(new RSAEncrypter(issuer.key().toPublicJWK()));
        assertInvalid(encrypted.serialize());
    }

    @Test
    void tamperedTokensAreRefused() {
        String[] parts = issuer.token(MCP, "documents:read").split("\\.");
        String more = base64("{\"iss\":\"" + issuer.url() + "\",\"aud\":\"" + MCP
                + "\",\"sub\":\"root\",\"exp\":4102444800,\"scope\":\"documents:write\"}");
        assertInvalid(parts[0] + "." + more + "." + parts[2]);
        assertInvalid(parts[0] + "." + parts[1] + "." + parts[2].substring(0, parts[2].length() - 8) + "AAAAAAAA");
        assertInvalid(parts[0] + "." + parts[1] + ".");
        assertInvalid(parts[0] + "." + parts[1]);
        assertInvalid("ey.ey.ey");
        assertInvalid("x".repeat(20_000));
    }

    @Test
    void whatMustBeUnderstoodAndIsNotIsRefused() {
        JWSHeader critical = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("first")
                .criticalParams(Set.of("admin"))
                .customParam("admin", true)
                .build();
        assertInvalid(TestIssuer.sign(critical, claims().build(), issuer.key()));
        JWSHeader other = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("first")
                .type(new com.nimbusds.jose.JOSEObjectType("logout+jwt"))
                .build();
        assertInvalid(TestIssuer.sign(other, claims().build(), issuer.key()));
    }

    @Test
    void aNewKeyIsFoundAndAWithdrawnOneForgotten() {
        try (TestIssuer rotating = new TestIssuer()) {
            OAuthPolicy hurried =
                    policy(rotating, new JwtVerifier.Patience(Duration.ZERO, Duration.ofMinutes(5), Duration.ZERO));
            String old = rotating.token(MCP, "documents:read");
            admitted(hurried.admission(Credentials.of("Bearer " + old, null), RESOURCE));
            rotating.publish(TestIssuer.key("second"));
            // The cached keys do not hold the new one: they are looked up again, at once.
            String young = rotating.token(MCP, "documents:read");
            admitted(hurried.admission(Credentials.of("Bearer " + young, null), RESOURCE));
            assertEquals(2, rotating.keyRequests());
            assertEquals(
                    401,
                    refused(hurried.admission(Credentials.of("Bearer " + old, null), RESOURCE))
                            .status());
        }
    }

    @Test
    void unknownKeysCostTheIssuerLittle() {
        try (TestIssuer asked = new TestIssuer()) {
            OAuthPolicy patient = policy(asked, JwtVerifier.Patience.USUAL);
            for (int i = 0; i < 50; i++) {
                RSAKey unknown =
                        new RSAKey.Builder(FOREIGN).keyID("unknown-" + i).build();
                String token = TestIssuer.sign(asked.claims(MCP, "").build(), unknown);
                assertEquals(
                        401,
                        refused(patient.admission(Credentials.of("Bearer " + token, null), RESOURCE))
                                .status());
            }
            assertTrue(asked.keyRequests() <= 3, () -> asked.keyRequests() + " requests");
        }
    }

    @Test
    void anIssuerThatCannotBeAskedLetsNobodyIn() {
        TestIssuer gone = new TestIssuer();
        String token = gone.token(MCP, "documents:read");
        OAuthPolicy lost = policy(gone, JwtVerifier.Patience.USUAL);
        gone.close();
        assertEquals(
                503,
                refused(lost.admission(Credentials.of("Bearer " + token, null), RESOURCE))
                        .status());
    }

    @Test
    void metadataOfAnotherIssuerAreNotTaken() {
        try (TestIssuer other = new TestIssuer()) {
            other.pretendToBe("https://other.example.org");
            OAuthPolicy misled = policy(other, JwtVerifier.Patience.USUAL);
            String token = other.token(MCP, "documents:read");
            assertEquals(
                    503,
                    refused(misled.admission(Credentials.of("Bearer " + token, null), RESOURCE))
                            .status());
        }
    }

    @Test
    void opaqueTokensAreAskedAbout() {
        issuer.knows(
                "opaque-1",
                "{\"active\":true,\"sub\":\"bob\",\"aud\":\"" + MCP + "\",\"scope\":\"documents:read\",\"iss\":\""
                        + issuer.url() + "\"}");
        issuer.knows("opaque-2", "{\"active\":true,\"sub\":\"bob\",\"aud\":\"https://other.example.org\"}");
        issuer.knows("opaque-3", "{\"active\":true,\"sub\":\"bob\"}");
        issuer.knows("opaque-4", "{\"active\":true,\"sub\":\"bob\",\"exp\":1,\"aud\":\"" + MCP + "\"}");
        assertEquals(Set.of("documents:read"), admitted(present("opaque-1")).scopes());
        for (String token : List.of("opaque-2", "opaque-3", "opaque-4", "opaque-5")) {
            assertInvalid(token);
        }
    }

    @Test
    void withoutAClientOpaqueTokensAreRefused() {
        OAuthPolicy jwtOnly = new OAuthPolicy(
                new SignIn(new Issuer(issuer.url(), Clock.systemUTC()), false, Set.of()),
                null,
                Set.of(),
                ApiKeys.none(),
                Clock.systemUTC());
        assertEquals(
                401,
                refused(jwtOnly.admission(Credentials.of("Bearer opaque-1", null), RESOURCE))
                        .status());
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

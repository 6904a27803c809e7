package dev.mcppreflight.conformance.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 9110 (sections 5.6 and 11.6.1) and RFC 6750 (section 3) let servers send. */
class ChallengeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer realm=\"example\"",
                "bearer REALM = \"example\" ,\terror=invalid_token",
                "Bearer realm=\"say \\\"friend\\\", and enter\", scope=\"a b\"",
                "Bearer scope=\"urn:a=b,c https://x/y?z=1\"",
                "Bearer realm=\"\"",
                "Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic realm=\"simple\"",
                "Negotiate",
                "Negotiate, Bearer realm=\"x\"",
                "Bearer realm=\"x\", Negotiate, Basic realm=\"y\"",
                "Negotiate YIIGhAYGKwYBBQUCoIIGeDCC==",
                "Bearer realm=\"x\", Negotiate TlRMTVNTUAAB, DPoP algs=\"ES256 RS256\"",
                "DPoP algs=\"ES256\", error=\"use_dpop_nonce\""
            })
    void theseCanBeRead(String value) {
        assertTrue(Challenge.isWellFormed(value), value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer realm=\"open",
                "Bearer realm=\"open\\\"",
                "realm=\"no scheme\"",
                "Bearer: realm=\"x\"",
                "Bearer realm=\"x\" scope=\"y\"",
                "Bearer realm=\"x\"; scope=\"y\"",
                "Bearer realm=\"x\",, scope=\"y\"",
                "Bearer realm='a b'",
                "Bearer dG9rZW4=",
                "Negotiate, realm=\"x\"",
                "{\"error\": \"unauthorized\"}"
            })
    void theseCannot(String value) {
        assertFalse(Challenge.isWellFormed(value), value);
    }

    @Test
    void aLongListOfScopesIsReadInTime() {
        assertTrue(Challenge.isWellFormed("Bearer scope=\"" + "https://scopes.example/a ".repeat(150) + "\""));
        assertFalse(Challenge.isWellFormed("Bearer scope=\"" + "\\\"".repeat(3_900)));
    }

    @Test
    void quotedPairsAreTakenApart() {
        Challenge challenge = Challenge.all("Negotiate, Bearer realm=\"say \\\"friend\\\"\",\tscope = \"a b\"")
                .get(1);
        assertEquals("say \"friend\"", challenge.get("realm"));
        assertEquals("a b", challenge.get("scope"));
    }
}

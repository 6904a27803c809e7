package dev.mcppreflight.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.Preflight;
import dev.mcppreflight.conformance.report.CheckResult;
import dev.mcppreflight.conformance.report.Outcome;
import dev.mcppreflight.conformance.report.Report;
import dev.mcppreflight.conformance.target.OAuth;
import dev.mcppreflight.conformance.target.OtherTokens;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.server.auth.Scope;
import dev.mcppreflight.server.issuer.DemoIssuer;
import dev.mcppreflight.server.issuer.IssuerWalk;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call is refused for want of a scope, the scope of the challenge is asked for, and the call goes through. */
class StepUpTest {

    private static final String LITTLE = "documents:list";

    @ParameterizedTest
    @ValueSource(strings = {"/mcp", "/sse"})
    void theScopeThatIsNamedIsAskedForAndEnough(String path) throws IOException {
        Set<String> scopes = new TreeSet<>(Scope.ALL);
        scopes.add(LITTLE);
        try (DemoIssuer issuer = DemoIssuer.start(new DemoIssuer.Options(0, scopes, () -> "urn:unused", false));
                TestServer server = SignInServer.at(issuer.url(), false, Set.of())) {
            IssuerWalk walk = new IssuerWalk(issuer.url());
            String little = walk.signIn(walk.client(), server.url() + path, LITTLE)
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("access_token");
            // It signs in for another scope than the challenge will name, so that it has to go again.
            OAuth machine = new OAuth(
                    OAuth.Grant.CLIENT_CREDENTIALS,
                    null,
                    null,
                    Scope.WRITE,
                    0,
                    page -> {},
                    Duration.ofSeconds(10),
                    false,
                    null);
            Report report = Preflight.of(Target.of(URI.create(server.url() + path))
                            .withOAuth(machine)
                            .withOtherTokens(new OtherTokens(null, null, little, null, null, null, null)))
                    .tags("@MCP-AUTH-025")
                    .run();
            CheckResult stepUp = report.checks().stream()
                    .filter(result -> result.check().id().equals("MCP-AUTH-025"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(Outcome.PASSED, stepUp.outcome(), stepUp.reason() + stepUp.observed());
            List<Integer> answers = stepUp.exchanges().stream()
                    .filter(exchange -> exchange.requestBody().contains("tools/call"))
                    .map(exchange -> exchange.status())
                    .toList();
            assertEquals(403, answers.get(0));
            assertTrue(answers.get(1) / 100 == 2, answers.toString());
            assertTrue(stepUp.exchanges().stream()
                    .anyMatch(exchange -> exchange.requestBody().contains("grant_type=client_credentials")));
        }
    }
}

package dev.mcppreflight.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.Preflight;
import dev.mcppreflight.conformance.report.ClientReadiness;
import dev.mcppreflight.conformance.report.Outcome;
import dev.mcppreflight.conformance.report.Report;
import dev.mcppreflight.conformance.report.Verdict;
import dev.mcppreflight.conformance.target.Resolution;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.server.app.ServerConfig;
import dev.mcppreflight.server.auth.AccessPolicy;
import dev.mcppreflight.server.auth.ApiKey;
import dev.mcppreflight.server.auth.ApiKeyPolicy;
import dev.mcppreflight.server.auth.AuthProfile;
import dev.mcppreflight.server.http.HttpOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hosted clients connect to the reference server: as soon as it is public, and behind TLS on a name of its own. */
@TestInstance(Lifecycle.PER_CLASS)
class ServerReadinessTest {

    private static final List<String> HOSTED = List.of("chatgpt", "claude");
    private static final Path AUTHORITY = Path.of("..", "fixtures", "tls", "named-ca.pem");
    private static final String KEY = "Kx7-unit-test-key-93b1";

    private final TestServer server = published(AccessPolicy.open());
    private final TlsFront front = new TlsFront(server.port());

    @AfterAll
    void stop() {
        front.close();
        server.close();
    }

    private static TestServer published(AccessPolicy access) {
        HttpOptions options = HttpOptions.local()
                .as(new HttpOptions.Names(Set.of(TlsFront.NAME), Set.of(), "", "https://" + TlsFront.NAME, false));
        return TestServer.with(new ServerConfig(options, access, null, Map.of(), null), Clock.systemUTC());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mcp", "/sse"})
    void onLoopbackItIsReadyWhenPublic(String path) {
        try (TestServer local = TestServer.local()) {
            Report report = check(Target.of(URI.create(local.url() + path)));
            assertVerdicts("ready-when-public", report);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mcp", "/sse"})
    void behindTlsOnItsNameItIsReady(String path) {
        Report report = check(named(path, front));
        assertVerdicts("ready", report);
        assertEquals(Verdict.READY, report.verdict(), () -> explain(report));
        assertEquals(0, report.totals().get(Outcome.HARNESS_ERROR), () -> explain(report));
        assertTrue(report.totals().get(Outcome.PASSED) >= 50, () -> explain(report));
        report.clients()
                .forEach(client -> assertEquals(
                        "https://" + TlsFront.NAME + path,
                        client.next().orElseThrow().fields().stream()
                                .map(ClientReadiness.Field::value)
                                .filter(value -> value.startsWith("https:"))
                                .findFirst()
                                .orElse("")));
        assertSpokenToByName(front);
        assertEquals(List.of(), unexplained(report));
    }

    /** The client of the Java SDK cannot be sent elsewhere; crowds and tries of handles are not made unasked. */
    private static List<String> unexplained(Report report) {
        return report.checks().stream()
                .filter(result -> result.outcome() == Outcome.NOT_TESTED)
                .filter(result -> !result.reason().contains("goes past --resolve"))
                .filter(result -> !result.check().id().startsWith("MCP-LOAD-"))
                .filter(result -> !result.reason().contains("--handle-tool"))
                .map(result -> result.check().id() + " " + result.reason())
                .toList();
    }

    @Test
    void metadataIsLookedForOnTheSameName() {
        try (TestServer guarded = published(new ApiKeyPolicy(new ApiKey(KEY), AuthProfile.RFC6750));
                TlsFront before = new TlsFront(guarded.port())) {
            Report report = check(named("/mcp", before).withBearer(KEY));
            assertTrue(
                    before.requests().stream().anyMatch(request -> request.line()
                            .startsWith("GET /.well-known/oauth-protected-resource/mcp ")),
                    () -> before.requests().toString());
            assertSpokenToByName(before);
            assertEquals(Verdict.READY, report.verdict(), () -> explain(report));
        }
    }

    private static Target named(String path, TlsFront front) {
        return Target.of(URI.create("https://" + TlsFront.NAME + path))
                .withAuthority(AUTHORITY)
                .withResolutions(List.of(new Resolution(TlsFront.NAME, 443, "127.0.0.1", front.port())));
    }

    /** Some checks lie about the header, which is their subject; no one lies about the name in the handshake. */
    private static void assertSpokenToByName(TlsFront front) {
        assertEquals(
                Set.of(TlsFront.NAME),
                front.requests().stream().map(TlsFront.Request::serverName).collect(Collectors.toSet()));
        long byName = front.requests().stream()
                .filter(request -> request.host().equals(TlsFront.NAME))
                .count();
        assertTrue(
                byName > front.requests().size() * 0.9, () -> front.requests().toString());
    }

    private static Report check(Target target) {
        return Preflight.of(target).clients(HOSTED).run();
    }

    private static void assertVerdicts(String verdict, Report report) {
        assertEquals(
                HOSTED, report.clients().stream().map(ClientReadiness::client).toList());
        assertAll(report.clients().stream().map(client -> () -> {
            assertEquals(verdict, client.verdict(), () -> client.client() + " " + client.because() + explain(report));
            assertEquals(List.of(), client.reasons(), () -> client.client() + " " + client.because());
            assertTrue(client.emulated(), client.client());
        }));
    }

    private static String explain(Report report) {
        String causes = report.causes().stream()
                .map(found -> "\n  " + found.cause().id() + " " + found.evidence())
                .collect(Collectors.joining());
        String checks = report.checks().stream()
                .filter(result -> result.isFinding() || result.outcome() == Outcome.HARNESS_ERROR)
                .map(result -> "\n  " + result.outcome() + " " + result.check().id() + " expected " + result.expected()
                        + ", observed " + result.observed() + result.reason())
                .collect(Collectors.joining());
        return report.verdict() + " " + report.totals() + causes + checks;
    }
}

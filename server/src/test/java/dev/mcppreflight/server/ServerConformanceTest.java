package dev.mcppreflight.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.Preflight;
import dev.mcppreflight.conformance.report.CheckResult;
import dev.mcppreflight.conformance.report.Outcome;
import dev.mcppreflight.conformance.report.Report;
import dev.mcppreflight.conformance.report.Verdict;
import dev.mcppreflight.conformance.target.OAuth;
import dev.mcppreflight.conformance.target.OtherTokens;
import dev.mcppreflight.conformance.target.Place;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.server.app.Main;
import dev.mcppreflight.server.app.ServerConfig;
import dev.mcppreflight.server.auth.AccessPolicy;
import dev.mcppreflight.server.auth.ApiKey;
import dev.mcppreflight.server.auth.ApiKeyPolicy;
import dev.mcppreflight.server.auth.AuthProfile;
import dev.mcppreflight.server.auth.Scope;
import dev.mcppreflight.server.documents.Chunker;
import dev.mcppreflight.server.http.HttpOptions;
import dev.mcppreflight.server.tools.WriteAccess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference server under the toolkit's own eyes: it has to be what the toolkit asks of others. */
@TestInstance(Lifecycle.PER_CLASS)
class ServerConformanceTest {

    private static final String KEY = "Kx7-unit-test-key-93b1";

    private final TestServer open = TestServer.local();
    private final TestServer rfc = guarded(AuthProfile.RFC6750);
    private final TestServer seed = guarded(AuthProfile.SEED);

    @AfterAll
    void stop() {
        open.close();
        rfc.close();
        seed.close();
    }

    private static TestServer guarded(AuthProfile profile) {
        return TestServer.guardedBy(new ApiKeyPolicy(new ApiKey(KEY), profile));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-03-26", "2025-06-18", "2025-11-25"})
    void streamableHttpIsReady(String revision) {
        Report report = check(streamable(open).withRevision(revision));
        assertSpotless(report);
        assertEquals(revision, report.revision());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-11-25"})
    void httpWithSseIsReady(String revision) {
        Report report = check(sse(open).withRevision(revision));
        assertSpotless(report);
        assertEquals(revision, report.revision());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"})
    void stdioIsReady(String revision) {
        Report report = check(Target.of(command()).withRevision(revision));
        assertSpotless(report);
        assertEquals(revision, report.revision());
    }

    /** More come than there is room for; those that vanish make room within two heartbeats. */
    @Test
    void aCrowdIsServedOrToldThatThereIsNoRoom() {
        try (TestServer small = TestServer.with(TestServer.options(20, 25, Duration.ofMillis(200)))) {
            for (Target target : List.of(streamable(small), sse(small))) {
                Report report = Preflight.of(target.withLimits(target.limits().withCrowd(40)))
                        .tags("@crowd")
                        .run();
                assertEquals(Set.of(), findings(report), () -> explain(report));
                assertEquals(4, report.totals().get(Outcome.PASSED), () -> explain(report));
            }
        }
    }

    /** Its list of resources changes, and it takes subscriptions. */
    @Test
    void withToolsThatWriteItIsReady(@TempDir Path root) {
        ServerConfig config = new ServerConfig(
                HttpOptions.local(), AccessPolicy.open(), null, Map.of(), new WriteAccess(root, Chunker.standard()));
        try (TestServer writing = TestServer.with(config, Clock.systemUTC())) {
            for (Target target : List.of(streamable(writing), sse(writing))) {
                Report report = check(target);
                assertSpotless(report);
                for (String subscription : List.of("MCP-RES-011", "MCP-RES-030")) {
                    assertTrue(
                            report.checks().stream()
                                    .anyMatch(result -> result.check().id().equals(subscription)
                                            && result.outcome() == Outcome.PASSED),
                            subscription);
                }
            }
        }
    }

    @Test
    void withTheKeyItIsReady() {
        assertSpotless(check(streamable(rfc).withBearer(KEY)));
        assertSpotless(check(sse(rfc).withBearer(KEY)));
    }

    @Test
    void aHeaderOfItsOwnIsAsGood() {
        Report report = check(streamable(rfc).withHeader("X-API-Key", KEY));
        assertEquals(Set.of(), findings(report), () -> explain(report));
        assertEquals(Verdict.READY, report.verdict());
    }

    @Test
    void withATokenItIsReady() {
        try (SignInServer signIn = new SignInServer()) {
            for (Target target : List.of(
                    streamable(signIn.server()).withBearer(signIn.token("/mcp")),
                    sse(signIn.server()).withBearer(signIn.token("/sse")),
                    streamable(signIn.server()).withBearer(signIn.token("/mcp")).withRevision("2025-03-26"))) {
                Report report = check(target);
                assertEquals(Set.of(), findings(report), () -> explain(report));
                assertEquals(0, report.totals().get(Outcome.BLOCKED), () -> explain(report));
                assertEquals(0, report.totals().get(Outcome.HARNESS_ERROR), () -> explain(report));
                assertTrue(report.totals().get(Outcome.PASSED) >= 50, () -> explain(report));
                assertEquals(Verdict.READY, report.verdict(), () -> explain(report));
            }
        }
    }

    /** Whatever a stranger is asked to sign in for is not tested; what is open to him is right, and so is the way to sign in. */
    @Test
    void aMixedServerIsReadyForStrangersAndForUsers() {
        try (SignInServer mixed = new SignInServer(true, Set.of("search", "fetch"))) {
            for (Target stranger : List.of(streamable(mixed.server()), sse(mixed.server()))) {
                Report report = check(stranger);
                assertEquals(Set.of(), findings(report), () -> explain(report));
                assertEquals(0, report.totals().get(Outcome.BLOCKED), () -> explain(report));
                assertEquals(0, report.totals().get(Outcome.HARNESS_ERROR), () -> explain(report));
                assertEquals(Verdict.READY, report.verdict(), () -> explain(report));
                assertTrue(
                        passed(report).containsAll(Set.of("MCP-PRM-001", "MCP-PRM-007", "MCP-AS-004", "MCP-AS-006")),
                        () -> explain(report));
            }
            Report report = check(streamable(mixed.server()).withBearer(mixed.token("/mcp")));
            assertEquals(Set.of(), findings(report), () -> explain(report));
            assertEquals(Verdict.READY, report.verdict(), () -> explain(report));
        }
    }

    /** The address leads to this machine, and is none that a client of this machine would have. */
    @Test
    void theDemoIssuerReadsNothingFromInnerAddresses() {
        try (SignInServer signIn = new SignInServer()) {
            OAuth looking = new OAuth(
                    OAuth.Grant.NONE,
                    null,
                    null,
                    null,
                    0,
                    page -> {},
                    Duration.ofSeconds(10),
                    true,
                    new Place("0.0.0.0", 0));
            Report report = Preflight.of(streamable(signIn.server()).withOAuth(looking))
                    .tags("@MCP-AS-015 or @MCP-SEC-013")
                    .run();
            assertEquals(Set.of("MCP-AS-015"), passed(report), () -> explain(report));
        }
    }

    /** Whatever an operator can give is given: each of these tokens opens what it is for. */
    @Test
    void everyTokenOpensWhatItIsFor() {
        try (TestIssuer issuer = new TestIssuer();
                TestServer server = SignInServer.at(issuer.url(), false, Set.of())) {
            String here = server.url() + "/mcp";
            OtherTokens others = new OtherTokens(
                    issuer.sign(issuer.claims(here, Scope.READ)
                            .expirationTime(Date.from(Instant.now().minusSeconds(600)))
                            .build()),
                    issuer.token("https://elsewhere.example/mcp", Scope.READ),
                    issuer.token(here, "documents:list"),
                    issuer.sign(issuer.claims(here, Scope.READ).subject("bob").build()),
                    issuer.token(server.url().toUpperCase(Locale.ROOT) + "/mcp", Scope.READ),
                    issuer.sign(issuer.claims(here, Scope.READ)
                            .audience((String) null)
                            .build()),
                    issuer.token(here, Scope.WRITE));
            Report report = check(streamable(server)
                    .withBearer(issuer.token(here, Scope.READ))
                    .withOtherTokens(others));
            for (String id : List.of(
                    "MCP-AUTH-007",
                    "MCP-AUTH-008",
                    "MCP-AUTH-012",
                    "MCP-AUTH-013",
                    "MCP-AUTH-024",
                    "MCP-AUTH-028",
                    "MCP-AUTH-030",
                    "MCP-SEC-003",
                    "MCP-SEC-012")) {
                assertTrue(passed(report).contains(id), () -> id + "\n" + explain(report));
            }
            assertFalse(
                    report.checks().stream()
                            .filter(CheckResult::isFinding)
                            .anyMatch(result -> !result.check().id().startsWith("MCP-AS-")),
                    () -> explain(report));
        }
    }

    @Test
    void withoutAKeyTheRefusalIsRight() {
        for (Target target : List.of(streamable(rfc), sse(rfc))) {
            Report report = check(target);
            assertEquals(Set.of(), findings(report), () -> explain(report));
            assertEquals(0, report.totals().get(Outcome.HARNESS_ERROR), () -> explain(report));
            assertTrue(report.totals().get(Outcome.PASSED) > 0, () -> explain(report));
            assertTrue(report.totals().get(Outcome.NOT_TESTED) > 0, () -> explain(report));
        }
    }

    /** The profile answers a wrong key by 403, where the specification of authorization asks for 401. */
    @Test
    void theSeedProfileFailsByTheWrongKeyAlone() {
        for (Target target : List.of(
                streamable(seed), streamable(seed).withBearer(KEY), sse(seed).withBearer(KEY))) {
            Report report = check(target);
            List<CheckResult> failed =
                    report.checks().stream().filter(CheckResult::isFinding).toList();
            assertEquals(
                    List.of("MCP-AUTH-006"),
                    failed.stream().map(result -> result.check().id()).toList(),
                    () -> explain(report));
            assertTrue(failed.get(0).observed().startsWith("HTTP 403"), () -> explain(report));
            assertEquals(Verdict.NOT_READY, report.verdict());
        }
    }

    private static Target streamable(TestServer server) {
        return Target.of(URI.create(server.url() + "/mcp"));
    }

    private static Target sse(TestServer server) {
        return Target.of(URI.create(server.url() + "/sse"));
    }

    /** The server in a process of its own, made of the classes under test. */
    private static List<String> command() {
        return List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--stdio");
    }

    private static Report check(Target target) {
        return Preflight.of(target).run();
    }

    private static void assertSpotless(Report report) {
        assertEquals(Set.of(), findings(report), () -> explain(report));
        assertTrue(report.totals().get(Outcome.PASSED) >= 50, () -> explain(report));
        for (Outcome outcome : List.of(Outcome.BLOCKED, Outcome.HARNESS_ERROR)) {
            assertEquals(0, report.totals().get(outcome), () -> explain(report));
        }
        // Crowds come and handles are tried only where the operator asks for it: tests of their own ask.
        report.checks().stream()
                .filter(result -> result.outcome() == Outcome.NOT_TESTED)
                .forEach(result -> assertTrue(
                        result.check().id().startsWith("MCP-LOAD-")
                                || result.reason().contains("--handle-tool"),
                        () -> explain(report)));
        assertEquals(Verdict.READY, report.verdict(), () -> explain(report));
    }

    /** Everything that is not as it should be, by its id. */
    private static Set<String> findings(Report report) {
        Set<String> ids = new TreeSet<>();
        report.checks().stream()
                .filter(CheckResult::isFinding)
                .forEach(result -> ids.add(result.check().id()));
        report.causes().forEach(found -> ids.add(found.cause().id()));
        return ids;
    }

    private static Set<String> passed(Report report) {
        return report.checks().stream()
                .filter(result -> result.outcome() == Outcome.PASSED)
                .map(result -> result.check().id())
                .collect(java.util.stream.Collectors.toSet());
    }

    private static String explain(Report report) {
        List<String> lines = new ArrayList<>();
        lines.add(report.verdict() + " " + report.totals());
        report.causes().forEach(found -> lines.add(found.cause().id() + " " + found.evidence()));
        report.checks().stream()
                .filter(result -> result.isFinding() || result.outcome() == Outcome.HARNESS_ERROR)
                .forEach(result ->
                        lines.add(result.outcome() + " " + result.check().id() + " expected " + result.expected()
                                + ", observed " + result.observed() + result.reason()));
        return String.join("\n  ", lines) + "\n";
    }
}

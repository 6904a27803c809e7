package dev.mcppreflight.conformance.innocents;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.Preflight;
import dev.mcppreflight.conformance.Robot;
import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.report.CauseFinding;
import dev.mcppreflight.conformance.report.CheckResult;
import dev.mcppreflight.conformance.report.Outcome;
import dev.mcppreflight.conformance.report.Report;
import dev.mcppreflight.conformance.target.OAuth;
import dev.mcppreflight.conformance.target.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Servers of other makers work with ChatGPT and Claude every day. Whatever is reported about them has to be provable: it
 * stands in a baseline with its proof, and anything beyond it is a false alarm.
 */
@TestInstance(Lifecycle.PER_CLASS)
class InnocentsTest {

    /** Most of a run is waiting for things that must not happen, so that several fit on two processors. */
    private static final int AT_ONCE = 4;

    /** More than the workers that a careless server has, and not enough to be in the way of the others. */
    private static final int CROWD = 20;

    private static final String KEY = "library-key-of-the-innocent";

    /** Some of them leave requests without an answer for ever; servers that run already answer the others at once. */
    private static final Duration ON_LOOPBACK = Duration.ofSeconds(5);

    /** A busy machine starts several of them at once. */
    private static final Duration TO_START = Duration.ofSeconds(30);

    private final ExecutorService runs = Executors.newFixedThreadPool(AT_ONCE);

    @TestFactory
    Stream<DynamicTest> nothingIsReportedWithoutProof() {
        Map<String, Future<Report>> reports = new LinkedHashMap<>();
        innocents().forEach((name, start) -> reports.put(name, runs.submit(() -> check(start))));
        return reports.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(), () -> compare(Baseline.load(entry.getKey()), report(entry.getValue()))));
    }

    /** The slowest first, because the others fit beside it; {@code -Dpreflight.innocents=NAME,NAME} chooses among them. */
    private static Map<String, Callable<Innocent>> innocents() {
        Map<String, Callable<Innocent>> all = new LinkedHashMap<>();
        all.put("java-sdk-sse", JavaSdkServer::sse);
        all.put("java-sdk-sse-guarded", JavaSdkServer::guardedSse);
        all.put("everything-sse", npm(() -> NpmServers.http("server-everything", "/sse", "sse")));
        all.put("everything-streamable", npm(() -> NpmServers.http("server-everything", "/mcp", "streamableHttp")));
        all.put("everything-stdio", npm(() -> NpmServers.stdio("server-everything", "stdio")));
        all.put("memory-stdio", npm(() -> NpmServers.stdio("server-memory")));
        all.put("filesystem-stdio", npm(() -> NpmServers.stdio("server-filesystem", shelf())));
        all.put("sequential-thinking-stdio", npm(() -> NpmServers.stdio("server-sequential-thinking")));
        all.put("typescript-sse", script("typescript.mjs", "sse", "/sse"));
        all.put("typescript-sessions", script("typescript.mjs", "sessions", "/mcp"));
        all.put("typescript-stateless", script("typescript.mjs", "stateless", "/mcp"));
        all.put("typescript-tools-only", script("typescript.mjs", "tools-only", "/mcp"));
        all.put("typescript-resources-only", script("typescript.mjs", "resources-only", "/mcp"));
        all.put("typescript-1.0-sse", script("typescript-1.0.mjs", "sse", "/sse"));
        all.put("typescript-v2", script("typescript-v2.mjs", "dual", "/mcp"));
        all.put("typescript-v2-modern", script("typescript-v2.mjs", "modern", "/mcp"));
        all.put("fastmcp-streamable", script("fastmcp.mjs", "sessions", "/mcp"));
        all.put("fastmcp-sse", script("fastmcp.mjs", "sessions", "/sse"));
        all.put("fastmcp-stateless", script("fastmcp.mjs", "stateless", "/mcp"));
        all.put("hono-stateless", script("hono.mjs", "stateless", "/mcp"));
        all.put("mcp-lite-sessions", script("mcp-lite.mjs", "sessions", "/mcp"));
        all.put("mcp-proxy-streamable", script("bridge.mjs", "memory", "/mcp"));
        all.put("mcp-proxy-sse", script("bridge.mjs", "memory", "/sse"));
        all.put("typescript-oauth", script("typescript.mjs", "oauth", "/mcp"));
        all.put("typescript-oauth-signed-in", npm(() -> signedIn("oauth")));
        all.put("typescript-oidc-provider", npm(() -> signedIn("oidc")));
        all.put("typescript-bearer", npm(InnocentsTest::withKey));
        all.put("typescript-behind-nginx", npm(() -> Nginx.before("sessions")));
        all.put("java-sdk-streamable", JavaSdkServer::streamable);
        all.put("java-sdk-stateless", JavaSdkServer::stateless);
        all.put("java-sdk-streamable-guarded", JavaSdkServer::guardedStreamable);
        Set<String> named = Set.of(System.getProperty("preflight.innocents", "").split(","));
        all.keySet().removeIf(name -> !named.contains("") && !named.contains(name));
        return all;
    }

    private static Callable<Innocent> npm(Callable<Innocent> start) {
        return () -> {
            NpmServers.install();
            return start.call();
        };
    }

    private static Callable<Innocent> script(String script, String kind, String path) {
        return npm(() -> NpmServers.script(script, kind, path, Map.of()));
    }

    /** One that only lets the holder of a key in, and a caller who holds it. */
    private static Innocent withKey() {
        Innocent server = NpmServers.script("typescript.mjs", "stateless", "/mcp", Map.of("BEARER", KEY));
        return server.seenBy(target -> target.withBearer(KEY));
    }

    /** One whose users sign in, and a user who does. */
    private static Innocent signedIn(String kind) {
        OAuth oauth = new OAuth(OAuth.Grant.CODE, null, null, null, 0, new Robot(), TO_START, true, null);
        return NpmServers.script("typescript.mjs", kind, "/mcp", Map.of()).seenBy(target -> target.withOAuth(oauth));
    }

    /** A folder for the server of files to look after. */
    private static String shelf() {
        try {
            Path folder = Files.createDirectories(Path.of("target", "innocents", "files"));
            Files.writeString(folder.resolve("hello.txt"), "Hello\n");
            return folder.toAbsolutePath().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Report check(Callable<Innocent> start) throws Exception {
        try (Innocent innocent = start.call()) {
            Target target = innocent.target();
            Duration patience = target.isCommand() ? TO_START : ON_LOOPBACK;
            return Preflight.of(target.withLimits(
                            target.limits().withTimeout(patience).withCrowd(CROWD)))
                    .threads(innocent.threads())
                    .run();
        }
    }

    private static Report report(Future<Report> future) throws Throwable {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    private static void compare(Baseline baseline, Report report) {
        assertAll(
                () -> assertEquals(baseline.findings(), reported(report), () -> explain(baseline, report)),
                () -> assertEquals(baseline.verdict(), report.verdict().word(), baseline.title()),
                () -> assertEquals(baseline.notReady(), notReady(report), () -> explain(baseline, report)),
                () -> assertEquals(0, report.totals().get(Outcome.HARNESS_ERROR), () -> explain(baseline, report)),
                () -> assertTrue(
                        report.totals().get(Outcome.PASSED) >= baseline.passed(), () -> explain(baseline, report)));
    }

    /** Which clients are told to stay away, and why. Deep research does so with every server that is not made for it. */
    private static Set<String> notReady(Report report) {
        return report.clients().stream()
                .filter(client -> client.verdict().equals("not-ready"))
                .flatMap(client -> client.because().stream()
                        .filter(reason -> reason.weight().equals("blocks"))
                        .map(reason -> client.client() + " " + reason.id()))
                .filter(line -> !line.equals("chatgpt-deep-research TOOL-019"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The checks that failed, and the causes that are more than a blemish. */
    private static Set<String> reported(Report report) {
        Set<String> ids = new TreeSet<>();
        report.checks().stream()
                .filter(result -> result.outcome() == Outcome.FAILED)
                .forEach(result -> ids.add(result.check().id()));
        report.causes().stream()
                .map(CauseFinding::cause)
                .filter(cause -> cause.severity().compareTo(Cause.Severity.MAJOR) <= 0)
                .forEach(cause -> ids.add(cause.id()));
        return ids;
    }

    /** What has to be looked at when a comparison fails: all that is not as it should be, in the words of the report. */
    private static String explain(Baseline baseline, Report report) {
        Stream<String> causes = report.causes().stream()
                .map(found ->
                        found.cause().severity().word() + " " + found.cause().id() + " " + found.evidence());
        Stream<String> checks = report.checks().stream()
                .filter(result -> result.isFinding() || result.outcome() == Outcome.HARNESS_ERROR)
                .sorted(Comparator.comparing(CheckResult::outcome))
                .map(result -> result.outcome() + " " + result.check().id() + " expected " + result.expected()
                        + ", observed " + result.observed() + result.reason());
        Stream<String> clients = report.clients().stream()
                .filter(client -> client.verdict().equals("not-ready"))
                .map(client -> client.client() + " is not ready: " + client.reasons());
        List<String> lines =
                Stream.of(causes, checks, clients).flatMap(each -> each).toList();
        return baseline.title() + " " + report.totals() + "\n  " + String.join("\n  ", lines) + "\n";
    }

    @AfterAll
    void endRuns() {
        runs.shutdownNow();
    }
}

package dev.mcppreflight.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mcppreflight.conformance.Preflight;
import dev.mcppreflight.conformance.report.CheckResult;
import dev.mcppreflight.conformance.report.JsonRenderer;
import dev.mcppreflight.conformance.report.Outcome;
import dev.mcppreflight.conformance.report.Report;
import dev.mcppreflight.conformance.report.Verdict;
import dev.mcppreflight.conformance.target.Browser;
import dev.mcppreflight.conformance.target.OAuth;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.server.app.Main;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** From the address of a server that nobody has heard of to a checked one, with a real browser for the consent page. */
@TestInstance(Lifecycle.PER_CLASS)
class SignInWalkTest {

    private static final String READY = "preflight-server ready ";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Process server;
    private String address;

    /** As users start it: a process with its own authorization server. */
    @BeforeAll
    void start() throws IOException {
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--port",
                        "0",
                        "--auth",
                        "oauth",
                        "--demo-issuer",
                        "--demo-issuer-local-clients")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        String line = String.valueOf(out.readLine());
        assertTrue(line.startsWith(READY), line);
        address = line.substring(READY.length()).strip();
    }

    @AfterAll
    void stop() {
        server.destroy();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mcp", "/sse"})
    void aUserSignsInWithABrowser(String path) {
        try (Chromium chromium = Chromium.start()) {
            Report report = check(path, OAuth.Grant.CODE, chromium);
            assertSpotless(report);
            // What only a user's sign-in shows.
            for (String id : List.of(
                    "MCP-AUTH-050",
                    "MCP-AS-018",
                    "MCP-AS-022",
                    "MCP-AS-025",
                    "MCP-AS-026",
                    "MCP-AS-027",
                    "MCP-AS-030",
                    "MCP-AS-041",
                    "MCP-SEC-014")) {
                assertEquals(Outcome.PASSED, outcome(report, id), id);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mcp", "/sse"})
    void aMachineSignsInByItself(String path) {
        Report report = check(path, OAuth.Grant.CLIENT_CREDENTIALS, page -> {
            throw new IllegalStateException("a machine needs no browser");
        });
        assertSpotless(report);
        assertEquals(Outcome.PASSED, outcome(report, "MCP-AUTH-050"));
    }

    private Report check(String path, OAuth.Grant grant, Browser browser) {
        OAuth oauth = new OAuth(grant, null, null, null, 0, browser, PATIENCE);
        return Preflight.of(Target.of(URI.create(address + path)).withOAuth(oauth))
                .run();
    }

    private static void assertSpotless(Report report) {
        String json = new JsonRenderer().render(report);
        assertAll(
                () -> assertEquals(
                        List.of(),
                        report.checks().stream()
                                .filter(result -> result.isFinding() || result.outcome() == Outcome.HARNESS_ERROR)
                                .map(result -> result.check().id() + ": " + result.observed() + result.reason())
                                .toList()),
                () -> assertEquals(List.of(), report.causes()),
                () -> assertEquals(Verdict.READY, report.verdict()),
                () -> report.clients()
                        .forEach(client -> assertTrue(
                                List.of("ready", "ready-when-public").contains(client.verdict()),
                                client.client() + " is " + client.verdict())),
                () -> assertFalse(json.matches("(?s).*eyJ[\\w-]{20,}\\..*"), "a token is in the report"));
    }

    private static Outcome outcome(Report report, String check) {
        return report.checks().stream()
                .filter(result -> result.check().id().equals(check))
                .map(CheckResult::outcome)
                .findFirst()
                .orElseThrow();
    }

    /** Chromium without a window, whose user allows whatever he is asked. */
    private static final class Chromium implements Browser, AutoCloseable {

        private final WebDriver driver;

        private Chromium(WebDriver driver) {
            this.driver = driver;
        }

        /** Where there is none the test is left out, loudly; where CI is set it fails. */
        static Chromium start() {
            Optional<Path> browser = Stream.of("chromium", "google-chrome", "chromium-browser")
                    .flatMap(name -> found(name).stream())
                    .findFirst();
            Optional<Path> control = found("chromedriver");
            boolean there = browser.isPresent() && control.isPresent();
            if (!there && System.getenv("CI") == null) {
                System.err.println("NOT TESTED: the sign-in with a browser. Install chromium and chromium-driver.");
            }
            assumeTrue(there || System.getenv("CI") != null, "chromium and chromedriver are missing");
            ChromeOptions options = new ChromeOptions();
            options.setBinary(browser.orElseThrow().toFile());
            options.addArguments(
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--user-data-dir=" + folder());
            ChromeDriverService service = new ChromeDriverService.Builder()
                    .usingDriverExecutable(control.orElseThrow().toFile())
                    .usingAnyFreePort()
                    .build();
            return new Chromium(new ChromeDriver(service, options));
        }

        private static Path folder() {
            try {
                return Files.createTempDirectory("preflight-chromium");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        private static Optional<Path> found(String program) {
            return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, program))
                    .filter(Files::isExecutable)
                    .findFirst();
        }

        @Override
        public void open(URI page) {
            driver.get(page.toString());
            driver.findElement(By.id("allow")).click();
        }

        @Override
        public void close() {
            driver.quit();
        }
    }
}

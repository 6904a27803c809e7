package dev.mcppreflight.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.cli.Main;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * From the address of a server that nobody has heard of to a checked one, as users go it: {@code preflight serve --auth oauth
 * --demo-issuer} in one process, {@code preflight check --oauth} in another, and a real browser for the consent page.
 */
@TestInstance(Lifecycle.PER_CLASS)
class SignInWalkTest {

    /** What only a user's sign-in shows. */
    private static final List<String> OF_A_USER = List.of(
            "MCP-AUTH-050",
            "MCP-AS-018",
            "MCP-AS-022",
            "MCP-AS-025",
            "MCP-AS-026",
            "MCP-AS-027",
            "MCP-AS-030",
            "MCP-AS-041",
            "MCP-SEC-014");

    @TempDir
    private Path folder;

    private Program server;
    private String address;

    @BeforeAll
    void start() {
        server = Program.start(
                dev.mcppreflight.server.app.Main.class,
                "--port",
                "0",
                "--auth",
                "oauth",
                "--demo-issuer",
                "--demo-issuer-local-clients");
        address = server.after("preflight-server ready ");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mcp", "/sse"})
    void aUserSignsInAtTheAddressThatIsPrinted(String path) throws IOException {
        try (Chromium chromium = Chromium.start();
                Program check = check(path, Map.of())) {
            check.after("Sign in with a browser on this machine:");
            chromium.allow(URI.create(check.after("  ")));
            assertReady(check, OF_A_USER);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aUserSignsInWithTheBrowserThatIsNamed() throws IOException {
        Chromium.start().close();
        List<String> browser = Program.command(Chromium.class);
        Path script = Files.createFile(
                folder.resolve("browser"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(script, "#!/bin/sh\nexec '" + String.join("' '", browser) + "' \"$@\"\n");
        try (Program check = check("/mcp", Map.of(), "--browser", script.toString())) {
            assertReady(check, OF_A_USER);
        }
    }

    /** In the header or in the body, as it was registered. */
    @ParameterizedTest
    @CsvSource({"/mcp, client_secret_basic", "/sse, client_secret_post"})
    void aMachineSignsInByItsSecret(String path, String method) throws IOException {
        JsonPath client = registeredMachine(method);
        Map<String, String> secret = Map.of("PREFLIGHT_CLIENT_SECRET", client.getString("client_secret"));
        try (Program check = check(
                path, secret, "--oauth-grant", "client-credentials", "--client-id", client.getString("client_id"))) {
            String report = assertReady(check, List.of("MCP-AUTH-050"));
            assertFalse(report.contains(client.getString("client_secret")), "the secret is in the report");
        }
    }

    private JsonPath registeredMachine(String method) {
        String issuer = RestAssured.get(address + "/.well-known/oauth-protected-resource/mcp")
                .path("authorization_servers[0]");
        return RestAssured.given()
                .contentType(ContentType.JSON)
                .body("{\"client_name\":\"Machine\",\"grant_types\":[\"client_credentials\"],"
                        + "\"token_endpoint_auth_method\":\"" + method + "\"}")
                .post(issuer + "/register")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    private Program check(String path, Map<String, String> variables, String... more) {
        List<String> arguments = new ArrayList<>(List.of("check", address + path, "--oauth"));
        arguments.addAll(List.of("--client", "chatgpt", "--client", "claude", "--format", "json=" + report()));
        arguments.addAll(List.of(more));
        return Program.startAndHearErrors(Main.class, variables, arguments.toArray(String[]::new));
    }

    private Path report() {
        return folder.resolve("report.json");
    }

    /** The end of a check without anything to find, and its report. */
    private String assertReady(Program check, List<String> passed) throws IOException {
        int exit = check.exitCode();
        String text = Files.readString(report());
        JsonPath report = JsonPath.from(text);
        assertAll(
                () -> assertEquals(List.of(), report.getList("causes.id")),
                () -> assertEquals(
                        List.of(),
                        report.getList("checks.findAll { it.outcome in ['FAILED', 'WARNED', 'HARNESS_ERROR'] }")),
                () -> assertEquals("ready", report.getString("verdict")),
                () -> assertEquals(
                        Map.of("chatgpt", "ready-when-public", "claude", "ready-when-public"), verdicts(report)),
                () -> assertEquals(
                        Set.copyOf(passed),
                        Set.copyOf(report.getList("checks.findAll { it.outcome == 'PASSED' }.id").stream()
                                .filter(passed::contains)
                                .toList())),
                () -> assertTrue(report.getInt("totals.PASSED") >= 50, report.getString("totals")),
                () -> assertFalse(text.matches("(?s).*eyJ[\\w-]{20,}\\..*"), "a token is in the report"),
                () -> assertEquals(0, exit));
        return text;
    }

    private static Map<String, String> verdicts(JsonPath report) {
        Map<String, String> verdicts = new java.util.HashMap<>();
        report.<Map<String, Object>>getList("clients")
                .forEach(client ->
                        verdicts.put(String.valueOf(client.get("client")), String.valueOf(client.get("verdict"))));
        return verdicts;
    }
}

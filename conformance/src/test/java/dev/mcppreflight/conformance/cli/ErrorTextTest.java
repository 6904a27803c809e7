package dev.mcppreflight.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.catalogue.ErrorText;
import dev.mcppreflight.conformance.catalogue.ErrorTexts;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What people paste from a client leads to its likeliest cause, and to the command that decides. */
class ErrorTextTest {

    private final Catalogue catalogue = new Catalogue();
    private final ErrorTexts texts = catalogue.errorTexts();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Error creating connector | NET-005",
                "ERROR CREATING CONNECTOR! | NET-005",
                "eror creating conector | NET-005",
                "Couldn't reach the MCP server. You can check the server URL | NET-001",
                "Couldn’t reach MCP server | NET-001",
                "Authorisation with the MCP server failed. You can check your credentials and permissions. | AUTH-011",
                "Couldn't register with Example's sign-in service. | AUTH-017",
                "There was a problem connecting Docs. Try again later. | MCP-001",
                "424 | HTTP-010",
                "502 Bad Gateway nginx | NET-021",
                "Error: tools.3.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,64}$' | TOOL-002",
                "spawn npx ENOENT | STDIO-003",
                "SyntaxError: Unexpected token 'S', \"Starting...\" is not valid JSON | STDIO-001",
                "SyntaxError: Unexpected token '<', \"<!DOCTYPE \"... is not valid JSON | HTTP-014",
                "TypeError: fetch failed: unable to verify the first certificate | NET-012",
                "code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' | NET-012",
                "MCP server does not implement OAuth | AUTH-001",
                "connect ECONNREFUSED 127.0.0.1:3000 | NET-005",
                "McpError: MCP error -32000: Connection closed | STDIO-007",
                "MCP error -32001: Request timed out | PERF-001",
                "Streamable HTTP error: Error POSTing to endpoint (HTTP 404): Not Found | HTTP-001",
                "Incompatible auth server: does not support dynamic client registration | AUTH-017",
                "{\"error\":\"invalid_grant\",\"error_description\":\"expired\"} | AUTH-021",
                "Access to fetch at 'https://a.example/mcp' from origin has been blocked by CORS policy | SEC-004",
                "Error: Non-HTTPS URLs are only allowed for localhost or when --allow-http flag is provided | MCPR-001",
                "Error retrieving tool list from MCP server: 'docs'. Http status code: 424 (Failed Dependency) | HOST-007"
            })
    void whatIsPastedIsRecognized(String seen, String cause) {
        List<ErrorText> found = texts.in(seen);
        assertFalse(found.isEmpty(), seen);
        assertEquals(
                cause, found.get(0).causes().get(0), () -> found.get(0).says().toString());
    }

    @Test
    void aLogAroundItDoesNotHideIt() {
        String log = """
                2026-11-22T10:00:01.221Z [docs] [info] Initializing server...
                2026-11-22T10:00:01.260Z [docs] [info] Server started and connected successfully
                2026-11-22T10:00:01.900Z [docs] [error] spawn uvx ENOENT {"context":"connection"}
                2026-11-22T10:00:01.901Z [docs] [info] Client transport closed
                """;
        assertEquals("STDIO-003", texts.in(log).get(0).causes().get(0));
    }

    @Test
    void whatNoClientSaysIsFoundByItsWords() {
        Run run = Run.of("explain", "my events arrive late, in lumps");
        assertEquals(0, run.exit(), run.err());
        assertTrue(run.out().contains("No known text of a client is like this"), run.out());
        assertTrue(run.out().contains("SSE-006"), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"the weather is fine today", "il fait beau", "NET-0055", "x", "!!!", "and the of"})
    void nothingIsLikeEverything(String words) {
        assertEquals(List.of(), texts.in(words));
        Run run = Run.of("explain", words);
        assertEquals(2, run.exit(), run.out());
        assertEquals("", run.out());
    }

    /** Every one finds itself first, whatever else is known, and each of its causes is known. */
    @Test
    void everyTextLeadsToItsCausesAndToACommandThatDecides() {
        assertAll(texts.all().stream().flatMap(text -> text.says().stream().map(said -> () -> {
            assertTrue(texts.in("Error: " + said.toUpperCase() + " (docs)").contains(text), said);
            Run run = Run.of("explain", said);
            assertEquals(0, run.exit(), said);
            assertTrue(run.out().contains("decide by  preflight check "), run.out());
            for (String id : text.causes()) {
                Cause cause = catalogue.cause(id).orElseThrow(() -> new AssertionError(said + ": " + id));
                assertTrue(run.out().contains(id + " " + cause.title().split(" ")[0]), run.out());
            }
        })));
    }

    @Test
    void everyDecidingCommandCanBeEntered() {
        Shell shell = new Shell(System.in, System.out, System.err, Map.of(), Terminal.NONE);
        new TreeSet<>(texts.all().stream().map(ErrorText::decide).toList()).forEach(command -> {
            String[] words = command.replace("URL", "http://127.0.0.1:1/mcp").split(" ");
            new CommandLine(new CheckCommand(shell))
                    .parseArgs(List.of(words).subList(1, words.length).toArray(String[]::new));
        });
    }

    @Test
    void aCauseTellsHowItLooksInEachClientAndHowItIsMendedInEachProduct() {
        Run run = Run.of("explain", "SEC-001");
        assertTrue(run.out().contains("'Invalid Host header' in any client, with the status 421"), run.out());
        assertTrue(run.out().contains("ngrok    `ngrok http 3000 --host-header=rewrite`."), run.out());
        assertTrue(run.out().contains("Express  `createMcpExpressApp("), run.out());
    }

    @Test
    void theProductsAreAFewAndTheirCausesKnown() {
        TreeSet<String> products = new TreeSet<>();
        catalogue.causes().keySet().forEach(id -> catalogue.productFixes(id).forEach(fix -> {
            products.add(fix.product());
            assertFalse(fix.fix().isBlank(), id);
            fix.causes().forEach(cause -> assertTrue(catalogue.cause(cause).isPresent(), fix.product() + ": " + cause));
        }));
        assertEquals(
                "[Apache, Caddy, Cloudflare, Express, FastAPI, Spark, Spring, Traefik, nginx, ngrok, uvicorn]",
                products.toString());
    }
}

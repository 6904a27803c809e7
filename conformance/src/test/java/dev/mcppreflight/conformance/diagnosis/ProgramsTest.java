package dev.mcppreflight.conformance.diagnosis;

import static dev.mcppreflight.conformance.diagnosis.Canned.line;
import static dev.mcppreflight.conformance.diagnosis.Canned.welcomeMessage;
import static dev.mcppreflight.conformance.diagnosis.Situation.contact;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mcppreflight.conformance.wire.Failure.Kind;
import dev.mcppreflight.conformance.wire.Purpose;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What programs of many languages say on their standard streams, in their own words, and what that shows. */
class ProgramsTest {

    @TestFactory
    Stream<DynamicTest> banners() {
        return each(
                "STDIO-001",
                said -> contact(
                        line(Purpose.INITIALIZE).answer(welcomeMessage()).body(said)),
                "Kitchen MCP Server running on stdio",
                "[INFO] 2 tools registered",
                "[2026-01-02 10:00:00,123] INFO kitchen: ready",
                "{\"level\":30,\"time\":1767225600000,\"pid\":47,\"msg\":\"ready\"}",
                "{ port: 3000, env: 'dev' }",
                "{\n  port: 3000,\n  env: 'dev'\n}",
                "\"ready\"",
                "42",
                "INFO:mcp:sent {\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{}}",
                "12:01:33.123 [main] INFO  org.acme.App -- Started");
    }

    @TestFactory
    Stream<DynamicTest> starters() {
        return each(
                "STDIO-013",
                said -> contact(
                        line(Purpose.INITIALIZE).answer(welcomeMessage()).body(said)),
                "> @acme/kitchen@0.9.0 start /home/me/kitchen\n> tsx src/main.ts",
                "yarn run v1.22.22\n$ node dist/index.js",
                "Need to install the following packages:\nkitchen@0.9.0\nOk to proceed? (y) ");
    }

    @TestFactory
    Stream<DynamicTest> messagesOverSeveralLines() {
        return each(
                "STDIO-008",
                said -> contact(silent().body(said)).brokenAt("transport"),
                "{\n    \"id\": 1,\n    \"jsonrpc\": \"2.0\",\n    \"result\": {}\n}",
                "{\n\t\"jsonrpc\" : \"2.0\"\n}",
                "{ \"id\": 1,\n  \"jsonrpc\": \"2.0\" }",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"instructions\":\"one\ntwo\"}}");
    }

    @TestFactory
    Stream<DynamicTest> messagesThatCannotBeRead() {
        return each(
                "MCP-010",
                said -> contact(silent().body(said)).brokenAt("transport"),
                "\"{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"id\\\":1}\"",
                "{'jsonrpc': '2.0', 'id': 1, 'result': {}}",
                "b'{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}'",
                "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
                "kitchen> {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
    }

    @TestFactory
    Stream<DynamicTest> missingVariables() {
        return each(
                "STDIO-006",
                said -> contact(line(Purpose.INITIALIZE).exit(1).saysToStandardError(said))
                        .brokenAt("transport"),
                "Traceback (most recent call last):\n  File \"a.py\", line 3\nKeyError: 'GARDEN_TOKEN'",
                "serve.sh: line 4: BIKE_KEY: parameter null or not set",
                "serve.sh: line 4: BIKE_KEY: unbound variable",
                "Please set KITCHEN_TOKEN before starting the server.",
                "AssertionError: set GARDEN_TOKEN first",
                "Could not resolve placeholder 'LAKE_URL' in value \"${LAKE_URL}\"",
                "Missing API key. Export KITCHEN_KEY=... and try again",
                "Error: API key is not set",
                "Invalid environment variables: { KITCHEN_URL: [ 'Required' ] }");
    }

    @TestFactory
    Stream<DynamicTest> otherDeaths() {
        return each(
                "STDIO-007",
                said -> contact(line(Purpose.INITIALIZE).exit(1).saysToStandardError(said))
                        .brokenAt("transport"),
                "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'x' required by /srv/a.js",
                "node:internal/modules/cjs/loader:1215\n  code: 'MODULE_NOT_FOUND',\n  requireStack: []",
                "Error: listen EADDRINUSE: address already in use :::3000",
                "error: missing required argument 'folder'",
                "SyntaxError: missing ) after argument list",
                "ModuleNotFoundError: No module named 'garden'",
                "the input device is not a TTY",
                "");
    }

    private interface Said {
        Situation by(String text);
    }

    private static Stream<DynamicTest> each(String cause, Said situation, String... texts) {
        return Stream.of(texts)
                .map(text -> DynamicTest.dynamicTest(
                        text.lines().findFirst().orElse("nothing"),
                        () -> assertEquals(
                                List.of(cause), situation.by(text).over("stdio").causes())));
    }

    private static Canned silent() {
        return line(Purpose.INITIALIZE).failing(Kind.NO_ANSWER);
    }
}

package dev.mcppreflight.server.http;

import static dev.mcppreflight.server.Messages.initialize;
import static dev.mcppreflight.server.StatelessClient.REVISION;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mcppreflight.server.StatelessClient;
import dev.mcppreflight.server.TestServer;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Revision 2026-07-28 on the wire: no session, everything in the request. */
@TestInstance(Lifecycle.PER_CLASS)
class StatelessHttpTest {

    private static final String VERSION = "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"";
    private static final String CAPABILITIES = "\"io.modelcontextprotocol/clientCapabilities\":{}";
    private static final String SERVER_NAME = "result._meta.'io.modelcontextprotocol/serverInfo'.name";

    private final TestServer server = TestServer.local();
    private final StatelessClient client = new StatelessClient(server.url());

    @AfterAll
    void stop() {
        server.close();
    }

    private ValidatableResponse post(String method, String body) {
        return client.headed(method, null).body(body).post("/mcp").then();
    }

    private static String discover(String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"server/discover\",\"params\":" + params + "}";
    }

    @Test
    void discoveryTellsRevisionsCapabilitiesAndWhoAnswers() {
        client.ask("server/discover", "")
                .statusCode(200)
                .contentType("application/json")
                .header("Mcp-Session-Id", nullValue())
                .body("id", equalTo(1))
                .body("result.resultType", equalTo("complete"))
                .body("result.supportedVersions", contains(REVISION))
                .body("result.capabilities.tools", notNullValue())
                .body("result.instructions", containsString("real-estate"))
                .body(SERVER_NAME, equalTo("preflight-server"))
                .body("result.ttlMs", equalTo(300_000))
                .body("result.cacheScope", equalTo("public"));
    }

    @Test
    void aToolIsCalledWithoutAHandshake() {
        client.call("search", "{\"query\":\"ruches apicultrice\"}")
                .statusCode(200)
                .header("Mcp-Session-Id", nullValue())
                .body("result.resultType", equalTo("complete"))
                .body(SERVER_NAME, equalTo("preflight-server"))
                .body("result.isError", equalTo(false))
                .body("result.ttlMs", nullValue())
                .body("result.structuredContent.results[0].id", startsWith("minutes-"));
    }

    @ParameterizedTest
    @CsvSource({
        "tools/list, tools, public",
        "prompts/list, prompts, public",
        "resources/templates/list, resourceTemplates, public",
        "resources/list, resources, private"
    })
    void listsSayHowLongTheyMayBeKept(String method, String list, String scope) {
        client.ask(method, "")
                .statusCode(200)
                .body("result." + list, notNullValue())
                .body("result.resultType", equalTo("complete"))
                .body("result.ttlMs", equalTo(scope.equals("public") ? 300_000 : 0))
                .body("result.cacheScope", equalTo(scope));
    }

    @Test
    void aListHasMorePagesAndTheyAreAlike() {
        String cursor = client.ask("resources/list", "")
                .body("result.cacheScope", equalTo("private"))
                .extract()
                .path("result.nextCursor");
        client.ask("resources/list", "\"cursor\":\"" + cursor + "\"")
                .body("result.cacheScope", equalTo("private"))
                .body("result.resources", notNullValue());
        client.ask("tools/list", "\"cursor\":\"x\"").statusCode(200).body("error.code", equalTo(-32602));
    }

    @Test
    void resourcesPromptsAndSuggestionsAreThereToo() {
        client.read("documents://stats")
                .body("result.contents", hasSize(1))
                .body("result.cacheScope", equalTo("private"));
        client.read("documents://no-such-document")
                .statusCode(200)
                .body("error.code", equalTo(-32602))
                .body("error.data.uri", equalTo("documents://no-such-document"));
        String prompt = "\"name\":\"ask_documents\",\"arguments\":{\"question\":\"Why?\"}";
        client.headed("prompts/get", "ask_documents")
                .body(client.body(1, "prompts/get", prompt))
                .post("/mcp")
                .then()
                .body("result.messages", hasSize(1))
                .body("result.ttlMs", nullValue());
        client.ask(
                        "completion/complete",
                        "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"ask_documents\"},\"argument\":{\"name\":\"question\","
                                + "\"value\":\"How many\"}")
                .body("result.completion.values", hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"_meta\":7}",
                "{\"_meta\":{}}",
                "{\"_meta\":{" + CAPABILITIES + "}}",
                "{\"_meta\":{" + VERSION + "}}",
                "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":7," + CAPABILITIES + "}}",
                "{\"_meta\":{" + VERSION + ",\"io.modelcontextprotocol/clientCapabilities\":[]}}",
                "{\"_meta\":{" + VERSION + "," + CAPABILITIES + ",\"io.modelcontextprotocol/logLevel\":\"loud\"}}"
            })
    void whoDoesNotIntroduceItselfIsRefused(String params) {
        post("server/discover", discover(params))
                .statusCode(400)
                .body("id", equalTo(9))
                .body("error.code", equalTo(-32602));
    }

    @Test
    void aNameIsNotAskedFor() {
        post("server/discover", discover("{\"_meta\":{" + VERSION + "," + CAPABILITIES + "}}"))
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2999-01-01", "banana", "2025-11-25"})
    void anotherRevisionIsRefusedWithThoseThatAreSpoken(String revision) {
        client.headed("server/discover", null)
                .header("MCP-Protocol-Version", revision)
                .body(client.body("v", "server/discover", "").replace(REVISION, revision))
                .post("/mcp")
                .then()
                .statusCode(400);
        headers(
                        "server/discover",
                        revision,
                        null,
                        client.body("v", "server/discover", "").replace(REVISION, revision))
                .statusCode(400)
                .body("id", equalTo("v"))
                .body("error.code", equalTo(-32022))
                .body("error.data.supported", contains(REVISION))
                .body("error.data.requested", equalTo(revision));
    }

    @Test
    void anotherRevisionMayIntroduceClientsInAnotherWay() {
        String later = "{\"_meta\":{" + VERSION.replace(REVISION, "2999-01-01") + "}}";
        headers("server/discover", "2999-01-01", null, discover(later))
                .statusCode(400)
                .body("error.code", equalTo(-32022));
    }

    private ValidatableResponse headers(String method, String version, String name, String body) {
        var request = server.json(body);
        if (method != null) {
            request.header("Mcp-Method", method);
        }
        if (version != null) {
            request.header("MCP-Protocol-Version", version);
        }
        if (name != null) {
            request.header("Mcp-Name", name);
        }
        return request.post("/mcp").then();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "tools/call, -, search",
                "tools/call, 2025-11-25, search",
                "tools/call, 2999-01-01, search",
                "-, 2026-07-28, search",
                "tools/list, 2026-07-28, search",
                "TOOLS/CALL, 2026-07-28, search",
                "tools/call, 2026-07-28, -",
                "tools/call, 2026-07-28, fetch",
                "tools/call, 2026-07-28, Search",
                "tools/call, 2026-07-28, =?BASE64?c2VhcmNo?=",
                "tools/call, 2026-07-28, =?base64?c2VhcmN!?=",
                "tools/call, 2026-07-28, =?base64?c2VhcmNoIQ?=",
                "tools/call, 2026-07-28, =?base64?/w==?=",
                "tools/call, 2026-07-28, =?base64?=",
                "tools/call, 2026-07-28, séarch"
            })
    void headersThatSayAnythingElseAreRefused(String method, String version, String name) {
        String body = client.body(5, "tools/call", "\"name\":\"search\",\"arguments\":{\"query\":\"x\"}");
        headers(method, version, name, body)
                .statusCode(400)
                .body("id", equalTo(5))
                .body("error.code", equalTo(-32020))
                .body("error.message", startsWith("Header mismatch: "));
    }

    @Test
    void aHeaderThatIsThereTwiceIsRefused() {
        client.with("X-Request-Id", "r")
                .headed("tools/call", "search")
                .header("Mcp-Name", "fetch")
                .body(client.body(5, "tools/call", "\"name\":\"search\",\"arguments\":{\"query\":\"x\"}"))
                .post("/mcp")
                .then()
                .statusCode(400)
                .body("error.code", equalTo(-32020));
    }

    @ParameterizedTest
    @ValueSource(strings = {"search", "  search ", "=?base64?c2VhcmNo?="})
    void aNameMayBeEncodedOrPadded(String name) {
        client.headed("tools/call", name)
                .body(client.body(5, "tools/call", "\"name\":\"search\",\"arguments\":{\"query\":\"x\"}"))
                .post("/mcp")
                .then()
                .statusCode(200)
                .body("result.isError", equalTo(false));
    }

    @Test
    void aNameThatNoHeaderCanCarryIsReadEncoded() {
        String uri = "documents://café";
        String encoded = Base64.getEncoder().encodeToString(uri.getBytes(StandardCharsets.UTF_8));
        client.headed("resources/read", "=?base64?" + encoded + "?=")
                .body(client.body(5, "resources/read", "\"uri\":\"" + uri + "\"")
                        .getBytes(StandardCharsets.UTF_8))
                .post("/mcp")
                .then()
                .body("error.code", equalTo(-32602));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "initialize",
                "ping",
                "logging/setLevel",
                "resources/subscribe",
                "resources/unsubscribe",
                "tasks/get",
                "no/such/method"
            })
    void whatThisRevisionDoesNotHaveIsNotFound(String method) {
        client.ask(method, "").statusCode(404).body("id", equalTo(1)).body("error.code", equalTo(-32601));
    }

    @Test
    void noSessionIsHeeded() {
        String session = server.session("2025-11-25");
        for (String given : List.of(session, "no-such-session", "0123456789012345678901234567890123456789")) {
            new StatelessClient(server.url())
                    .with("Mcp-Session-Id", given)
                    .with("Last-Event-ID", "1-0")
                    .ask("tools/list", "")
                    .statusCode(200)
                    .header("Mcp-Session-Id", nullValue())
                    .body("result.tools", hasSize(7));
        }
        server.json(session, "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/list\"}")
                .post("/mcp")
                .then()
                .body("result.resultType", nullValue())
                .body("result.tools", hasSize(7));
    }

    @Test
    void aSessionHasNothingOfIt() {
        String session = server.session("2025-11-25");
        for (String method : List.of("server/discover", "subscriptions/listen")) {
            server.json(session, "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"" + method + "\"}")
                    .post("/mcp")
                    .then()
                    .statusCode(200)
                    .body("error.code", equalTo(-32601));
        }
    }

    @Test
    void initializeWithoutAnIntroductionBeginsASession() {
        server.json(initialize(REVISION))
                .header("MCP-Protocol-Version", REVISION)
                .header("Mcp-Method", "initialize")
                .post("/mcp")
                .then()
                .statusCode(200)
                .header("Mcp-Session-Id", notNullValue())
                .body("result.protocolVersion", equalTo("2025-11-25"));
    }

    @Test
    void thereIsNothingToGetAndNothingToDelete() {
        for (String method : List.of("GET", "DELETE")) {
            server.request()
                    .accept("text/event-stream")
                    .header("MCP-Protocol-Version", REVISION)
                    .header("Mcp-Session-Id", server.session("2025-11-25"))
                    .request(method, "/mcp")
                    .then()
                    .statusCode(405)
                    .header("Allow", equalTo("POST"));
        }
    }

    @Test
    void onlyRequestsAndNotificationsAreTaken() {
        post("notifications/cancelled", "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\"}")
                .statusCode(202)
                .body(emptyString());
        post("x", "[" + client.body(1, "tools/list", "") + "]").statusCode(400).body("error.code", equalTo(-32600));
        post("x", "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")
                .statusCode(400)
                .body("error.code", equalTo(-32600));
        post("x", "{").statusCode(400).body("error.code", equalTo(-32700));
    }

    @Test
    void theAnswerHasTheFormThatIsRead() {
        String body = client.body(1, "tools/list", "");
        client.headed("tools/list", null)
                .accept("application/json")
                .body(body)
                .post("/mcp")
                .then()
                .contentType("application/json");
        String stream = server.request()
                .contentType("application/json")
                .accept("text/event-stream")
                .header("MCP-Protocol-Version", REVISION)
                .header("Mcp-Method", "tools/list")
                .body(body)
                .post("/mcp")
                .then()
                .contentType("text/event-stream")
                .header("X-Accel-Buffering", equalTo("no"))
                .extract()
                .asString();
        assertEquals("event: message", stream.lines().findFirst().orElse(""));
    }

    @Test
    void aListIsTheSameWhoeverAsksAndWhateverWentBefore() {
        String first = client.ask("tools/list", "").extract().asString();
        client.call("search", "{\"query\":\"x\"}");
        assertEquals(
                first,
                new StatelessClient(server.url())
                        .can("{\"sampling\":{},\"elicitation\":{}}")
                        .ask("tools/list", "")
                        .extract()
                        .asString());
    }
}

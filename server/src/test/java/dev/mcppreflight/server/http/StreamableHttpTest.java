package dev.mcppreflight.server.http;

import static dev.mcppreflight.server.Messages.call;
import static dev.mcppreflight.server.Messages.initialize;
import static dev.mcppreflight.server.Messages.initialized;
import static dev.mcppreflight.server.Messages.request;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.RawStream;
import dev.mcppreflight.server.TestServer;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streamable HTTP on the wire. */
@TestInstance(Lifecycle.PER_CLASS)
class StreamableHttpTest {

    private static final String NEWEST = "2025-11-25";

    private final TestServer server = TestServer.local();

    @AfterAll
    void stop() {
        server.close();
    }

    private ValidatableResponse post(String session, String body) {
        return server.json(session, body).post("/mcp").then();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"})
    void initializeEchoesAKnownRevision(String revision) {
        server.json(initialize(revision))
                .post("/mcp")
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .header("Mcp-Session-Id", matchesPattern("[\\x21-\\x7e]{32,}"))
                .body("result.protocolVersion", equalTo(revision))
                .body("result.capabilities.tools.listChanged", equalTo(false))
                .body("result.capabilities.logging", notNullValue())
                .body("result.serverInfo.name", equalTo("preflight-server"))
                .body("result.serverInfo.version", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1999-01-01", "2999-01-01", "2026-07-28", "banana"})
    void initializeOffersTheNewestForAnUnknownRevision(String revision) {
        server.json(initialize(revision))
                .header("MCP-Protocol-Version", revision)
                .post("/mcp")
                .then()
                .statusCode(200)
                .body("result.protocolVersion", equalTo(NEWEST));
    }

    @Test
    void initializeToleratesWhateverAClientDeclares() {
        server.json("""
                {"jsonrpc":"2.0","id":"x","method":"initialize","extra":1,"params":{"protocolVersion":"2025-11-25",
                "capabilities":{"roots":7,"elicitation":{"odd":[]},"experimental":{"a":null},"sampling":{}},
                "clientInfo":{"name":"openai-mcp","version":"1.0.0","icons":"none","title":3},"_meta":{"a/b":1}}}""")
                .post("/mcp")
                .then()
                .statusCode(200)
                .body("id", equalTo("x"))
                .body("result.protocolVersion", equalTo(NEWEST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":[],\"clientInfo\":{}}",
                "{\"protocolVersion\":1,\"capabilities\":{},\"clientInfo\":{}}",
                "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}}",
                "[]",
                "\"x\""
            })
    void initializeWithMisshapenParamsIsAnError(String params) {
        server.json("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":" + params + "}")
                .post("/mcp")
                .then()
                .statusCode(200)
                .header("Mcp-Session-Id", nullValue())
                .body("error.code", equalTo(-32602));
    }

    @Test
    void instructionsFitWhereClientsCut() {
        String instructions = server.json(initialize(NEWEST)).post("/mcp").path("result.instructions");
        assertTrue(instructions.length() <= 512, () -> instructions.length() + " characters");
    }

    @Test
    void sessionIdsDiffer() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            ids.add(server.session(NEWEST));
        }
        assertEquals(20, ids.size());
    }

    @Test
    void notificationsAndResponsesAreAcceptedWithoutBody() {
        String session = server.session(NEWEST);
        for (String body : new String[] {
            initialized(),
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/whatever\",\"params\":{}}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":99}}",
            "{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}"
        }) {
            post(session, body)
                    .statusCode(202)
                    .body(emptyString())
                    .header("Content-Type", nullValue())
                    .header("Content-Length", "0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "2147483648", "-1", "\"abc-1\"", "\"\""})
    void idsComeBackAsTheyWere(String id) {
        String session = server.session(NEWEST);
        for (String method : new String[] {"tools/list", "ping", "no/such/method"}) {
            post(session, "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\"}")
                    .statusCode(200)
                    .body(containsString("\"id\":" + id + ","));
        }
    }

    @Test
    void pingIsAnsweredBeforeInitialized() {
        post(server.session(NEWEST), request(1, "ping")).statusCode(200).body("result.size()", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no/such/method",
                "resources/subscribe",
                "roots/list",
                "sampling/createMessage",
                "shutdown",
                "initialized",
                "Ping"
            })
    void unknownMethods(String method) {
        post(server.session(NEWEST), request(5, method))
                .statusCode(200)
                .body("id", equalTo(5))
                .body("error.code", equalTo(-32601))
                .body("result", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":5}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"no_such_tool\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"SEARCH\",\"arguments\":{}}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"search\",\"arguments\":\"x\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":[1]}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":\"x\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"cursor\":\"definitely-not-a-cursor\"}}"
            })
    void paramsThatDoNotFitTheMethod(String body) {
        post(server.session(NEWEST), body)
                .statusCode(200)
                .body("id", equalTo(1))
                .body("error.code", equalTo(-32602))
                .body("error.message", not(containsString("\n")));
    }

    @Test
    void argumentsThatDoNotFitTheToolAreAResultForTheModel() {
        String session = server.session(NEWEST);
        for (String arguments :
                new String[] {"{}", "{\"query\":5}", "{\"query\":\"x\",\"other\":1}", "{\"query\":\" \"}"}) {
            post(session, call(1, "search", arguments))
                    .statusCode(200)
                    .body("result.isError", equalTo(true))
                    .body("result.content[0].text", containsString("invalid_arguments"));
        }
        post(session, call(2, "search", "{\"query\":\"" + "x".repeat(100_000) + "\"}"))
                .statusCode(200)
                .body("result.isError", equalTo(true));
    }

    @Test
    void metadataAndTasksAreIgnored() {
        post(server.session(NEWEST), """
                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_database_stats","task":{"ttl":1000},
                "_meta":{"progressToken":"t","io.modelcontextprotocol/x":1,"openai/session":{"a":[]}}}}""")
                .statusCode(200)
                .body("result.isError", equalTo(false))
                .body("result.structuredContent.total_documents", equalTo(184));
        post(server.session(NEWEST), """
                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_database_stats","_meta":"odd"}}""").statusCode(200).body("result.isError", equalTo(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "", "not json", "{\"jsonrpc\":\"2.0\"}{}", "\u0000"})
    void whatIsNotJson(String body) {
        server.json(body)
                .post("/mcp")
                .then()
                .statusCode(400)
                .body("error.code", equalTo(-32700))
                .body("containsKey('id')", equalTo(false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"foo\":1}",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"tools/list\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"error\":{}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\",\"params\":3}",
                "[]",
                "[1]",
                "3",
                "null",
                "\"x\""
            })
    void whatIsNotAMessage(String body) {
        post(server.session(NEWEST), body).statusCode(400).body("error.code", equalTo(-32600));
    }

    @Test
    void withoutSessionOnlyInitializeIsServed() {
        server.json(request(1, "tools/list"))
                .post("/mcp")
                .then()
                .statusCode(400)
                .body("error.code", equalTo(-32600));
        server.json(request(1, "ping")).post("/mcp").then().statusCode(400);
        server.json(initialized()).post("/mcp").then().statusCode(400);
        server.request().accept("text/event-stream").get("/mcp").then().statusCode(400);
        server.request().delete("/mcp").then().statusCode(400);
    }

    @Test
    void anUnknownFirstMethodIsRefusedAtOnce() {
        server.json("{\"jsonrpc\":\"2.0\",\"id\":\"d\",\"method\":\"no/such/method\",\"params\":{\"_meta\":{}}}")
                .post("/mcp")
                .then()
                .statusCode(400)
                .contentType(ContentType.JSON)
                .body("id", equalTo("d"))
                .body("error.code", equalTo(-32601));
    }

    @Test
    void anEndedOrUnknownSessionIsNotFound() {
        String session = server.session(NEWEST);
        server.request().header("Mcp-Session-Id", session).delete("/mcp").then().statusCode(204);
        post(session, request(1, "tools/list")).statusCode(404).body("id", equalTo(1));
        server.request().header("Mcp-Session-Id", session).delete("/mcp").then().statusCode(404);
        server.request()
                .accept("text/event-stream")
                .header("Mcp-Session-Id", session)
                .get("/mcp")
                .then()
                .statusCode(404);
        post("00000000-0000-0000-0000-000000000000", request(1, "ping")).statusCode(404);
    }

    @Test
    void aSecondInitializeNeedsANewSession() {
        String session = server.session(NEWEST);
        post(session, initialize(NEWEST)).body("error.code", equalTo(-32600));
        String other = server.session(NEWEST);
        assertNotEquals(session, other);
        post(session, request(1, "ping")).statusCode(200);
        post(other, request(1, "ping")).statusCode(200);
    }

    @Test
    void theVersionHeaderIsChecked() {
        String session = server.session(NEWEST);
        for (String bad : new String[] {"1999-01-01", "banana", "2026-07-28", ""}) {
            server.json(session, request(1, "tools/list"))
                    .header("MCP-Protocol-Version", bad)
                    .post("/mcp")
                    .then()
                    .statusCode(400)
                    .body("id", equalTo(1));
        }
        server.json(session, request(1, "tools/list"))
                .header("MCP-Protocol-Version", NEWEST)
                .post("/mcp")
                .then()
                .statusCode(200);
        server.request()
                .header("Mcp-Session-Id", session)
                .header("MCP-Protocol-Version", "banana")
                .delete("/mcp")
                .then()
                .statusCode(400);
        server.request()
                .header("Mcp-Session-Id", session)
                .header("MCP-Protocol-Version", NEWEST)
                .delete("/mcp")
                .then()
                .statusCode(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/json",
                "application/*",
                "text/event-stream, application/json",
                "text/html;q=0.3, application/json;q=0.1",
                "*/*;q=0.2",
                "APPLICATION/JSON"
            })
    void jsonIsTheAnswerWhereItIsAccepted(String accept) {
        server.json(initialize(NEWEST))
                .accept(accept)
                .post("/mcp")
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "text/*", "text/event-stream;q=0.5, application/json;q=0"})
    void eventsAreTheAnswerWhereJsonIsNotAccepted(String accept) {
        String body = server.json(initialize(NEWEST))
                .accept(accept)
                .post("/mcp")
                .then()
                .statusCode(200)
                .contentType("text/event-stream")
                .header("Cache-Control", "no-cache, no-transform")
                .header("X-Accel-Buffering", "no")
                .extract()
                .asString();
        assertTrue(body.startsWith("id: 1-0\nretry: 3000\ndata:\n\nid: 1-1\nevent: message\ndata: {\"jsonrpc\""), body);
        assertTrue(body.endsWith("}\n\n"), body);
    }

    @Test
    void olderRevisionsGetNoPrimingEvent() {
        String body = server.json(initialize("2025-06-18"))
                .accept("text/event-stream")
                .post("/mcp")
                .asString();
        assertTrue(body.startsWith("id: 1-1\nevent: message\ndata: {"), body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/png, text/plain", "application/json;q=0, text/event-stream;q=0"})
    void nothingElseIsAcceptable(String accept) {
        server.json(initialize(NEWEST)).accept(accept).post("/mcp").then().statusCode(406);
    }

    @Test
    void onlyJsonIsTaken() {
        for (String type : new String[] {"text/plain", "application/xml", "application/x-www-form-urlencoded"}) {
            server.request()
                    .header("Content-Type", type)
                    .body(initialize(NEWEST))
                    .post("/mcp")
                    .then()
                    .statusCode(415);
        }
        for (String type : new String[] {"application/json; charset=utf-8", "Application/JSON;charset=UTF-8"}) {
            server.request()
                    .header("Content-Type", type)
                    .body(initialize(NEWEST))
                    .post("/mcp")
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void textIsUtf8BothWays() {
        post(server.session(NEWEST), call(1, "search_documents", "{\"query\":\"Évaluation à Échallens \u2603\"}"))
                .statusCode(200)
                .body("result.structuredContent.query", equalTo("Évaluation à Échallens \u2603"));
    }

    @Test
    void batchesBelongTo20250326() {
        String batch = "[" + request(1, "tools/list") + "," + initialized() + "," + request(2, "ping") + "]";
        String session = server.session("2025-03-26");
        post(session, batch)
                .statusCode(200)
                .contentType(ContentType.JSON)
                .body("$", hasSize(2))
                .body("[0].id", equalTo(1))
                .body("[1].id", equalTo(2));
        post(session, "[" + request(3, "ping") + "]").statusCode(200).body("$", hasSize(1));
        post(session, "[" + initialized() + "," + initialized() + "]")
                .statusCode(202)
                .body(emptyString());
        String events = server.json(session, batch)
                .accept("text/event-stream")
                .post("/mcp")
                .asString();
        assertEquals(2, events.split("event: message").length - 1);
        post(session, "[" + initialize("2025-03-26") + "]").statusCode(400);
        server.json("[" + initialize("2025-03-26") + "]")
                .post("/mcp")
                .then()
                .statusCode(400)
                .body("error.message", containsString("initialize"));
        post(server.session("2025-06-18"), batch).statusCode(400).body("error.code", equalTo(-32600));
        post(server.session(NEWEST), batch).statusCode(400).body("error.code", equalTo(-32600));
    }

    @Test
    void theListeningStreamOpensAtOnce() {
        String session = server.session(NEWEST);
        try (RawStream stream =
                new RawStream(server.port(), "/mcp", "Accept: text/event-stream", "Mcp-Session-Id: " + session)) {
            assertEquals("HTTP/1.1 200 OK", stream.head().get(0));
            assertTrue(stream.head().contains("Content-Type: text/event-stream"));
            assertTrue(stream.head().contains("Cache-Control: no-cache, no-transform"));
            assertTrue(stream.head().contains("X-Accel-Buffering: no"));
            assertEquals("1-0", stream.next("id: "));
            assertEquals("3000", stream.next("retry: "));
            assertEquals("", stream.data());
            post(session, request(1, "ping")).statusCode(200);
        }
        server.request()
                .accept("application/json")
                .header("Mcp-Session-Id", session)
                .get("/mcp")
                .then()
                .statusCode(406);
    }

    @Test
    void aLostAnswerIsSentAgain() {
        String session = server.session(NEWEST);
        server.json(session, request(1, "ping")).accept("text/event-stream").post("/mcp");
        server.json(session, request(2, "ping")).accept("text/event-stream").post("/mcp");
        try (RawStream stream =
                new RawStream(server.port(), "/mcp", "Mcp-Session-Id: " + session, "Last-Event-ID: 1-0")) {
            assertEquals("1-1", stream.next("id: "));
            assertTrue(stream.data().contains("\"id\":1"));
        }
        try (RawStream stream =
                new RawStream(server.port(), "/mcp", "Mcp-Session-Id: " + session, "Last-Event-ID: 2-0")) {
            assertEquals("2-1", stream.next("id: "));
        }
    }

    @Test
    void endingTheSessionEndsItsStreams() {
        String session = server.session(NEWEST);
        try (RawStream stream = new RawStream(server.port(), "/mcp/", "Mcp-Session-Id: " + session)) {
            stream.data();
            server.request()
                    .header("Mcp-Session-Id", session)
                    .delete("/mcp/")
                    .then()
                    .statusCode(204);
            assertEquals("0", stream.next("0").isEmpty() ? "0" : "more");
        }
    }

    @Test
    void theTrailingSlashMakesNoDifference() {
        server.json(initialize(NEWEST))
                .redirects()
                .follow(false)
                .post("/mcp/")
                .then()
                .statusCode(200);
        post(server.session(NEWEST), request(1, "tools/list")).body("result.tools", hasSize(7));
        server.request().get("/health/").then().statusCode(200);
    }

    @Test
    void otherMethodsAreRefusedWithAHint() {
        server.request().put("/mcp").then().statusCode(405).header("Allow", containsString("DELETE"));
        server.request().patch("/mcp/").then().statusCode(405);
        server.request().post("/sse").then().statusCode(405).header("Allow", "GET, HEAD, OPTIONS");
        server.request().get("/messages").then().statusCode(405).header("Allow", startsWith("POST"));
        server.request().request("BREW", "/mcp").then().statusCode(405);
    }

    @Test
    void headOpensNothing() {
        int before = server.http().sessionCount();
        server.request().head("/sse").then().statusCode(200).contentType("text/event-stream");
        server.request().head("/mcp").then().statusCode(200);
        server.request().head("/health").then().statusCode(200).body(emptyString());
        assertEquals(before, server.http().sessionCount());
    }

    @Test
    void theMethodCannotBeOverridden() {
        server.json(initialize(NEWEST))
                .header("X-HTTP-Method-Override", "DELETE")
                .post("/mcp")
                .then()
                .statusCode(200)
                .body("result.protocolVersion", equalTo(NEWEST));
    }

    @Test
    void utilityRoutes() {
        server.request().get("/health").then().statusCode(200).body("status", equalTo("ok"));
        server.request()
                .get("/")
                .then()
                .statusCode(200)
                .body("name", equalTo("preflight-server"))
                .body("endpoints.sse", equalTo("/sse"));
        server.request().get("/nope").then().statusCode(404).contentType(ContentType.JSON);
    }

    @Test
    void nothingIsCompressed() {
        server.json(initialize(NEWEST))
                .header("Accept-Encoding", "gzip, deflate, br")
                .post("/mcp")
                .then()
                .header("Content-Encoding", nullValue());
    }
}

package dev.mcppreflight.conformance.diagnosis;

import static dev.mcppreflight.conformance.diagnosis.Canned.initialize;
import static dev.mcppreflight.conformance.diagnosis.Canned.notification;
import static dev.mcppreflight.conformance.diagnosis.Canned.post;
import static dev.mcppreflight.conformance.diagnosis.Canned.refused;
import static dev.mcppreflight.conformance.diagnosis.Canned.stream;
import static dev.mcppreflight.conformance.diagnosis.Canned.tool;
import static dev.mcppreflight.conformance.diagnosis.Canned.tools;
import static dev.mcppreflight.conformance.diagnosis.Canned.welcome;
import static dev.mcppreflight.conformance.diagnosis.Canned.welcomeMessage;
import static dev.mcppreflight.conformance.diagnosis.Situation.contact;
import static dev.mcppreflight.conformance.diagnosis.Situation.healthy;
import static dev.mcppreflight.conformance.diagnosis.Situation.healthySse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Failure.Kind;
import dev.mcppreflight.conformance.wire.Purpose;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What looks alike is told apart, and what is right is not blamed. */
class NeighboursTest {

    @Test
    void anErrorOfTheEdgeIsNotPutDownToTheServer() {
        Situation offline = contact(initialize().page(404).header("ngrok-error-code", "ERR_NGROK_3200"))
                .brokenAt("transport");
        assertEquals(List.of("NET-015"), offline.causes());
    }

    @Test
    void whatIsOfNgrokIsNotPutDownToTheServer() {
        Situation used = contact(initialize().page(403).header("ngrok-error-code", "ERR_NGROK_727"))
                .brokenAt("authorization");
        assertEquals(List.of("NET-018"), used.causes());
    }

    @Test
    void aServerThatWakesUpIsNoneOfAnotherName() {
        Situation awake = contact(initialize().page(503))
                .brokenAt("transport")
                .beside(post(Purpose.AGAIN).json(welcomeMessage()));
        assertEquals(List.of("NET-022"), awake.causes());
        Situation down = contact(initialize().page(503))
                .brokenAt("transport")
                .beside(post(Purpose.AGAIN).page(503));
        assertEquals(List.of("NET-021"), down.causes());
    }

    @Test
    void aSessionThatIsNotValidWasNotLostOnTheWay() {
        Situation elsewhere = contact(
                        welcome().header("Mcp-Session-Id", "s1"),
                        notification(),
                        post(Purpose.LIST_TOOLS)
                                .sending("Mcp-Session-Id", "s1")
                                .error(400, -32000, "Bad Request: No valid session ID provided"))
                .brokenAt("discovery");
        assertEquals("SESS-001", elsewhere.causes().get(0));
    }

    @Test
    void aServerThatIsDiscoveredNamesNoVersionInItsResult() {
        Canned discovered = post(Purpose.INITIALIZE)
                .asking(Json.object("jsonrpc", "2.0", "id", 1, "method", "server/discover"))
                .json(Json.object(
                        "jsonrpc",
                        "2.0",
                        "id",
                        1,
                        "result",
                        Json.object("supportedVersions", Json.array("2026-07-28"))));
        assertTrue(contact(discovered).causes().stream().noneMatch("MCP-004"::equals));
    }

    @Test
    void aPingThatWaitedOnceBesideACallIsChance() {
        Canned alone = post(Purpose.PING_ALONE).took(3);
        Canned call = post(Purpose.SLOW_CALL).took(600);
        assertEquals(
                List.of(),
                healthy()
                        .beside(alone, call, post(Purpose.PING_BESIDE).took(400))
                        .causes());
        assertEquals(
                List.of(),
                healthy()
                        .beside(
                                alone,
                                call,
                                post(Purpose.PING_BESIDE).took(400),
                                call,
                                post(Purpose.PING_BESIDE).took(9))
                        .causes());
    }

    @Test
    void aLostSessionIsNoMatterOfOtherHeaders() {
        Situation lost = healthy()
                .finding(post("a ping" + Sent.BY + Sent.REVERSED).error(400, -32000, "No valid session ID provided"))
                .finding(post("a ping" + Sent.BY + Sent.CHARSET).error(400, -32000, "No valid session ID provided"));
        assertTrue(lost.causes().stream()
                .noneMatch(cause -> List.of("HTTP-011", "HTTP-012").contains(cause)));
    }

    @Test
    void whoDoesNotKnowOptionsIsNotBroken() {
        Canned unknown = Canned.of(Sent.PREFLIGHT, "OPTIONS").status(501);
        assertEquals(List.of(), healthy().beside(unknown).causes());
        Canned broken = Canned.of(Sent.PREFLIGHT, "OPTIONS").status(500);
        assertEquals(List.of("HTTP-016"), healthy().beside(broken).causes());
    }

    @Test
    void aWrongPathIsNamedWhereAnotherOneAnswers() {
        Situation root = contact(
                        initialize().at("http://127.0.0.1:8080/").status(404),
                        post(Purpose.ELSEWHERE).json(welcomeMessage()))
                .brokenAt("transport");
        assertEquals(List.of("HTTP-001"), root.causes());
    }

    @Test
    void aPageAtTheEndpointIsNoWrongPathThoughTheStreamAnswersElsewhere() {
        Situation page =
                contact(initialize().page(200), stream().at(Canned.SSE)).brokenAt("transport");
        assertEquals("HTTP-014", page.causes().get(0));
    }

    @Test
    void aModernServerIsNoWrongPath() {
        Situation modern = contact(initialize().error(404, -32601, "Method not found: initialize"))
                .brokenAt("transport");
        assertEquals(List.of("MCP-002"), modern.causes());
    }

    @Test
    void aStreamWithHeartbeatsOnlyLacksItsEndpointAndIsNotHeldBack() {
        Situation lacking = contact(
                        refused(),
                        stream().noEvents().comment().header("Via", "1.1 proxy").failing(Kind.UNFINISHED))
                .over("sse")
                .brokenAt("transport");
        assertEquals(List.of("SSE-001"), lacking.causes());
    }

    /** A bridge that starts a process for each request takes its time for all of them. */
    @Test
    void aServerThatIsSlowWithEverythingIsNotHeldUpByOneCall() {
        Situation slow = healthy()
                .beside(
                        post(Purpose.PING_ALONE).took(380),
                        post(Purpose.SLOW_CALL).took(412),
                        post(Purpose.PING_BESIDE).took(371));
        assertEquals(List.of(), slow.causes());
    }

    @Test
    void aServerThatIsSlowWithEverythingHoldsNoStreamBack() {
        Situation slow = contact(
                        refused().headersAfter(4_000),
                        stream().headersAfter(4_000),
                        initialize()
                                .at(Canned.MESSAGES)
                                .status(202)
                                .headersAfter(4_000)
                                .answer(welcomeMessage()))
                .over("sse");
        assertFalse(slow.causes().contains("SSE-024"));
    }

    @Test
    void theRefusalOfStreamableHttpAtTheStreamIsRight() {
        Situation sse = contact(
                        initialize().at(Canned.SSE).error(404, -32601, "Method not found"),
                        stream(),
                        initialize().at(Canned.MESSAGES).status(202).answer(welcomeMessage()))
                .over("sse");
        assertEquals(List.of(), sse.causes());
    }

    @Test
    void provocationsThatAreRefusedAreRight() {
        Situation strict = healthy()
                .finding(
                        post(Sent.NOT_JSON).error(400, -32700, "Parse error"),
                        post(Sent.PING + Sent.BY + Sent.INVENTOR)
                                .sending(Canned.SESSION, "x")
                                .error(404, -32600, "Session not found"),
                        post(Sent.INITIALIZE + Sent.BY + Sent.FOREIGN_PAGE)
                                .sending("Origin", "http://evil.example")
                                .status(403),
                        post(Sent.PING + Sent.BY + Sent.JSON_ONLY).status(406),
                        post(Sent.DISCOVER + ", by a client that has not initialized")
                                .error(400, -32600, "Session ID required"));
        assertEquals(List.of(), strict.causes());
    }

    @Test
    void aServerThatNeverSpeaksToWebPagesOwesThemNothing() {
        Canned preflight = Canned.of(Sent.PREFLIGHT, "OPTIONS");
        assertEquals(List.of(), healthy().finding(preflight.status(405)).causes());
    }

    @Test
    void aServerThatAsksForACredentialIsRight() {
        Situation locked = contact(initialize()
                        .status(401)
                        .header("WWW-Authenticate", "Bearer realm=\"mcp\"")
                        .body("{\"error\": \"unauthorized\"}")
                        .answer(Json.object("error", "unauthorized")))
                .brokenAt("authorization");
        assertEquals(List.of(), locked.causes());
    }

    @Test
    void aCredentialThatIsSaidToBeMissingWasLostOnTheWay() {
        for (String said : List.of(
                "Missing Authorization header",
                "{\"detail\":\"Authentication credentials were not provided.\"}",
                "No authorization token was found",
                "Bearer token not found in request")) {
            assertEquals(List.of("AUTH-038"), turnedAway(said).causes(), said);
        }
    }

    @Test
    void aCredentialThatMayBeWrongWasNotLostOnTheWay() {
        for (String said : List.of(
                "Invalid or missing API key",
                "{\"error\":\"invalid_token\"}",
                "No valid token",
                "The token is not active",
                "Unauthorized")) {
            assertEquals(List.of("AUTH-051"), turnedAway(said).causes(), said);
        }
    }

    @Test
    void aListThatAsksForACredentialIsNotBroken() {
        Situation late = contact(
                        welcome(),
                        notification(),
                        post(Purpose.LIST_TOOLS).status(401).header("WWW-Authenticate", "Bearer realm=\"x\""))
                .brokenAt("discovery");
        assertEquals(List.of(), late.causes());
    }

    @Test
    void aGatewayThatFailsLaterIsStillTheGateway() {
        Situation later = contact(
                        welcome(),
                        notification(),
                        post(Purpose.LIST_TOOLS)
                                .page(503)
                                .body("<html><center><h1>503</h1></center><hr><center>nginx</center></html>"))
                .brokenAt("discovery");
        assertEquals(List.of("NET-021"), later.causes());
    }

    @Test
    void aPreflightThatIsRefusedAloneIsNoRefusalOfOrigins() {
        Canned preflight = Canned.of(Sent.PREFLIGHT, "OPTIONS").status(403);
        Canned page = post(Sent.INITIALIZE + Sent.BY + Sent.LOCAL_PAGE).json(welcomeMessage());
        assertEquals(List.of("SEC-002"), healthy().finding(preflight).causes());
        assertEquals(List.of(), healthy().finding(preflight).beside(page).causes());
    }

    private static Situation turnedAway(String said) {
        return contact(initialize()
                        .sending("Authorization", "Bearer [redacted]")
                        .status(401)
                        .header("WWW-Authenticate", "Bearer realm=\"x\"")
                        .body(said))
                .withCredentials()
                .brokenAt("authorization");
    }

    @Test
    void aStreamThatIsKeptWaitingByAProxyIsHeldBackAndOneThatIsNotAllowedIsRight() {
        Canned listening = Canned.of(Purpose.LISTEN, "GET").took(4_000).failing(Kind.NO_ANSWER);
        assertEquals(
                List.of("SSE-024"),
                contact(initialize().header("Server", "nginx/1.26.3").answer(welcomeMessage()))
                        .finding(listening)
                        .causes());
        assertEquals(List.of(), healthy().finding(listening).causes());
        Canned brief = Canned.of(Purpose.LISTEN, "GET").took(500).failing(Kind.NO_ANSWER);
        assertEquals(List.of(), healthy().finding(brief).causes());
        assertEquals(
                List.of(),
                healthy().finding(Canned.of(Purpose.LISTEN, "GET").status(405)).causes());
    }

    @Test
    void aFailingCallIsNoSignIn() {
        Json failure = Json.object(
                "isError", true, "content", Json.array(Json.object("type", "text", "text", "no such document")));
        assertEquals(List.of(), healthy().finding(Canned.call("one", failure)).causes());
    }

    @Test
    void anInternalErrorForAMalformedCallIsAnAnswer() {
        Situation considered = healthy().finding(post(Sent.NAMELESS_CALL).error(200, -32603, "name is required"));
        assertEquals(List.of(), considered.causes());
    }

    @Test
    void schemasThatOnlyLookOddAreRight() {
        Json items = Json.object("type", "array", "prefixItems", Json.array(Json.object("type", "string")));
        Json properties = Json.object(
                "type", Json.object("type", "string", "default", Json.object("type", "array")),
                "pair", items,
                "either", Json.object("anyOf", Json.array(Json.object("$ref", "#/$defs/Text"))));
        Json schema = Json.object(
                "type",
                "object",
                "properties",
                properties,
                "$defs",
                Json.object("Text", Json.object("type", "string")));
        Situation listed = contact(welcome(), notification(), tools(tool("one").with("inputSchema", schema)));
        assertEquals(List.of(), listed.causes());
    }

    @Test
    void consequencesAreHiddenAndTheirChecksPutDownToTheRoot() {
        Situation sticky = contact(
                        welcome().header(Canned.SESSION, "a").header("Set-Cookie", "route=1"),
                        notification().status(404).sending(Canned.SESSION, "a").body("Session not found"))
                .brokenAt("discovery")
                .finding(
                        "MCP-STREAM-008",
                        notification().status(404).sending(Canned.SESSION, "a").body("Session not found"));
        List<Diagnosis> causes = Diagnostician.diagnose(sticky.evidence());
        assertEquals(List.of("HTTP-020"), causes.stream().map(Diagnosis::cause).toList());
        assertEquals(List.of("MCP-STREAM-008"), causes.get(0).checks());
    }

    @Test
    void whatBlocksComesBeforeWhatIsMinor() {
        Situation both = contact(welcome().header(Canned.SESSION, "a b"), notification(), tools(tool("a.b")));
        assertEquals(List.of("TOOL-002", "SESS-006"), both.causes());
    }

    @Test
    void whereTheFirstContactBrokeOnlyItsCauseIsNamed() {
        Situation dead = contact(initialize().failing(Kind.REFUSED))
                .brokenAt("reach")
                .finding(post(Sent.DISCOVER).failing(Kind.NO_ANSWER));
        assertEquals(List.of("NET-005"), dead.causes());
    }

    @Test
    void evidenceIsShortAndPrintable() {
        Situation odd = contact(initialize().page(500).body("<title>\u001b[31m\n" + "x".repeat(5_000) + "</title>"))
                .brokenAt("transport");
        List<String> lines = Diagnostician.diagnose(odd.evidence()).get(0).evidence();
        assertTrue(lines.size() <= 3);
        for (String line : lines) {
            assertTrue(line.length() <= 240, line);
            assertTrue(line.chars().noneMatch(Character::isISOControl), line);
        }
    }

    @Test
    void deploymentIsAdviceWhereNobodyElseCanReachTheServer() {
        assertEquals(List.of("HOST-005", "NET-008", "NET-007"), advice("http://localhost:8080/mcp"));
        assertEquals(List.of("HOST-005"), advice("https://mcp.internal/mcp"));
        assertTrue(advice("https://mcp.example.com:8443/mcp").contains("NET-007"));
        assertFalse(advice("https://mcp.example.com/mcp").contains("NET-007"));
        assertFalse(advice("https://mcp.example.com/mcp").contains("HOST-005"));
        assertEquals(List.of(), advice(""));
        assertFalse(healthy().causes().contains("NET-008"));
    }

    @Test
    void aSessionThatNonsenseEndedIsNoServerThatWentDown() {
        Canned nonsense = post(Sent.NOT_JSON).status(400);
        Canned lost = post(Sent.STILL_SERVING).page(503);
        Situation goesOn =
                healthy().finding(nonsense, lost, post(Sent.SERVING_OTHERS).json(welcomeMessage()));
        assertFalse(goesOn.causes().contains("MCP-014"));
        Situation down =
                healthy().finding(nonsense, lost, post(Sent.SERVING_OTHERS).page(503));
        assertTrue(down.causes().contains("MCP-014"));
    }

    @Test
    void whatNoHostedClientAsksForKeepsNoneAway() {
        Json nothing = Json.object("jsonrpc", "2.0", "id", 3).with("result", null);
        assertFalse(healthy()
                .finding(post("a completion of a prompt argument").json(nothing))
                .causes()
                .contains("MCP-010"));
        assertTrue(healthy().finding(post(Sent.PING).json(nothing)).causes().contains("MCP-010"));
    }

    @Test
    void anInventedSessionThatIsServedWasNotLost() {
        assertFalse(
                healthy().finding(invented().json(welcomeMessage())).causes().contains("SESS-003"));
        assertTrue(healthy().finding(invented().page(500)).causes().contains("SESS-003"));
    }

    private static Canned invented() {
        return post(Sent.PING + Sent.BY + Sent.INVENTOR).sending("Mcp-Session-Id", "x");
    }

    @Test
    void aChallengeBesideAResultAsksNobodyToSignIn() {
        String challenge = "Bearer resource_metadata=\"https://mcp.example.com/.well-known/oauth-protected-resource\"";
        Situation open = contact(welcome().header("WWW-Authenticate", challenge), notification(), tools(tool("one")));
        assertEquals(List.of(), open.at("https://other.example.com/mcp").causes());
        Situation closed = contact(initialize().error(200, -32001, "No token").header("WWW-Authenticate", challenge))
                .brokenAt("authorization");
        assertTrue(closed.causes().contains("AUTH-003"));
    }

    @Test
    void noEvidenceIsNoCause() {
        Evidence nothing = new Evidence("", "stdio", "", "", false, List.of(), java.util.Map.of(), List.of());
        assertEquals(List.of(), Diagnostician.diagnose(nothing));
        assertFalse(healthySse().causes().contains("HTTP-007"));
    }

    @Test
    void whatNobodyCanSeeFromHereIsToldAfterAPassAlone() {
        assertTrue(advice("https://mcp.example.com/mcp").containsAll(List.of("NET-024", "HOST-001", "MCP-023")));
        assertFalse(advice("https://mcp.example.com/mcp").contains("SESS-004"), "it issues no session ids");
        assertFalse(advice("http://localhost:8080/mcp").contains("HOST-001"));
        Situation broken = healthy().at("https://mcp.example.com/mcp").brokenAt("transport");
        assertEquals(List.of(), Diagnostician.advice(broken.evidence(), List.of()));
        Diagnosis major = new Diagnosis("TOOL-002", List.of(), List.of());
        Situation marred = healthy().at("https://mcp.example.com/mcp");
        assertEquals(List.of(), Diagnostician.advice(marred.evidence(), List.of(major)));
    }

    private static List<String> advice(String url) {
        return Diagnostician.advice(healthy().at(url).evidence(), List.of()).stream()
                .map(Hint::cause)
                .toList();
    }
}

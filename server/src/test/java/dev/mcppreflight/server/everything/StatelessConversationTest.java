package dev.mcppreflight.server.everything;

import static dev.mcppreflight.server.StatelessClient.logLevel;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.Messages;
import dev.mcppreflight.server.OneTool;
import dev.mcppreflight.server.RawStream;
import dev.mcppreflight.server.StatelessClient;
import dev.mcppreflight.server.TestServer;
import dev.mcppreflight.server.app.EverythingServer;
import dev.mcppreflight.server.app.ServerConfig;
import dev.mcppreflight.server.auth.AccessPolicy;
import dev.mcppreflight.server.auth.ApiKeyPolicy;
import dev.mcppreflight.server.auth.ApiKeys;
import dev.mcppreflight.server.auth.AuthProfile;
import dev.mcppreflight.server.http.HttpOptions;
import dev.mcppreflight.server.http.HttpServer;
import dev.mcppreflight.server.protocol.RequestCancelled;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What server and client say to each other in 2026-07-28 before an answer, in several rounds, and without being asked. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(50)
class StatelessConversationTest {

    static final String ANN = "ann-Kx7-unit-test-key-93b1";
    static final String BOB = "bob-Kx7-unit-test-key-55c2";
    private static final String ROUNDS = "test_input_required_result_";
    private static final String TAG = "'io.modelcontextprotocol/subscriptionId'";
    private static final String ADA = "{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}";
    private static final String ALL = "{\"elicitation\":{},\"sampling\":{},\"roots\":{}}";

    private final HttpServer http = new EverythingServer().http(ServerConfig.local());
    private final HttpServer guarded = new EverythingServer().http(withKeys());
    private int port;
    private int guardedPort;

    @BeforeAll
    void start() throws IOException {
        port = http.start();
        guardedPort = guarded.start();
    }

    @AfterAll
    void stop() {
        http.close();
        guarded.close();
    }

    static ServerConfig withKeys() {
        ApiKeys keys = new ApiKeys(ApiKeys.read(List.of(line("ann", ANN), line("bob", BOB))));
        return new ServerConfig(HttpOptions.local(), new ApiKeyPolicy(keys, AuthProfile.RFC6750), null, Map.of(), null);
    }

    private static String line(String label, String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return label + " documents:read sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private StatelessClient client() {
        return new StatelessClient("http://127.0.0.1:" + port).can(ALL);
    }

    private StatelessClient holder(String key) {
        return new StatelessClient("http://127.0.0.1:" + guardedPort).can(ALL).with("Authorization", "Bearer " + key);
    }

    private static String answers(String name, String answer, String state) {
        return "\"inputResponses\":{\"" + name + "\":" + answer + "}"
                + (state == null ? "" : ",\"requestState\":\"" + state + "\"");
    }

    private static String state(ValidatableResponse response) {
        return response.body("result.resultType", equalTo("input_required"))
                .extract()
                .path("result.requestState");
    }

    // ---- several rounds

    @Test
    void whatIsNeededIsAskedForAndTheAnswerTaken() {
        client().call(ROUNDS + "elicitation", "{}")
                .statusCode(200)
                .contentType("application/json")
                .body("result.resultType", equalTo("input_required"))
                .body("result.inputRequests.user_name.method", equalTo("elicitation/create"))
                .body("result.inputRequests.user_name.params.requestedSchema.required[0]", equalTo("name"))
                .body("result.requestState", notNullValue())
                .body("result.ttlMs", nullValue())
                .body("result.content", nullValue());
        client().call(ROUNDS + "elicitation", "{}", answers("user_name", ADA, null))
                .body("result.resultType", equalTo("complete"))
                .body("result.content[0].text", equalTo("Hello, Ada!"));
        client().call(ROUNDS + "elicitation", "{}", answers("user_name", "{\"action\":\"decline\"}", null))
                .body("result.content[0].text", equalTo("Hello, (decline)!"));
        client().call(ROUNDS + "elicitation", "{}", answers("another", ADA, null))
                .body("result.inputRequests", hasKey("user_name"));
    }

    @Test
    void theStateCarriesWhatWasAnsweredBefore() {
        String first = state(client().call(ROUNDS + "multi_round", "{}"));
        String second = state(client().call(ROUNDS + "multi_round", "{}", answers("step1", ADA, first))
                .body("result.inputRequests", hasKey("step2")));
        assertNotEquals(first, second);
        String blue = "{\"action\":\"accept\",\"content\":{\"color\":\"blue\"}}";
        client().call(ROUNDS + "multi_round", "{}", answers("step2", blue, second))
                .body("result.content[0].text", equalTo("Ada likes blue."));
        client().call(ROUNDS + "multi_round", "{}", answers("step2", blue, first))
                .body("result.inputRequests", hasKey("step1"));
    }

    @Test
    void aStateIsGoodForNobodyAndNothingElse() {
        String state = state(holder(ANN).call(ROUNDS + "request_state", "{}"));
        String yes = "{\"action\":\"accept\",\"content\":{\"ok\":true}}";
        for (String forged : List.of(
                state + "x",
                "x" + state,
                state.substring(0, state.length() - 2),
                state.replace(".", ".."),
                state.substring(0, state.indexOf('.')),
                "." + state.substring(state.indexOf('.') + 1),
                "",
                "no state")) {
            holder(ANN)
                    .call(ROUNDS + "request_state", "{}", answers("confirm", yes, forged))
                    .body("error.code", equalTo(-32602));
        }
        holder(BOB)
                .call(ROUNDS + "request_state", "{}", answers("confirm", yes, state))
                .body("error.code", equalTo(-32602));
        holder(ANN)
                .call(ROUNDS + "tampered_state", "{}", answers("confirm", yes, state))
                .body("error.code", equalTo(-32602));
        holder(ANN)
                .call(ROUNDS + "request_state", "{\"more\":1}", answers("confirm", yes, state))
                .body("error.code", equalTo(-32602));
        holder(ANN)
                .call(ROUNDS + "request_state", "{}", answers("confirm", yes, state))
                .body("result.content[0].text", equalTo("state-ok: true"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"inputResponses\":null",
                "\"inputResponses\":[]",
                "\"inputResponses\":{\"user_name\":12345}",
                "\"inputResponses\":{\"user_name\":{}}",
                "\"inputResponses\":{\"user_name\":{\"action\":\"maybe\"}}",
                "\"inputResponses\":{\"user_name\":{\"action\":\"accept\"}}",
                "\"inputResponses\":{\"user_name\":{\"action\":\"accept\",\"content\":{\"n\":1}}}",
                "\"requestState\":7"
            })
    void whatIsNoAnswerIsRefused(String members) {
        client().call(ROUNDS + "elicitation", "{}", members).statusCode(200).body("error.code", equalTo(-32602));
    }

    @ParameterizedTest
    @CsvSource({
        "test_missing_capability, {}, sampling",
        "test_elicitation, {}, elicitation.form",
        "test_elicitation, '{\"elicitation\":{\"url\":{}}}', elicitation.form",
        "test_streaming_elicitation, {}, elicitation.form",
        ROUNDS + "list_roots, {}, roots"
    })
    void nothingIsAskedThatTheClientDoesNotDeclare(String tool, String declared, String capability) {
        client().can(declared)
                .call(tool, "{}")
                .statusCode(400)
                .body("id", equalTo(1))
                .body("error.code", equalTo(-32021))
                .body("error.data.requiredCapabilities." + capability, equalTo(Map.of()));
    }

    @Test
    void promptsAskToo() {
        String named = "\"name\":\"" + ROUNDS + "prompt\"";
        StatelessClient client = client();
        client.headed("prompts/get", ROUNDS + "prompt")
                .body(client.body(1, "prompts/get", named))
                .post("/mcp")
                .then()
                .body("result.inputRequests", hasKey("user_context"));
        String answer = "{\"action\":\"accept\",\"content\":{\"context\":\"tests\"}}";
        client.headed("prompts/get", ROUNDS + "prompt")
                .body(client.body(1, "prompts/get", named + "," + answers("user_context", answer, null)))
                .post("/mcp")
                .then()
                .body("result.messages[0].content.text", containsString("tests"));
    }

    // ---- headers for arguments

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "us-west1, us-west1, 200",
                "us-west1, =?base64?dXMtd2VzdDE=?=, 200",
                "us-west1, eu-west1, 400",
                "us-west1, US-WEST1, 400",
                "us-west1, -, 400",
                "us-west1, =?base64?dXMtd2VzdDE?=, 400",
                "-, -, 200",
                "-, us-west1, 400"
            })
    void anArgumentThatIsMirroredHasToAgree(String value, String header, int status) {
        StatelessClient client = client();
        if (header != null) {
            client.with("Mcp-Param-Region", header);
        }
        client.call("test_header_mirror", value == null ? "{\"region\":null}" : "{\"region\":\"" + value + "\"}")
                .statusCode(status)
                .body("error.code", status == 400 ? equalTo(-32020) : nullValue());
    }

    // ---- before the answer

    @Test
    void progressAndLogComeWithTheirRequestOnly() throws Exception {
        List<String> told =
                stream(client().says("\"progressToken\":\"t\"," + logLevel("debug")), "test_tool_with_progress");
        assertEquals(4, told.size(), told::toString);
        assertTrue(told.get(0).contains("\"progressToken\":\"t\""), told::toString);
        assertTrue(told.get(3).contains("\"resultType\":\"complete\""), told::toString);
        assertEquals(
                4,
                stream(client().says(logLevel("info")), "test_tool_with_logging")
                        .size());
        for (StatelessClient quiet : List.of(client(), client().says(logLevel("error")))) {
            quiet.call("test_tool_with_logging", "{}")
                    .contentType("application/json")
                    .body("result.isError", equalTo(false));
        }
    }

    private List<String> stream(StatelessClient client, String tool) {
        String body = client.call(tool, "{}")
                .contentType("text/event-stream")
                .header("X-Accel-Buffering", "no")
                .extract()
                .asString();
        assertFalse(body.contains("id: "), body);
        return body.lines().filter(line -> line.startsWith("data: {")).toList();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"progressToken\":1 | application/json, text/event-stream",
                "\"silent\":true     | application/json, text/event-stream",
                "\"silent\":true     | application/json"
            },
            delimiter = '|')
    void nothingGoesOnForWhoHasGone(String meta, String accept) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        OneTool.Work tool = context -> {
            begun.countDown();
            try {
                context.pause(60_000);
            } catch (RequestCancelled e) {
                cancelled.countDown();
                throw e;
            }
        };
        try (HttpServer waiting = OneTool.server(tool)) {
            int at = waiting.start();
            try (Socket socket = new Socket("127.0.0.1", at)) {
                socket.getOutputStream().write(call(meta, accept));
                assertTrue(begun.await(20, TimeUnit.SECONDS));
            }
            assertTrue(cancelled.await(20, TimeUnit.SECONDS));
        }
    }

    /** To look whether the client is there takes nothing away of what it sends next. */
    @ParameterizedTest
    @ValueSource(strings = {"application/json, text/event-stream", "application/json"})
    void whoDoesNotWaitForTheAnswerGetsBoth(String accept) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch sent = new CountDownLatch(1);
        OneTool.Work tool = context -> {
            begun.countDown();
            try {
                assertTrue(sent.await(20, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            for (int i = 0; i < 3; i++) {
                context.checkCancelled();
            }
        };
        try (HttpServer server = OneTool.server(tool)) {
            int at = server.start();
            try (Socket socket = new Socket("127.0.0.1", at)) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream().write(call("\"first\":true", accept));
                assertTrue(begun.await(20, TimeUnit.SECONDS));
                socket.getOutputStream().write(call("\"second\":true", accept));
                sent.countDown();
                String come = "";
                byte[] part = new byte[8192];
                while (come.split("\"resultType\"", -1).length < 3) {
                    int read = socket.getInputStream().read(part);
                    assertTrue(read > 0, come);
                    come += new String(part, 0, read, StandardCharsets.UTF_8);
                }
                assertEquals(3, come.split("HTTP/1.1 200", -1).length, come);
            }
        }
    }

    private static byte[] call(String meta, String accept) {
        String body = new StatelessClient("").says(meta).body(1, "tools/call", "\"name\":\"wait\"");
        return ("POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: " + accept
                        + "\r\nMCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: wait\r\n"
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    // ---- subscriptions

    private RawStream listen(Object id, String wanted) {
        return client().stream(port, id, "subscriptions/listen", null, "\"notifications\":" + wanted);
    }

    private void told(String tool) {
        client().call(tool, "{}").body("result.isError", equalTo(false));
    }

    @Test
    void aSubscriptionIsAcknowledgedFirstAndHearsWhatItWants() {
        try (RawStream tools = listen(7, "{\"toolsListChanged\":true,\"promptsListChanged\":false}");
                RawStream both = listen(
                        "b",
                        "{\"promptsListChanged\":true,\"resourcesListChanged\":true,\"unknown\":true,"
                                + "\"resourceSubscriptions\":[\"test://watched-resource\"]}")) {
            assertTrue(tools.head().contains("X-Accel-Buffering: no"), () -> tools.head()
                    .toString());
            JsonPath first = JsonPath.from(tools.data());
            assertEquals("notifications/subscriptions/acknowledged", first.get("method"));
            assertEquals(Map.of("toolsListChanged", true), first.getMap("params.notifications"));
            assertEquals(7, first.getInt("params._meta." + TAG));
            JsonPath second = JsonPath.from(both.data());
            assertEquals(
                    Map.of("promptsListChanged", true, "resourceSubscriptions", List.of("test://watched-resource")),
                    second.getMap("params.notifications"));
            assertEquals("b", second.get("params._meta." + TAG));

            told("test_trigger_tool_change");
            told("change_watched_resource");
            told("test_trigger_prompt_change");
            told("test_trigger_tool_change");
            JsonPath changed = JsonPath.from(tools.data());
            assertEquals("notifications/tools/list_changed", changed.get("method"));
            assertEquals(7, changed.getInt("params._meta." + TAG));
            assertEquals(
                    "notifications/tools/list_changed",
                    JsonPath.from(tools.data()).get("method"));
            JsonPath updated = JsonPath.from(both.data());
            assertEquals("notifications/resources/updated", updated.get("method"));
            assertEquals("test://watched-resource", updated.get("params.uri"));
            assertEquals("b", updated.get("params._meta." + TAG));
            assertEquals(
                    "notifications/prompts/list_changed",
                    JsonPath.from(both.data()).get("method"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"x\":1",
                "\"notifications\":[]",
                "\"notifications\":{\"toolsListChanged\":\"yes\"}",
                "\"notifications\":{\"resourceSubscriptions\":\"test://watched-resource\"}",
                "\"notifications\":{\"resourceSubscriptions\":[7]}",
                "\"notifications\":{\"resourceSubscriptions\":[\"LONG\"]}"
            })
    void aSubscriptionThatCannotBeReadIsRefused(String members) {
        client().ask("subscriptions/listen", members.replace("LONG", "x".repeat(70_000)))
                .statusCode(400)
                .body("id", equalTo(1))
                .body("error.code", equalTo(-32602));
    }

    @Test
    void anIdThatWouldMakeEveryMessageLongIsRefused() {
        StatelessClient client = client();
        client.headed("subscriptions/listen", null)
                .body(client.body("x".repeat(257), "subscriptions/listen", "\"notifications\":{}"))
                .post("/mcp")
                .then()
                .statusCode(400)
                .body("error.code", equalTo(-32602));
    }

    @Test
    void theServerSaysThatASubscriptionEndsAndForgetsWhoHasGone() throws IOException {
        HttpServer brief = new EverythingServer()
                .http(new ServerConfig(
                        TestServer.options(16, 2, Duration.ofMillis(50)), AccessPolicy.open(), null, Map.of(), null));
        int at = brief.start();
        StatelessClient client = new StatelessClient("http://127.0.0.1:" + at);
        String filter = "\"notifications\":{\"toolsListChanged\":true}";
        RawStream staying = client.stream(at, "end", "subscriptions/listen", null, filter);
        staying.data();
        try (RawStream leaving = client.stream(at, 2, "subscriptions/listen", null, filter)) {
            leaving.data();
            client.ask("subscriptions/listen", filter)
                    .statusCode(503)
                    .header("Retry-After", notNullValue())
                    .body("error.code", equalTo(503));
        }
        while (brief.subscriptions() > 1) {
            // The heartbeats find out; the time limit of the class is the only one.
            staying.next(": ");
        }
        brief.close();
        JsonPath end = JsonPath.from(staying.data());
        assertEquals("end", end.get("id"));
        assertEquals("complete", end.get("result.resultType"));
        assertEquals("end", end.get("result._meta." + TAG));
        assertThrows(IllegalStateException.class, () -> staying.next("data:"));
        staying.close();
    }

    // ---- state between requests

    @Test
    void aHandleIsOfUseToItsOwnerAlone() {
        String basket = holder(ANN).call("open_basket", "{}").extract().path("result.content[0].text");
        assertTrue(basket.matches("[0-9a-f]{40}"), basket);
        String other = holder(ANN).call("open_basket", "{}").extract().path("result.content[0].text");
        assertNotEquals(basket, other);
        String pear = "{\"basket\":\"" + basket + "\",\"item\":\"pear\"}";
        holder(ANN).call("add_to_basket", pear).body("result.content[0].text", equalTo("In the basket: pear"));
        String refused = holder(BOB)
                .call("add_to_basket", pear)
                .body("result.isError", equalTo(true))
                .extract()
                .path("result.content[0].text");
        holder(BOB)
                .call("add_to_basket", pear.replace(basket, "0".repeat(40)))
                .body("result.content[0].text", equalTo(refused));
        new StatelessClient("http://127.0.0.1:" + guardedPort)
                .call("add_to_basket", pear)
                .statusCode(401);
        holder(ANN).call("add_to_basket", pear).body("result.content[0].text", equalTo("In the basket: pear, pear"));
    }

    @Test
    void aSessionOfTheOwnerHasTheSameHandles() {
        String basket = holder(ANN).call("open_basket", "{}").extract().path("result.content[0].text");
        for (String key : List.of(ANN, BOB)) {
            var request = RestAssured.given()
                    .baseUri("http://127.0.0.1:" + guardedPort)
                    .contentType("application/json")
                    .accept("application/json, text/event-stream")
                    .header("Authorization", "Bearer " + key);
            String session =
                    request.body(Messages.initialize("2025-11-25")).post("/mcp").getHeader("Mcp-Session-Id");
            request.header("Mcp-Session-Id", session)
                    .body(Messages.call(2, "add_to_basket", "{\"basket\":\"" + basket + "\",\"item\":\"fig\"}"))
                    .post("/mcp")
                    .then()
                    .body("result.isError", equalTo(!key.equals(ANN)));
        }
    }
}

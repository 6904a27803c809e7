package dev.mcppreflight.server.http;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.Messages;
import dev.mcppreflight.server.RawStream;
import dev.mcppreflight.server.StatelessClient;
import dev.mcppreflight.server.app.EverythingServer;
import dev.mcppreflight.server.app.ServerConfig;
import dev.mcppreflight.server.auth.AccessPolicy;
import dev.mcppreflight.server.auth.ApiKeyPolicy;
import dev.mcppreflight.server.auth.ApiKeys;
import dev.mcppreflight.server.auth.AuthProfile;
import dev.mcppreflight.server.replicas.OwnShelf;
import dev.mcppreflight.server.replicas.Shelf;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/** What goes from one replica to another: whose a session is, questions, progress, cancellations, and the death of one. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class RelayTest {

    private static final String ALICE = "alices-key-for-the-replicas-1";
    private static final String BOB = "bobs-key-for-the-replicas-22";

    private final InternalPost post = new InternalPost();
    private final Shelf shelf = new OwnShelf(Clock.systemUTC());
    private final TestReplica here = replica("aaaaaaaa");
    private final TestReplica there = replica("bbbbbbbb");
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterAll
    void stop() {
        here.close();
        there.close();
    }

    @Test
    void aSessionBelongsToItsOpenerOnEveryReplica() {
        String session = here.session(ALICE);
        there.json(ALICE, session, Messages.request(1, "ping"))
                .post("/mcp")
                .then()
                .statusCode(200)
                .body("id", equalTo(1));
        there.json(BOB, session, Messages.request(2, "ping"))
                .post("/mcp")
                .then()
                .statusCode(404);
        there.json("nobodys-key-at-all-anywhere", session, Messages.request(3, "ping"))
                .post("/mcp")
                .then()
                .statusCode(401);
        there.json(null, session, Messages.request(4, "ping"))
                .post("/mcp")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", containsString("Bearer"));
        there.json(BOB, session, "").delete("/mcp").then().statusCode(404);
        here.json(ALICE, session, Messages.request(5, "ping"))
                .post("/mcp")
                .then()
                .statusCode(200);
    }

    @Test
    void aStreamOfOneReplicaIsNotFedByAStrangerOnAnother() {
        try (RawStream stream = new RawStream(here.port(), "/sse", "Authorization: Bearer " + ALICE)) {
            String messages = stream.data();
            there.json(BOB, null, Messages.initialize("2024-11-05"))
                    .post(messages)
                    .then()
                    .statusCode(404);
            there.json(ALICE, null, Messages.initialize("2024-11-05"))
                    .post(messages)
                    .then()
                    .statusCode(202);
            assertTrue(stream.data().contains("2024-11-05"));
        }
    }

    @Test
    void progressComesThroughTheOtherReplica() throws IOException, InterruptedException {
        String session = here.session(ALICE);
        HttpResponse<String> answer = client.send(
                there.post(ALICE, session, call("test_tool_with_progress", "{}", "{\"progressToken\":\"t\"}")),
                HttpResponse.BodyHandlers.ofString());
        List<String> events =
                answer.body().lines().filter(line -> line.startsWith("data: {")).toList();
        assertEquals(4, events.size(), answer.body());
        assertTrue(events.get(1).contains("\"progressToken\":\"t\""), answer.body());
        assertTrue(events.get(3).contains("\"id\":7"), answer.body());
    }

    /** Most clients of Streamable HTTP have a stream open and say nothing for hours. */
    @Test
    void openStreamsLeaveRoomForRequests() {
        List<RawStream> streams = new ArrayList<>();
        String session = null;
        for (int i = 0; i < 80; i++) {
            session = here.session(ALICE);
            RawStream stream = new RawStream(
                    there.port(),
                    "/mcp",
                    "Accept: text/event-stream",
                    "Authorization: Bearer " + ALICE,
                    "Mcp-Session-Id: " + session);
            assertTrue(stream.head().get(0).contains("200"), stream.head().toString());
            streams.add(stream);
        }
        there.json(ALICE, session, Messages.request(1, "ping"))
                .post("/mcp")
                .then()
                .statusCode(200);
        streams.forEach(RawStream::close);
    }

    /** The call comes through one replica and waits for the client; its cancellation comes through the other. */
    @Test
    void aCancellationReachesTheCallThroughAnyReplica() throws IOException, InterruptedException {
        for (TestReplica caller : List.of(here, there)) {
            TestReplica canceller = caller == here ? there : here;
            String session = here.session(ALICE);
            Iterator<String> lines = client.send(
                            caller.post(ALICE, session, call("test_sampling", "{\"prompt\":\"Who?\"}", "{}")),
                            HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .iterator();
            assertTrue(data(lines).contains("sampling/createMessage"));
            canceller
                    .json(
                            ALICE,
                            session,
                            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}")
                    .post("/mcp")
                    .then()
                    .statusCode(202);
            // What follows may tell the client to drop its question; the request itself gets no answer but the end.
            for (String event = data(lines); !event.isEmpty(); event = data(lines)) {
                assertFalse(event.contains("\"id\":7"), event);
            }
        }
    }

    /** A request that stands for itself needs no replica but the one that it comes to, whatever session it names. */
    @Test
    void whatStandsForItselfIsNotRelayed() {
        TestReplica dead = replica("dddddddd");
        String session = dead.session(ALICE);
        dead.close();
        post.bury("dddddddd");
        for (TestReplica replica : List.of(here, there)) {
            new StatelessClient("http://127.0.0.1:" + replica.port())
                    .with("Authorization", "Bearer " + ALICE)
                    .with("Mcp-Session-Id", session)
                    .call("test_simple_text", "{}")
                    .statusCode(200)
                    .body("result.resultType", equalTo("complete"));
        }
    }

    @Test
    void theStreamOfADeadReplicaEndsAndItsSessionIsNotFound() throws IOException, InterruptedException {
        TestReplica mortal = replica("cccccccc");
        String session = mortal.session(ALICE);
        Iterator<String> lines = client.send(
                        there.post(ALICE, session, call("test_sampling", "{\"prompt\":\"Who?\"}", "{}")),
                        HttpResponse.BodyHandlers.ofLines())
                .body()
                .iterator();
        assertTrue(data(lines).contains("sampling/createMessage"));
        post.bury("cccccccc");
        assertEquals("", data(lines));
        there.json(ALICE, session, Messages.request(1, "ping"))
                .post("/mcp")
                .then()
                .statusCode(404);
        mortal.close();
    }

    private static String call(String tool, String arguments, String meta) {
        return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + ",\"_meta\":" + meta + "}}";
    }

    /** Returns the next data that is not empty; the empty string at the end of the stream. */
    private static String data(Iterator<String> lines) {
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("data: ")) {
                return line.substring("data: ".length());
            }
        }
        return "";
    }

    /** The client answers what one replica has asked to another one, which knows by the state what it was. */
    @Test
    void theNextRoundMayComeToAnyReplica() {
        for (TestReplica asks : List.of(here, there)) {
            TestReplica hears = asks == here ? there : here;
            String state = newcomer(asks, ALICE)
                    .call("test_input_required_result_request_state", "{}")
                    .statusCode(200)
                    .body("result.resultType", equalTo("input_required"))
                    .extract()
                    .path("result.requestState");
            String answer = "\"inputResponses\":{\"confirm\":{\"action\":\"accept\",\"content\":{\"ok\":true}}},"
                    + "\"requestState\":\"" + state + "\"";
            newcomer(hears, ALICE)
                    .call("test_input_required_result_request_state", "{}", answer)
                    .statusCode(200)
                    .body("result.content[0].text", equalTo("state-ok: true"));
            newcomer(hears, BOB)
                    .call("test_input_required_result_request_state", "{}", answer)
                    .body("error.code", equalTo(-32602));
        }
    }

    /** Only where the query names the session is it looked for there. */
    @Test
    void aQueryThatCannotBeReadIsNoFailure() {
        for (String path : List.of("/mcp?x=%zz", "/messages?sessionId=%zz", "/messages?sessionId=%zz&x=1")) {
            String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + ALICE
                    + "\r\nContent-Type: application/json\r\nAccept: application/json\r\n";
            String ping = Messages.request(1, "ping");
            try (RawStream answer =
                    RawStream.of(here.port(), head + "Content-Length: " + ping.length() + "\r\n\r\n" + ping)) {
                assertTrue(answer.head().get(0).contains(" 400 "), answer.head().toString());
            }
        }
    }

    @Test
    void aHandleIsItsOwnersOnEveryReplica() {
        String basket =
                newcomer(here, ALICE).call("open_basket", "{}").extract().path("result.content[0].text");
        String pear = "{\"basket\":\"" + basket + "\",\"item\":\"pear\"}";
        newcomer(there, BOB).call("add_to_basket", pear).body("result.isError", equalTo(true));
        newcomer(there, ALICE)
                .call("add_to_basket", pear)
                .body("result.content[0].text", equalTo("In the basket: pear"));
        newcomer(here, ALICE)
                .call("add_to_basket", pear)
                .body("result.content[0].text", equalTo("In the basket: pear, pear"));
    }

    private static StatelessClient newcomer(TestReplica replica, String key) {
        return new StatelessClient("http://127.0.0.1:" + replica.port())
                .can("{\"elicitation\":{}}")
                .with("Authorization", "Bearer " + key);
    }

    private TestReplica replica(String name) {
        ServerConfig config = new ServerConfig(HttpOptions.local(), twoKeys(), null, Map.of(), null);
        return new TestReplica(new EverythingServer(shelf).http(config, post.box(name)));
    }

    private static AccessPolicy twoKeys() {
        return new ApiKeyPolicy(
                new ApiKeys(ApiKeys.read(List.of(
                        "alice documents:read,documents:write " + digest(ALICE),
                        "bob documents:read,documents:write " + digest(BOB)))),
                AuthProfile.RFC6750);
    }

    private static String digest(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

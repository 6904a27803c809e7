package dev.mcppreflight.server.everything;

import static dev.mcppreflight.server.Messages.initialize;
import static dev.mcppreflight.server.Messages.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.RawStream;
import dev.mcppreflight.server.app.EverythingServer;
import dev.mcppreflight.server.app.ServerConfig;
import dev.mcppreflight.server.http.HttpServer;
import dev.mcppreflight.server.stdio.StdioServer;
import io.restassured.path.json.JsonPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/** What server and client say to each other before an answer: progress, log, questions, and that nobody waits any more. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(50)
class ConversationTest {

    private static final String NEWEST = "2025-11-25";
    private static final String CANCEL =
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}";

    private final EverythingServer everything = new EverythingServer();
    private final HttpServer http = everything.http(ServerConfig.local());
    private final HttpClient client = HttpClient.newHttpClient();
    private int port;

    @BeforeAll
    void start() throws IOException {
        port = http.start();
    }

    @AfterAll
    void stop() {
        http.close();
    }

    private static String call(String tool, String arguments, String meta) {
        return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + ",\"_meta\":" + meta + "}}";
    }

    /** A client that can be asked for a completion. */
    private static String capable() {
        return initialize(NEWEST).replace("\"capabilities\":{}", "\"capabilities\":{\"sampling\":{}}");
    }

    private static String sampling() {
        return call("test_sampling", "{\"prompt\":\"Who?\"}", "{}");
    }

    private static String answerTo(String question) {
        return "{\"jsonrpc\":\"2.0\",\"id\":\"" + JsonPath.from(question).getString("id")
                + "\",\"result\":{\"role\":\"assistant\",\"model\":\"m\",\"content\":{\"type\":\"text\",\"text\":\"Me.\"}}}";
    }

    private HttpRequest post(String path, String session, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (session != null) {
            request.header("Mcp-Session-Id", session);
        }
        return request.build();
    }

    private HttpResponse<String> send(String session, String body) throws IOException, InterruptedException {
        return client.send(post("/mcp", session, body), BodyHandlers.ofString());
    }

    private String session(String initialize) throws IOException, InterruptedException {
        return send(null, initialize).headers().firstValue("Mcp-Session-Id").orElseThrow();
    }

    /** Returns the next line with data, without what stands before it. */
    private static String data(Iterator<String> lines) {
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("data: ")) {
                return line.substring("data: ".length());
            }
        }
        return "";
    }

    @Test
    void progressIsToldToWhoAskedForIt() throws IOException, InterruptedException {
        String session = session(initialize(NEWEST));
        String streamed = send(session, call("test_tool_with_progress", "{}", "{\"progressToken\":\"t\"}"))
                .body();
        List<String> events =
                streamed.lines().filter(l -> l.startsWith("data: {")).toList();
        assertEquals(4, events.size(), streamed);
        assertTrue(events.get(1).contains("\"progressToken\":\"t\""), streamed);
        assertTrue(events.get(1).contains("\"progress\":50"), streamed);
        assertTrue(events.get(3).contains("\"id\":7"), streamed);
        assertTrue(streamed.startsWith("id: 1-0\n"), streamed);

        HttpResponse<String> plain = send(session, call("test_tool_with_progress", "{}", "{}"));
        assertEquals(
                "application/json", plain.headers().firstValue("Content-Type").orElseThrow());
    }

    @Test
    void logMessagesComeFromTheWantedLevelOn() throws IOException, InterruptedException {
        String session = session(initialize(NEWEST));
        String logging = call("test_tool_with_logging", "{}", "{}");
        assertFalse(send(session, logging).body().contains("notifications/message"));
        String setLevel =
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"logging/setLevel\",\"params\":{\"level\":\"%s\"}}";
        send(session, setLevel.formatted("warning"));
        assertFalse(send(session, logging).body().contains("notifications/message"));
        send(session, setLevel.formatted("debug"));
        assertEquals(4, send(session, logging).body().split("notifications/message", -1).length);
    }

    @Test
    void aQuestionOverStreamableHttpIsAnswered() throws Exception {
        String session = session(capable());
        var response = client.send(post("/mcp", session, sampling()), BodyHandlers.ofLines());
        Iterator<String> lines = response.body().iterator();
        String question = data(lines);
        assertTrue(question.contains("sampling/createMessage"), question);
        assertEquals(202, send(session, answerTo(question)).statusCode());
        assertTrue(data(lines).contains("LLM response: Me."));
        assertFalse(lines.hasNext() && !data(lines).isEmpty());
    }

    @Test
    void aCancelledRequestGetsNoAnswer() throws Exception {
        String session = session(capable());
        var response = client.send(post("/mcp", session, sampling()), BodyHandlers.ofLines());
        Iterator<String> lines = response.body().iterator();
        assertTrue(data(lines).contains("sampling/createMessage"));
        assertEquals(202, send(session, CANCEL).statusCode());
        assertEquals("", data(lines));
    }

    @Test
    void overSseItIsTheSame() throws Exception {
        try (RawStream stream = new RawStream(port, "/sse")) {
            String address = stream.data();
            client.send(post(address, null, capable()), BodyHandlers.discarding());
            stream.data();
            client.send(post(address, null, sampling()), BodyHandlers.discarding());
            client.send(post(address, null, answerTo(stream.data())), BodyHandlers.discarding());
            assertTrue(stream.data().contains("LLM response: Me."));

            client.send(post(address, null, sampling()), BodyHandlers.discarding());
            assertTrue(stream.data().contains("sampling/createMessage"));
            client.send(post(address, null, CANCEL), BodyHandlers.discarding());
            client.send(post(address, null, request(8, "ping")), BodyHandlers.discarding());
            assertTrue(stream.data().contains("\"id\":8"));
        }
    }

    @Test
    void overStdioItIsTheSame() throws Exception {
        PipedOutputStream toServer = new PipedOutputStream();
        PipedInputStream fromServer = new PipedInputStream(1 << 16);
        StdioServer stdio =
                everything.stdio(new PipedInputStream(toServer, 1 << 16), new PipedOutputStream(fromServer));
        CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
            try {
                stdio.run();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        BufferedReader out = new BufferedReader(new InputStreamReader(fromServer, StandardCharsets.UTF_8));
        say(toServer, capable());
        out.readLine();
        say(toServer, sampling());
        say(toServer, answerTo(out.readLine()));
        assertTrue(out.readLine().contains("LLM response: Me."));
        say(toServer, sampling());
        assertTrue(out.readLine().contains("sampling/createMessage"));
        say(toServer, CANCEL);
        say(toServer, request(8, "ping"));
        assertTrue(out.readLine().contains("\"id\":8"));
        toServer.close();
        served.join();
    }

    private static void say(PipedOutputStream to, String message) throws IOException {
        to.write((message + "\n").getBytes(StandardCharsets.UTF_8));
        to.flush();
    }

    @Test
    void whoCannotBeAskedIsNotAsked() throws IOException, InterruptedException {
        String session = session(initialize(NEWEST));
        String answer = send(session, sampling()).body();
        assertTrue(answer.contains("\"isError\":true"), answer);
        assertFalse(answer.contains("sampling/createMessage"), answer);
    }

    @Test
    void onlyWhoSubscribedHearsOfAChange() throws Exception {
        String watching = session(initialize(NEWEST));
        String other = session(initialize(NEWEST));
        String subscribe = "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"resources/subscribe\","
                + "\"params\":{\"uri\":\"test://watched-resource\"}}";
        assertTrue(send(watching, subscribe).body().contains("\"result\":{}"));
        try (RawStream watched = new RawStream(port, "/mcp", "Mcp-Session-Id: " + watching);
                RawStream unwatched = new RawStream(port, "/mcp", "Mcp-Session-Id: " + other)) {
            watched.data();
            unwatched.data();
            send(other, call("change_watched_resource", "{}", "{}"));
            assertTrue(watched.data().contains("notifications/resources/updated"));
            client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/mcp"))
                            .header("Mcp-Session-Id", other)
                            .DELETE()
                            .build(),
                    BodyHandlers.discarding());
            assertEquals(List.of(), rest(unwatched));
        }
    }

    /** What else comes with data until the stream ends. */
    private static List<String> rest(RawStream stream) {
        List<String> data = new ArrayList<>();
        // The last chunk is empty.
        for (String line = stream.line(); !line.equals("0"); line = stream.line()) {
            if (line.startsWith("data: ")) {
                data.add(line);
            }
        }
        return data;
    }

    @Test
    void anAnswerWhoseStreamWasLostIsTakenUp() throws Exception {
        String session = session(initialize(NEWEST));
        String first = send(session, call("test_reconnection", "{}", "{}")).body();
        assertTrue(first.startsWith("id: 1-0\n"), first);
        assertFalse(first.contains("\"id\":7"), first);
        try (RawStream again = new RawStream(port, "/mcp", "Mcp-Session-Id: " + session, "Last-Event-ID: 1-0")) {
            assertEquals("1-1", again.next("id: "));
            assertTrue(again.data().contains("taken up again"));
        }
    }
}

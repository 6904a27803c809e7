package dev.mcppreflight.server.stdio;

import static dev.mcppreflight.server.Messages.initialize;
import static dev.mcppreflight.server.StatelessClient.logLevel;
import static dev.mcppreflight.server.StatelessClient.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.Messages;
import dev.mcppreflight.server.StatelessClient;
import dev.mcppreflight.server.app.EverythingServer;
import io.restassured.path.json.JsonPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Revision 2026-07-28 over standard streams, beside a session on the same ones. */
@Timeout(50)
class StatelessStdioTest {

    private static final String TAG = "'io.modelcontextprotocol/subscriptionId'";

    private final PipedOutputStream input = new PipedOutputStream();
    private final PipedOutputStream output = new PipedOutputStream();
    private BufferedReader lines;
    private Thread server;

    @BeforeEach
    void start() throws IOException {
        PipedInputStream in = new PipedInputStream(input, 64 * 1024);
        lines = new BufferedReader(
                new InputStreamReader(new PipedInputStream(output, 256 * 1024), StandardCharsets.UTF_8));
        server = new Thread(() -> {
            try (output) {
                new EverythingServer().stdio(in, output).run();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        server.setDaemon(true);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        input.close();
        server.join();
    }

    private void say(String... messages) throws IOException {
        input.write((String.join("\n", messages) + "\n").getBytes(StandardCharsets.UTF_8));
        input.flush();
    }

    private JsonPath hear() throws IOException {
        return JsonPath.from(lines.readLine());
    }

    private static String call(Object id, String tool) {
        return request(id, "tools/call", "\"name\":\"" + tool + "\",\"arguments\":{}");
    }

    @Test
    void discoveryIsTheFirstMessage() throws IOException {
        say(request("d", "server/discover", ""));
        JsonPath discovered = hear();
        assertEquals("d", discovered.get("id"));
        assertEquals(List.of("2026-07-28"), discovered.getList("result.supportedVersions"));
        assertEquals("complete", discovered.get("result.resultType"));
        say(request(2, "server/discover", "").replace("2026-07-28", "1900-01-01"));
        JsonPath refused = hear();
        assertEquals(-32022, refused.getInt("error.code"));
        assertEquals(List.of("2026-07-28"), refused.getList("error.data.supported"));
        say("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"server/discover\"}");
        assertEquals(-32602, hear().getInt("error.code"));
        say(request(4, "ping", ""));
        assertEquals(-32601, hear().getInt("error.code"));
    }

    @Test
    void aSessionAndRequestsThatStandForThemselvesDoNotMix() throws IOException {
        say(request(1, "resources/list", ""));
        assertEquals("private", hear().get("result.cacheScope"));
        say(Messages.request(2, "resources/list"));
        assertEquals(-32600, hear().getInt("error.code"));
        say(initialize("2025-11-25"));
        assertEquals("2025-11-25", hear().get("result.protocolVersion"));
        say(Messages.request(3, "resources/list"));
        JsonPath inSession = hear();
        assertNull(inSession.get("result.cacheScope"));
        assertEquals(3, inSession.getList("result.resources").size());
        say(request(4, "initialize", ""));
        assertEquals(-32601, hear().getInt("error.code"));
        say(request(5, "resources/list", ""));
        assertEquals("complete", hear().get("result.resultType"));
    }

    @Test
    void progressLogAndRoundsComeOnTheSameChannel() throws IOException {
        StatelessClient client = new StatelessClient("")
                .says("\"progressToken\":\"p\"," + logLevel("info"))
                .can("{\"elicitation\":{}}");
        say(client.body(1, "tools/call", "\"name\":\"test_tool_with_progress\""));
        for (int step = 0; step <= 100; step += 50) {
            assertEquals(step, hear().getInt("params.progress"));
        }
        assertEquals("complete", hear().get("result.resultType"));
        say(client.body(2, "tools/call", "\"name\":\"test_tool_with_logging\""));
        assertEquals("notifications/message", hear().get("method"));
        assertEquals("notifications/message", hear().get("method"));
        assertEquals("notifications/message", hear().get("method"));
        assertFalse(hear().getBoolean("result.isError"));
        say(client.body(3, "tools/call", "\"name\":\"test_input_required_result_elicitation\""));
        assertEquals("input_required", hear().get("result.resultType"));
        say(client.body(
                4,
                "tools/call",
                "\"name\":\"test_input_required_result_elicitation\",\"inputResponses\":{\"user_name\":{\"action\":\"accept\","
                        + "\"content\":{\"name\":\"Ada\"}}}"));
        assertEquals("Hello, Ada!", hear().get("result.content[0].text"));
        say(call(5, "test_missing_capability"));
        assertEquals(-32021, hear().getInt("error.code"));
    }

    @Test
    void subscriptionsAreToldApartAndEndWhenToldTo() throws IOException {
        say(request("one", "subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true}"));
        assertEquals("one", hear().get("params._meta." + TAG));
        say(request(2, "subscriptions/listen", "\"notifications\":{\"promptsListChanged\":true}"));
        JsonPath acknowledged = hear();
        assertEquals("notifications/subscriptions/acknowledged", acknowledged.get("method"));
        assertEquals(2, acknowledged.getInt("params._meta." + TAG));
        assertEquals(Map.of("promptsListChanged", true), acknowledged.getMap("params.notifications"));
        say(request(2, "subscriptions/listen", "\"notifications\":{}"));
        assertEquals(-32600, hear().getInt("error.code"));
        say(call(3, "test_trigger_tool_change"));
        assertEquals("one", hear().get("params._meta." + TAG));
        assertEquals(3, hear().getInt("id"));
        say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":\"one\"}}");
        say(call(4, "test_trigger_tool_change"));
        assertEquals(4, hear().getInt("id"));
        say(call(5, "test_trigger_prompt_change"));
        assertEquals(2, hear().getInt("params._meta." + TAG));
        assertEquals(5, hear().getInt("id"));
    }

    @Test
    void whatIsStillOpenEndsWithTheInput() throws IOException {
        say(request("one", "subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true}"));
        assertEquals("one", hear().get("params._meta." + TAG));
        input.close();
        JsonPath cancelled = hear();
        assertEquals("notifications/cancelled", cancelled.get("method"));
        assertEquals("one", cancelled.get("params.requestId"));
        JsonPath end = hear();
        assertEquals("one", end.get("id"));
        assertEquals("complete", end.get("result.resultType"));
        assertEquals("one", end.get("result._meta." + TAG));
        assertNull(lines.readLine());
    }

    @Test
    void aCancelledRequestIsHeardOfNoMore() throws IOException {
        StatelessClient client = new StatelessClient("").says("\"progressToken\":\"p\"");
        say(client.body(1, "tools/call", "\"name\":\"test_tool_with_progress\""));
        assertEquals(0, hear().getInt("params.progress"));
        say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}");
        say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":\"unknown\"}}");
        input.close();
        String rest = String.join("\n", lines.lines().toList());
        assertFalse(rest.contains("\"id\":1"), rest);
        assertFalse(rest.contains("\"progress\":100"), rest);
        assertTrue(rest.lines().count() <= 1, rest);
    }
}

package dev.mcppreflight.conformance.readiness;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.Preflight;
import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.data.Yaml;
import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.fault.FaultyServer;
import dev.mcppreflight.conformance.innocents.Innocent;
import dev.mcppreflight.conformance.innocents.JavaSdkServer;
import dev.mcppreflight.conformance.report.ClientReadiness;
import dev.mcppreflight.conformance.report.ClientReadiness.Reason;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.wire.Header;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each client's own sequence is played, and judged by what is known of it. */
class ReadinessTest {

    /** The check whose exchange clients are judged by where their sequence is not played. */
    private static final String DISCOVER_CHECK = "@MCP-CLIENT-001";

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final String HEALTHY = "deviation: {}";

    // ---- the first message of ChatGPT

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "half a discover result | status: 200, body: '{R}{\"supportedVersions\":[\"2026-07-28\"]}}' | not-ready         | MCP-022",
                "another revision       | status: 200, body: '{R}{\"supportedVersions\":[\"2025-11-25\"]}}' | not-ready         | MCP-001",
                "a stream               | status: 200, headers: {Content-Type: text/event-stream}, body: 'data: x' | not-ready   | MCP-001",
                "a whole one as stream  | status: 200, headers: {Content-Type: text/event-stream}, body: 'data: {W}{N}' | not-ready | MCP-001",
                "a stream and an error  | status: 200, headers: {Content-Type: text/event-stream}, body: 'data: {E}{N}' | not-ready | MCP-001",
                "an error with failure  | status: 500, body: '{E}'                                          | not-ready         | MCP-001",
                "too late behind a gate | status: 504, body: 'upstream timed out'                           | not-ready         | MCP-001",
                "a page                 | status: 200, headers: {Content-Type: text/html}, body: '<html></html>' | not-ready    | MCP-001",
                "an empty result        | status: 200, body: '{R}{}}'                                         | not-ready         | MCP-001",
                "a failure              | status: 503, body: busy                                           | not-ready         | MCP-001",
                "a page of a failure    | status: 502, body: '<html><title>502</title></html>'              | not-ready         | MCP-001",
                "nothing                | outcome: silence                                                  | not-ready         | MCP-001",
                "a challenge alone      | status: 401, headers: {WWW-Authenticate: Bearer}                  | not-ready         | AUTH-006",
                "401 and no more        | status: 401                                                       | not-ready         | AUTH-001",
                "not found              | status: 404                                                       | ready-when-public |",
                "no such method         | status: 405                                                       | ready-when-public |",
                "an error not found     | status: 404, body: '{E}'                                          | ready-when-public |",
                "bad request            | status: 400, body: 'no session'                                   | ready-when-public |",
                "an error with success  | status: 200, body: '{E}'                                          | ready-when-public | MCP-001",
            })
    void chatGptGoesOnOrGivesUp(String name, String reply, String verdict, String reason) throws Exception {
        String answer = reply.replace("{R}", "{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":")
                // A scalar of YAML folds the first of several line breaks away.
                .replace("{N}", "\n\n\n")
                .replace(
                        "{W}",
                        "{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{\"supportedVersions\":[\"2026-07-28\"],"
                                + "\"capabilities\":{\"tools\":{}},\"serverInfo\":{\"name\":\"x\",\"version\":\"1\"}}}")
                .replace("{E}", "{\"jsonrpc\":\"2.0\",\"id\":{id},\"error\":{\"code\":-32601,\"message\":\"no\"}}");
        String deviation = "deviation: {reply: {when: {rpc: server/discover}, " + answer + "}}";
        ClientReadiness played = judge(deviation, "streamable", "chatgpt");
        assertAll(
                name,
                () -> assertEquals(verdict, played.verdict(), () -> explain(played)),
                () -> assertEquals(
                        reason == null ? List.of() : List.of(reason), played.reasons(), () -> explain(played)),
                () -> assertTrue(
                        played.because().stream()
                                .filter(each -> each.weight().equals("blocks"))
                                .noneMatch(each ->
                                        each.evidence().isEmpty() || each.fix().isEmpty()),
                        () -> explain(played)));
    }

    @Test
    void whatNobodyKnowsIsSaid() throws Exception {
        try (Innocent server = JavaSdkServer.stateless()) {
            ClientReadiness played = judge(server.target(), "chatgpt");
            assertEquals("ready-when-public", played.verdict(), () -> explain(played));
            Reason reason = played.because().get(0);
            assertEquals("MCP-001", reason.id());
            assertEquals("warns", reason.weight());
            assertEquals("unknown", reason.grade());
            assertTrue(reason.evidence().get(0).contains("-32601"), () -> explain(played));
            assertTrue(reason.fix().contains("400"), () -> explain(played));
            assertTrue(played.exchanges().stream()
                    .anyMatch(exchange -> exchange.purpose().equals("tools/list") && exchange.status() == 200));
        }
    }

    @Test
    void whoInitializesDoesNotMindWhatDiscoverWouldGet() throws Exception {
        try (Innocent server = JavaSdkServer.stateless()) {
            for (String client : List.of("claude", "claude-code")) {
                ClientReadiness played = judge(server.target(), client);
                assertTrue(played.verdict().startsWith("ready"), () -> explain(played));
                assertEquals(List.of(), played.reasons(), () -> explain(played));
            }
        }
    }

    /** The challenge to the first message is the beginning of a sign-in where the metadata says how. */
    @ParameterizedTest
    @ValueSource(strings = {"chatgpt", "claude"})
    void whoAsksForASignInIsReadyForIt(String client) throws Exception {
        try (FaultyServer server = FaultyServer.start(Fault.load("healthy-oauth"))) {
            ClientReadiness played = judge(target(server), client);
            assertEquals("ready-when-public", played.verdict(), () -> explain(played));
            assertEquals(List.of(), played.reasons(), () -> explain(played));
        }
    }

    @Test
    void withoutPlayingTheSameIsSaid() throws Exception {
        try (FaultyServer server = FaultyServer.start(Fault.load("MCP-001-500"))) {
            ClientReadiness judged = Preflight.of(target(server)).tags(DISCOVER_CHECK).run().clients().stream()
                    .filter(client -> client.client().equals("chatgpt"))
                    .findFirst()
                    .orElseThrow();
            assertEquals("not-ready", judged.verdict());
            assertEquals(List.of("MCP-001"), judged.reasons());
            assertFalse(judged.emulated());
            assertTrue(judged.because().get(0).evidence().get(0).contains("500"));
        }
    }

    @Test
    void whoIsModernOnlyIsForThoseWhoAskForIt() throws Exception {
        try (FaultyServer server = FaultyServer.start(Fault.load("MCP-002"))) {
            assertEquals("ready-when-public", judge(target(server), "chatgpt").verdict());
            assertEquals(List.of("MCP-002"), judge(target(server), "claude").reasons());
        }
    }

    // ---- sequences

    @Test
    void theSequenceIsThatOfTheClient() throws Exception {
        assertEquals(
                List.of("server/discover", "initialize", "initialized notification", "tools/list"),
                purposes(judge(HEALTHY, "streamable", "chatgpt")));
        assertEquals(
                List.of("initialize", "initialized notification", "open the listening stream", "tools/list"),
                purposes(judge(HEALTHY, "streamable", "mcp-remote")));
        assertEquals(
                List.of(
                        "server/discover",
                        "initialize",
                        "open the event stream",
                        "initialize",
                        "initialized notification",
                        "tools/list"),
                purposes(judge(HEALTHY, "sse", "chatgpt")));
    }

    @Test
    void theHeadersAreThoseOfTheClient() throws Exception {
        ClientReadiness chatgpt = judge(HEALTHY, "sse", "chatgpt");
        List<Header> posted = chatgpt.exchanges().get(3).requestHeaders();
        assertEquals("openai-mcp/1.0.0", Header.first(posted, "User-Agent").orElseThrow());
        assertEquals("*/*", Header.first(posted, "Accept").orElseThrow());
        assertEquals("gzip", Header.first(posted, "Accept-Encoding").orElseThrow());
        List<Header> claude =
                judge(HEALTHY, "streamable", "claude").exchanges().get(0).requestHeaders();
        assertEquals("Claude-User", Header.first(claude, "User-Agent").orElseThrow());
        assertTrue(Header.first(claude, "Accept-Encoding").isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "chatgpt, ready-when-public",
        "claude, ready-when-public",
        "claude-code, ready",
        "inspector, ready",
        "mcp-remote, not-ready"
    })
    void onlyTheBridgeMinds400OnTheStreamsAddress(String client, String verdict) throws Exception {
        String deviation = "deviation: {reply: {when: {method: POST, path: /sse}, status: 400, body: no}}";
        ClientReadiness played = judge(deviation, "sse", client);
        assertEquals(verdict, played.verdict(), () -> explain(played));
        if (client.equals("mcp-remote")) {
            assertEquals(List.of("MCPR-003"), played.reasons());
        }
    }

    @ParameterizedTest
    @CsvSource({"claude, ready-when-public, 1", "claude-code, ready, 2"})
    void pagesAreReadAsTheClientReadsThem(String client, String verdict, int pages) throws Exception {
        ClientReadiness played = judge("deviation: {tools-page-size: 2}", "streamable", client);
        assertEquals(verdict, played.verdict(), () -> explain(played));
        assertEquals(
                pages, purposes(played).stream().filter("tools/list"::equals).count());
    }

    @Test
    void aRuleAgainstItsUserAgentStopsTheClientAlone() throws Exception {
        String deviation =
                "deviation: {reply: {when: {header: {User-Agent: Claude-User}}, status: 403, body: blocked}}";
        assertEquals(
                List.of("NET-023"), judge(deviation, "streamable", "claude").reasons());
        assertEquals(
                "ready-when-public", judge(deviation, "streamable", "chatgpt").verdict());
    }

    // ---- the way in

    @ParameterizedTest
    @CsvSource({
        "chatgpt, not-ready",
        "claude, ready-when-public",
        "openai-api, ready-when-public",
        "claude-code, ready-with-warnings",
        "mcp-remote, ready-with-warnings",
    })
    void aKeyAloneIsEnoughForSome(String client, String verdict) throws Exception {
        ClientReadiness played = judge(HEALTHY + "\ncredential: preflight-key", "streamable", client);
        assertEquals(verdict, played.verdict(), () -> explain(played));
        assertTrue(
                played.exchanges().stream()
                        .anyMatch(exchange -> exchange.url().endsWith("/oauth-protected-resource/mcp")),
                () -> explain(played));
    }

    @Test
    void withTheKeyABridgeGetsIn() throws Exception {
        Fault fault = Fault.load("healthy-apikey");
        try (FaultyServer server = FaultyServer.start(fault)) {
            Target target = target(server).withBearer(fault.credential().orElseThrow());
            assertEquals("ready", judge(target, "mcp-remote").verdict());
            assertEquals("not-ready", judge(target, "chatgpt").verdict());
        }
    }

    // ---- what is said besides

    @Test
    void theEndSaysWhatToDoNext() throws Exception {
        ClientReadiness.Next next =
                judge(HEALTHY, "streamable", "chatgpt").next().orElseThrow();
        assertEquals(
                List.of("Name", "Description", "MCP Server URL", "Authentication"),
                next.fields().stream().map(ClientReadiness.Field::field).toList());
        assertEquals("https://YOUR-PUBLIC-HOST/mcp", next.fields().get(2).value());
        assertEquals("No authentication", next.fields().get(3).value());
        assertEquals("search", next.tool());
        assertTrue(next.question().contains("search"), next.question());
        assertTrue(next.steps().stream().allMatch(step -> step.date().matches("\\d{4}-\\d\\d-\\d\\d")));
    }

    @Test
    void anAddressIsNoCommand() {
        Target command = Target.of(List.of("preflight-no-such-program")).withTimeout(PATIENCE);
        ClientReadiness judged = Preflight.of(command)
                .tags("@MCP-REACH-001 or @MCP-STDIO-001")
                .clients(List.of("chatgpt"))
                .run()
                .clients()
                .get(0);
        assertEquals("not-ready", judged.verdict());
        assertEquals(List.of("HOST-005"), judged.reasons());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"healthy-streamable", "healthy-sse", "healthy-stateless", "healthy-streaming", "healthy-full"})
    void noClientIsScaredOffByAHealthyServer(String fault) throws Exception {
        try (FaultyServer server = FaultyServer.start(Fault.load(fault))) {
            List<ClientReadiness> all = Preflight.of(target(server))
                    .tags(DISCOVER_CHECK)
                    .clients(Catalogue.clientNames())
                    .run()
                    .clients();
            assertAll(all.stream()
                    .map(client -> () -> assertTrue(
                            List.of("ready", "ready-when-public").contains(client.verdict())
                                    && client.reasons().isEmpty(),
                            () -> explain(client))));
        }
    }

    // ---- helpers

    private static ClientReadiness judge(String lines, String transport, String client) throws Exception {
        String file = "id: X-001\ntitle: a server\ntransport: " + transport + "\n" + lines;
        try (FaultyServer server = FaultyServer.start(Fault.of(Yaml.parse(file, "test")))) {
            return judge(target(server), client);
        }
    }

    private static ClientReadiness judge(Target target, String client) {
        return Preflight.of(target.withTimeout(PATIENCE))
                .tags(DISCOVER_CHECK)
                .clients(List.of(client))
                .run()
                .clients()
                .get(0);
    }

    private static Target target(FaultyServer server) {
        return Target.of(URI.create(server.url())).withTimeout(PATIENCE);
    }

    private static List<String> purposes(ClientReadiness client) {
        return client.exchanges().stream().map(exchange -> exchange.purpose()).toList();
    }

    private static String explain(ClientReadiness client) {
        StringBuilder text = new StringBuilder(client.client() + ": " + client.verdict());
        client.because().forEach(reason -> text.append("\n  ").append(reason));
        client.exchanges().forEach(exchange -> text.append("\n  ").append(exchange.summary()));
        return text.toString();
    }
}

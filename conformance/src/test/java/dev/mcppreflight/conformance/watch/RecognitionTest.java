package dev.mcppreflight.conformance.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.diagnosis.Diagnostician;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.Redactor;
import dev.mcppreflight.conformance.wire.WireLog;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each client that is known is recognised by what it sends to a server that is right, and no cause is named there. */
class RecognitionTest {

    static Stream<Arguments> meetings() {
        return Catalogue.clientNames().stream()
                .flatMap(client -> Stream.of("healthy-streamable", "healthy-sse", "healthy-stateless")
                        .map(server -> Arguments.of(client, server)));
    }

    /** As the published packages sent it. */
    @ParameterizedTest
    @CsvSource({
        "example-client, 1.0.0, node, a client on the TypeScript SDK, ",
        "mcp-remote, 0.15.1, undici, 'mcp-remote, the bridge for clients of stdio', mcp-remote",
        "claude-ai (via mcp-remote 0.15.1), 0.1.0, node, 'mcp-remote, the bridge for clients of stdio', mcp-remote",
        "inspector-cli, 1.0.3, node, MCP Inspector, inspector",
        "@modelcontextprotocol/inspector, 1.0.3, node, MCP Inspector, inspector",
        "@modelcontextprotocol/inspector-cli, 1.0.3, node, MCP Inspector, inspector",
        "inspector-client, 1.0.3, node, MCP Inspector, inspector",
    })
    void aPublishedClientIsRecognised(String name, String version, String agent, String title, String client) {
        String body = Json.object(
                        "jsonrpc",
                        "2.0",
                        "id",
                        0,
                        "method",
                        "initialize",
                        "params",
                        Json.object("clientInfo", Json.object("name", name, "version", version)))
                .toString();
        List<Header> headers = List.of(
                new Header("User-Agent", agent),
                new Header("Sec-Fetch-Mode", "cors"),
                new Header("Accept-Encoding", "br, gzip, deflate"));
        WireLog log = new WireLog(new Redactor(List.of()));
        log.begin("", "POST", "http://127.0.0.1/mcp", headers, body);
        Recognition who = new Recognition.Gallery().recognise(log.exchanges());
        assertEquals(title, who.title());
        assertEquals(client == null ? List.of() : List.of(client), who.clients());
    }

    @Test
    void aClientThatLooksForAStreamOutsideOfAnothersSessionBlamesNobody() throws IOException {
        try (Session session = Session.before("healthy-streamable")) {
            String hello = Json.object(
                            "jsonrpc",
                            "2.0",
                            "id",
                            0,
                            "method",
                            "initialize",
                            "params",
                            Json.object(
                                    "protocolVersion",
                                    "2025-11-25",
                                    "capabilities",
                                    Json.object(),
                                    "clientInfo",
                                    Json.object("name", "first", "version", "1")))
                    .toString();
            String common = " /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: node\r\nConnection: close\r\n"
                    + "Accept: application/json, text/event-stream\r\n";
            say(
                    session,
                    "POST" + common + "Content-Type: application/json\r\nContent-Length: " + hello.length() + "\r\n\r\n"
                            + hello);
            say(session, "GET" + common + "\r\n");
            List<Watched.Visit> visits = session.seen().visits();
            assertEquals(2, visits.size());
            for (Watched.Visit visit : visits) {
                assertEquals(
                        List.of(),
                        Diagnostician.diagnose(visit.overheard().evidence()),
                        () -> String.join("\n", session.lines()));
            }
        }
    }

    private static void say(Session session, String request) throws IOException {
        try (Socket client = new Socket("127.0.0.1", session.watch().port())) {
            client.setSoTimeout(20_000);
            client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }

    @ParameterizedTest
    @MethodSource("meetings")
    void aKnownClientIsRecognisedAndGetsThrough(String client, String server) {
        try (Session session = Session.before(server)) {
            List<Watched.Visit> visits = session.visitedBy(client).seen().visits();
            Watched.Visit last = visits.get(visits.size() - 1);
            assertTrue(
                    last.client().clients().contains(client),
                    () -> client + " was taken for " + last.client() + "\n" + String.join("\n", session.lines()));
            for (Watched.Visit visit : visits) {
                assertEquals(
                        List.of(),
                        Diagnostician.diagnose(visit.overheard().evidence()),
                        () -> String.join("\n", session.lines()));
            }
        }
    }
}

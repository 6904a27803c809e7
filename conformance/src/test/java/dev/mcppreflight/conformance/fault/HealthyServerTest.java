package dev.mcppreflight.conformance.fault;

import static dev.mcppreflight.conformance.fault.Wire.INITIALIZE;
import static dev.mcppreflight.conformance.fault.Wire.body;
import static dev.mcppreflight.conformance.fault.Wire.call;
import static dev.mcppreflight.conformance.fault.Wire.exchange;
import static dev.mcppreflight.conformance.fault.Wire.get;
import static dev.mcppreflight.conformance.fault.Wire.inSession;
import static dev.mcppreflight.conformance.fault.Wire.notification;
import static dev.mcppreflight.conformance.fault.Wire.post;
import static dev.mcppreflight.conformance.fault.Wire.request;
import static dev.mcppreflight.conformance.fault.Wire.session;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.mcp.RpcError;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthyServerTest {

    private static final String PING = request(2, "ping", Json.MISSING);
    private static final String LIST = request(3, "tools/list", Json.MISSING);

    @FunctionalInterface
    private interface Use {
        void of(String url) throws IOException;
    }

    private static void on(String id, Use use) throws IOException {
        try (FaultyServer server = FaultyServer.start(Fault.load(id))) {
            use.of(server.url());
        }
    }

    private static void starts(String expected, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 " + expected), answer);
    }

    private static int code(String answer) {
        return (int) body(answer).get("error").get("code").number(0);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-11-05, 2024-11-05",
        "2025-03-26, 2025-03-26",
        "2025-06-18, 2025-06-18",
        "2025-11-25, 2025-11-25",
        "1999-01-01, 2025-11-25",
        "2026-07-28, 2025-11-25"
    })
    void negotiatesTheRevision(String requested, String agreed) throws IOException {
        on("healthy-streamable", url -> {
            Json result = body(post(url, Wire.initialize(requested))).get("result");
            assertEquals(agreed, result.get("protocolVersion").text());
            assertTrue(result.get("capabilities").get("tools").isObject());
            assertTrue(result.get("serverInfo").get("version").isString());
            assertTrue(result.get("instructions").text().length() < 512);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "healthy-streamable",
                "healthy-stateless",
                "healthy-tls",
                "healthy-full",
                "healthy-streaming",
                "healthy-apikey"
            })
    void holdsAConversation(String id) throws IOException {
        String key = "Authorization: Bearer " + Fault.load(id).credential().orElse("none");
        on(id, url -> {
            starts("202", inSession(url, notification("notifications/initialized"), key));
            assertTrue(inSession(url, notification("notifications/initialized"), key)
                    .endsWith("\r\n\r\n" + Wire.CLOSED));
            assertTrue(inSession(url, PING, key).contains("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}"));
            assertTrue(inSession(url, LIST, key).contains("\"name\":\"fetch\""));
            assertTrue(inSession(url, call("echo", "text", "naïve ✓"), key).contains("\"text\":\"naïve ✓\""));
            assertTrue(inSession(url, call("add", "a", 1, "b", 2.5), key).contains("{\"sum\":3.5}"));
            assertTrue(inSession(url, call("add", "a", "x"), key).contains("\"isError\":true"));
            assertTrue(inSession(url, call("fetch", "id", "0"), key).contains("\"isError\":true"));
        });
    }

    @Test
    void echoesIdsWithTheirTypes() throws IOException {
        on("healthy-streamable", url -> {
            for (Object id : new Object[] {"7", 7, 2147483648L, "ä"}) {
                assertEquals(
                        Json.of(id),
                        body(inSession(url, request(id, "ping", Json.MISSING))).get("id"));
            }
        });
    }

    @Test
    void refusesWhatIsNoMessage() throws IOException {
        on("healthy-streamable", url -> {
            for (String text : new String[] {"{", "", "{\"jsonrpc\":\"2.0\"", "[1"}) {
                String answer = inSession(url, text);
                starts("400", answer);
                assertEquals(RpcError.PARSE_ERROR, code(answer));
                assertTrue(body(answer).get("id").isMissing());
            }
            for (String text : new String[] {
                "{\"foo\":1}",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}",
                "[]",
                "[" + PING + "]",
                "7"
            }) {
                String answer = inSession(url, text);
                starts("400", answer);
                assertEquals(RpcError.INVALID_REQUEST, code(answer), text);
            }
        });
    }

    @Test
    void answersErrorsByTheirCodes() throws IOException {
        on("healthy-full", url -> {
            String method = inSession(url, request(2, "no/such", Json.MISSING));
            starts("200", method);
            assertEquals(RpcError.METHOD_NOT_FOUND, code(method));
            for (String text : new String[] {
                request(2, "tools/call", Json.object()),
                request(2, "tools/call", Json.object("name", "no_such_tool")),
                request(2, "tools/call", Json.object("name", "ECHO")),
                request(2, "tools/call", Json.object("name", "echo", "arguments", "x")),
                request(2, "tools/list", Json.object("cursor", "definitely-not-a-cursor")),
                request(2, "resources/list", Json.object("cursor", "")),
                request(2, "prompts/list", Json.array()),
                request(2, "prompts/get", Json.object("name", "no_such_prompt")),
                request(2, "prompts/get", Json.object("name", "summarize")),
                request(2, "prompts/get", Json.object("name", "summarize", "arguments", Json.object("topic", 1))),
                request(2, "completion/complete", Json.object("ref", Json.object("type", "ref/prompt"))),
                request(2, "logging/setLevel", Json.object("level", "loud")),
                request(2, "resources/read", Json.object())
            }) {
                assertEquals(RpcError.INVALID_PARAMS, code(inSession(url, text)), text);
            }
            String missing = request(2, "resources/read", Json.object("uri", "file:///etc/passwd"));
            assertEquals(RpcError.RESOURCE_NOT_FOUND, code(inSession(url, missing)));
        });
        on("healthy-streamable", url -> {
            String undeclared = inSession(url, request(2, "prompts/list", Json.MISSING));
            assertEquals(RpcError.METHOD_NOT_FOUND, code(undeclared));
            String handshake = post(url, request(1, "initialize", Json.object("protocolVersion", 7)));
            assertEquals(RpcError.INVALID_PARAMS, code(handshake));
            assertEquals("", session(handshake));
        });
    }

    @Test
    void offersEverything() throws IOException {
        on("healthy-full", url -> {
            for (String method : new String[] {"resources/list", "resources/templates/list", "prompts/list"}) {
                Set<Json> seen = new HashSet<>();
                Json page =
                        body(inSession(url, request(2, method, Json.MISSING))).get("result");
                while (page.get("nextCursor").isString()) {
                    assertTrue(seen.add(page.get("nextCursor")));
                    page = body(inSession(url, request(2, method, Json.object("cursor", page.get("nextCursor")))))
                            .get("result");
                }
                assertEquals(1, seen.size(), method);
            }
            Json dot = Json.object("uri", "notes://library/dot");
            assertTrue(inSession(url, request(2, "resources/read", dot)).contains("\"blob\":\"iVBOR"));
            assertTrue(inSession(url, request(2, "resources/subscribe", dot)).contains("\"result\":{}"));
            assertTrue(inSession(url, request(2, "logging/setLevel", Json.object("level", "alert")))
                    .contains("\"result\":{}"));
            Json completion = Json.object(
                    "ref", Json.object("type", "ref/resource", "uri", "notes://library/{name}"),
                    "argument", Json.object("name", "name", "value", "c"));
            assertTrue(inSession(url, request(2, "completion/complete", completion))
                    .contains("[\"café\"]"));
            Json prompt = Json.object("name", "summarize", "arguments", Json.object("topic", "tea"));
            assertTrue(inSession(url, request(2, "prompts/get", prompt)).contains("about tea."));
        });
        on("healthy-tools-less", url -> {
            assertEquals(RpcError.METHOD_NOT_FOUND, code(inSession(url, LIST)));
            assertTrue(
                    inSession(url, request(2, "resources/list", Json.MISSING)).contains("notes://library/dot"));
        });
    }

    @Test
    void keepsSessions() throws IOException {
        on("healthy-streamable", url -> {
            String session = session(post(url, INITIALIZE));
            String header = "Mcp-Session-Id: " + session;
            assertTrue(session.matches("[\\x21-\\x7E]{24}"), session);
            starts("400", post(url, LIST));
            starts("404", post(url, LIST, "Mcp-Session-Id: 00000000-0000-0000-0000-000000000000"));
            starts("200", post(url, LIST, header));
            starts("200", post(url, LIST, header, "MCP-Protocol-Version: 2025-11-25"));
            starts("400", post(url, LIST, header, "MCP-Protocol-Version: banana"));
            starts("400", exchange(url, "DELETE", ""));
            starts("200", exchange(url, "DELETE", "", header));
            starts("404", post(url, LIST, header));
            starts("404", get(url, header));
            String discover =
                    post(url, request("d", "server/discover", Json.object()), "MCP-Protocol-Version: 2026-07-28");
            starts("400", discover);
            assertEquals(RpcError.METHOD_NOT_FOUND, code(discover));
        });
    }

    @Test
    void listensOnAStreamAndResumesOne() throws IOException {
        on("healthy-streaming", url -> {
            String handshake = post(url, INITIALIZE);
            starts("200", handshake);
            assertTrue(handshake.contains("id: 1-0\nretry: 3000\ndata: \n\n"), handshake);
            assertTrue(handshake.contains("event: message\nid: 1-1\ndata: {\"jsonrpc\""), handshake);
            assertTrue(handshake.endsWith("0\r\n\r\n" + Wire.CLOSED), handshake);
            String header = "Mcp-Session-Id: " + session(handshake);
            String listening = get(url, header);
            assertTrue(listening.contains("data: \n\n") && listening.endsWith(Wire.OPEN), listening);
            String resumed = get(url, header, "Last-Event-ID: 1-0");
            assertTrue(resumed.contains("id: 1-1\n") && resumed.endsWith(Wire.CLOSED), resumed);
        });
        on("healthy-stateless", url -> {
            starts("405", get(url));
            starts("200", post(url, LIST));
            assertEquals("", session(post(url, INITIALIZE)));
        });
    }

    @Test
    void acceptsBatchesWhereTheRevisionHasThem() throws IOException {
        on("healthy-streamable", url -> {
            String header = "Mcp-Session-Id: " + session(post(url, Wire.initialize("2025-03-26")));
            Json answers = body(post(url, "[" + PING + "," + LIST + "," + notification("x") + "]", header));
            assertEquals(2, answers.size());
            starts("202", post(url, "[" + notification("x") + "]", header));
            starts("400", post(url, "[" + INITIALIZE + "]"));
            starts("400", post(url, "[" + INITIALIZE + "]", header));
        });
    }

    @Test
    void guardsItsDoor() throws IOException {
        on("healthy-streamable", url -> {
            starts("403", post(url, INITIALIZE, "Origin: http://evil.example"));
            starts("403", post(url, INITIALIZE, "Origin: null"));
            starts("403", post(url, INITIALIZE, "Origin: http://localhost.evil.example"));
            starts("421", post(url, INITIALIZE, "Host: evil.example"));
            String local = post(url, INITIALIZE, "Origin: http://localhost:6274");
            assertTrue(local.contains("Access-Control-Allow-Origin: http://localhost:6274\r\n"), local);
            assertTrue(local.contains("Access-Control-Expose-Headers: Mcp-Session-Id"), local);
            starts("415", post(url, INITIALIZE, "Content-Type: text/plain"));
            starts("200", post(url, INITIALIZE, "Content-Type: application/json; charset=utf-8"));
            for (String accept :
                    new String[] {"*/*", "application/json", "text/event-stream;q=0.5, application/json"}) {
                starts("200", post(url, INITIALIZE, "Accept: " + accept));
            }
            starts("406", post(url, INITIALIZE, "Accept: text/html"));
            String preflight =
                    exchange(url, "OPTIONS", "", "Origin: https://claude.ai", "Access-Control-Request-Method: POST");
            starts("204", preflight);
            assertTrue(preflight.contains("Authorization, Content-Type"), preflight);
            starts("200", exchange(url, "HEAD", ""));
            starts("405", exchange(url, "PUT", ""));
            starts("404", post(url.replace("/mcp", "/"), INITIALIZE));
            starts("200", post(url + "/", INITIALIZE));
            starts("413", exchange(url, "POST", "", "Content-Length: 99999999"));
            starts("400", exchange(url, "POST", "", "Transfer-Encoding: chunked", "Content-Length: 3"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"healthy-apikey", "healthy-sse-apikey"})
    void asksForTheKey(String id) throws IOException {
        on(id, url -> {
            for (String path : new String[] {"/mcp", "/sse", "/messages?sessionId=x"}) {
                String target = url.replaceAll("/(mcp|sse)$", path);
                starts("401", post(target, INITIALIZE));
                starts("401", get(target));
                String wrong = post(target, INITIALIZE, "Authorization: Bearer wrong");
                starts("401", wrong);
                assertTrue(wrong.contains("WWW-Authenticate: Bearer realm="), wrong);
                assertTrue(wrong.contains("error=\"invalid_token\""), wrong);
                starts("401", post(target, INITIALIZE, "Authorization: Bearer "));
                starts("400", post(target, INITIALIZE, "Authorization: a", "Authorization: b"));
                assertFalse(post(target, INITIALIZE).contains("\"result\""));
                starts("204", exchange(target, "OPTIONS", ""));
            }
            starts("404", get(url.replaceAll("/(mcp|sse)$", "/.well-known/oauth-protected-resource")));
        });
    }

    @Test
    void speaksHttpWithSse() throws IOException {
        on("healthy-sse", url -> {
            try (SseWire one = new SseWire(url);
                    SseWire other = new SseWire(url)) {
                assertTrue(one.received().contains("Content-Type: text/event-stream\r\n"));
                assertTrue(one.received().contains("\r\nevent: endpoint\ndata: /messages?sessionId="), one.received());
                String early = one.post(LIST);
                starts("202", early);
                assertTrue(one.more().contains("not initialized"));
                starts("202", one.post(INITIALIZE));
                assertTrue(one.more().contains("event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\""));
                starts("202", one.post(notification("notifications/initialized")));
                starts("202", one.post(LIST));
                assertTrue(one.more().contains("\"tools\":["));
                starts("400", one.post("{"));
                assertFalse(other.more().contains("message"));
                one.hangUp();
                String after = one.post(LIST);
                for (int i = 0; i < 20 && !after.startsWith("HTTP/1.1 404"); i++) {
                    after = one.post(LIST);
                }
                starts("404", after);
            }
            starts("405", post(url, INITIALIZE));
            starts("200", post(url.replace("/sse", "/mcp"), INITIALIZE));
            starts("403", get(url, "Origin: http://evil.example"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"healthy-stdio", "healthy-stdio-full"})
    void speaksOnStandardInputAndOutput(String id) {
        String output = StdioWire.run(
                Fault.load(id),
                request("d", "server/discover", Json.object()),
                LIST,
                "",
                "garbage",
                INITIALIZE,
                PING,
                notification("notifications/initialized"),
                call("fetch", "id", "1"),
                request(9, "no/such", Json.MISSING));
        String[] lines = output.split("\n");
        assertEquals(8, lines.length, output);
        assertEquals("[exit 0]", lines[7]);
        assertTrue(lines[0].startsWith("{\"jsonrpc\":\"2.0\",\"id\":\"d\",\"error\":{\"code\":-32601"), lines[0]);
        assertTrue(lines[1].contains("\"code\":-32600"), lines[1]);
        assertTrue(lines[2].contains("\"code\":-32700"), lines[2]);
        assertTrue(lines[3].contains("\"protocolVersion\":\"2025-11-25\""), lines[3]);
        assertTrue(lines[5].contains("The café opens at eight.\\n"), lines[5]);
        assertTrue(lines[6].contains("\"code\":-32601"), lines[6]);
    }
}

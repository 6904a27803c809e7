package dev.mcppreflight.server.http;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.Messages;
import dev.mcppreflight.server.app.DocumentServer;
import dev.mcppreflight.server.app.ServerConfig;
import dev.mcppreflight.server.auth.AccessPolicy;
import dev.mcppreflight.server.auth.RateLimit;
import dev.mcppreflight.server.documents.BundledCorpus;
import dev.mcppreflight.server.store.LuceneDocumentStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A request that comes through another replica counts once, where it arrived, and for the client that it is from. */
class RelayedLimitsTest {

    private final InternalPost post = new InternalPost();

    @Test
    void itIsCountedWhereItArrivedAlone() {
        try (TestReplica here = replica("aaaaaaaa", "3/h", Map.of());
                TestReplica there = replica("bbbbbbbb", "3/h", Map.of())) {
            String session = here.session(null);
            for (int i = 0; i < 3; i++) {
                there.json(null, session, Messages.request(1, "ping"))
                        .post("/mcp")
                        .then()
                        .statusCode(200);
            }
            there.json(null, session, Messages.request(1, "ping"))
                    .post("/mcp")
                    .then()
                    .statusCode(429);
            for (int i = 0; i < 2; i++) {
                here.json(null, session, Messages.request(1, "ping"))
                        .post("/mcp")
                        .then()
                        .statusCode(200);
            }
            here.json(null, session, Messages.request(1, "ping"))
                    .post("/mcp")
                    .then()
                    .statusCode(429);
        }
    }

    /** Other systems have one loopback address alone. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void itIsCountedForTheClientThatItIsFrom() throws IOException {
        try (TestReplica here = replica("aaaaaaaa", null, Map.of("search", RateLimit.of("1/h")));
                TestReplica there = replica("bbbbbbbb", null, Map.of("search", RateLimit.of("1/h")))) {
            String session = here.session(null);
            assertEquals("found", search(there, session, "127.0.0.2"));
            assertEquals("found", search(there, session, "127.0.0.3"));
            assertEquals("rate_limited", search(there, session, "127.0.0.2"));
            // Who says so is believed only when it is a replica.
            assertEquals("rate_limited", search(here, session, "127.0.0.3", "Preflight-Client: 127.0.0.9"));
            assertEquals("rate_limited", search(there, session, "127.0.0.3", "Preflight-Client: 127.0.0.9"));
        }
    }

    /** A server that is bound to one address is not to be found under another. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aReplicaAsksItselfWhereItListens() throws IOException {
        HttpOptions options = HttpOptions.local().at("127.0.0.2", 0);
        try (TestReplica here = replica("aaaaaaaa", null, Map.of());
                HttpServer elsewhere = server("cccccccc", null, Map.of(), options)) {
            int port = elsewhere.start();
            String opened = answer("127.0.0.2", port, "127.0.0.1", Messages.initialize("2025-11-25"));
            String session = opened.replaceAll("(?s).*Mcp-Session-Id: (\\w+).*", "$1");
            here.json(null, session, Messages.request(5, "ping"))
                    .post("/mcp")
                    .then()
                    .statusCode(200)
                    .body("id", equalTo(5));
        }
    }

    private static String search(TestReplica replica, String session, String from, String... headers)
            throws IOException {
        String[] all = new String[headers.length + 1];
        all[0] = "Mcp-Session-Id: " + session;
        System.arraycopy(headers, 0, all, 1, headers.length);
        String body = Messages.call(7, "search", "{\"query\":\"x\"}");
        String answer = answer("127.0.0.1", replica.port(), from, body, all);
        assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
        return answer.contains("rate_limited") ? "rate_limited" : "found";
    }

    private static String answer(String host, int port, String from, String body, String... headers)
            throws IOException {
        try (Socket socket = new Socket(host, port, InetAddress.getByName(from), 0)) {
            String head = "POST /mcp HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
                    + String.join(
                            "",
                            Arrays.stream(headers)
                                    .map(header -> header + "\r\n")
                                    .toList())
                    + "Content-Length: " + body.length() + "\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private TestReplica replica(String name, String requests, Map<String, RateLimit> tools) {
        return new TestReplica(server(name, requests, tools, HttpOptions.local()));
    }

    private HttpServer server(String name, String requests, Map<String, RateLimit> tools, HttpOptions options) {
        RateLimit limit = requests == null ? null : RateLimit.of(requests);
        ServerConfig config = new ServerConfig(options, AccessPolicy.open(), limit, tools, null);
        return new DocumentServer(new LuceneDocumentStore(new BundledCorpus().read()), Clock.systemUTC(), config)
                .http(config, post.box(name));
    }
}

package dev.mcppreflight.server.http;

import static dev.mcppreflight.server.Messages.initialize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.RawStream;
import dev.mcppreflight.server.TestServer;
import dev.mcppreflight.server.auth.AccessPolicy;
import dev.mcppreflight.server.auth.ApiKey;
import dev.mcppreflight.server.auth.ApiKeyPolicy;
import dev.mcppreflight.server.auth.AuthProfile;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts, origins, preflights, credentials and limits. */
@TestInstance(Lifecycle.PER_CLASS)
class GateTest {

    private static final String KEY = "Kx7-unit-test-key-93b1";
    private static final List<List<String>> MCP_ROUTES = List.of(
            List.of("GET", "/sse"),
            List.of("HEAD", "/sse"),
            List.of("POST", "/messages"),
            List.of("POST", "/mcp"),
            List.of("GET", "/mcp"),
            List.of("DELETE", "/mcp/"),
            List.of("PUT", "/mcp"));

    private final TestServer open = TestServer.with(TestServer.options(16, 3, Duration.ofSeconds(15)));
    private final TestServer rfc = TestServer.guardedBy(policy(AuthProfile.RFC6750));
    private final TestServer seed = TestServer.guardedBy(policy(AuthProfile.SEED));

    @AfterAll
    void stop() {
        open.close();
        rfc.close();
        seed.close();
    }

    private static AccessPolicy policy(AuthProfile profile) {
        return new ApiKeyPolicy(new ApiKey(KEY), profile);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "",
                "http://localhost.evil.example",
                "http://127.0.0.1.evil.example",
                "file://",
                "http://mcp.example.org",
                "ftp://localhost",
                "http://localhost@evil.example"
            })
    void foreignOriginsAreForbiddenEverywhere(String origin) {
        for (List<String> route : MCP_ROUTES) {
            open.request()
                    .header("Origin", origin)
                    .request(route.get(0), route.get(1))
                    .then()
                    .statusCode(403)
                    .header("Access-Control-Allow-Origin", nullValue());
        }
        open.json(initialize("2025-11-25"))
                .header("Origin", origin)
                .post("/mcp")
                .then()
                .statusCode(403)
                .body("jsonrpc", equalTo("2.0"))
                .body("containsKey('id')", equalTo(false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:6274",
                "http://127.0.0.1",
                "https://localhost",
                "http://[::1]:80",
                "https://app.example.org"
            })
    void allowedOriginsMayReadWhatTheyNeed(String origin) {
        open.request()
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .options("/mcp")
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", origin)
                .header("Access-Control-Allow-Methods", containsString("DELETE"))
                .header("Access-Control-Allow-Headers", containsString("Mcp-Session-Id"))
                .header("Access-Control-Allow-Headers", containsString("MCP-Protocol-Version"))
                .header("Access-Control-Allow-Headers", containsString("Last-Event-ID"))
                .header("Access-Control-Allow-Credentials", nullValue())
                .header("Vary", "Origin");
        open.request()
                .header("Origin", origin)
                .post("/messages")
                .then()
                .statusCode(400)
                .header("Access-Control-Allow-Origin", origin)
                .header("Access-Control-Expose-Headers", "Mcp-Session-Id, WWW-Authenticate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "evil.example:3000", "localhost.evil.example", "other.example.org", "[::2]"})
    void unknownHostsAreMisdirected(String host) {
        for (List<String> route : MCP_ROUTES) {
            open.request()
                    .header("Host", host)
                    .request(route.get(0), route.get(1))
                    .then()
                    .statusCode(421);
        }
        open.request().header("Host", host).get("/health").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:1",
                "127.0.0.1:9",
                "[::1]:3000",
                "mcp.example.org",
                "mcp.example.org:443",
                "other.example.org:8443"
            })
    void knownHostsAreServed(String host) {
        open.request().header("Host", host).get("/").then().statusCode(200);
    }

    @Test
    void aMissingKeyIsChallengedEverywhere() {
        for (TestServer server : List.of(rfc, seed)) {
            for (List<String> route : MCP_ROUTES) {
                server.request()
                        .request(route.get(0), route.get(1))
                        .then()
                        .statusCode(401)
                        .header("WWW-Authenticate", equalTo("Bearer realm=\"mcp\""));
            }
        }
    }

    @Test
    void aWrongKeyIsAnInvalidToken() {
        for (List<String> route : MCP_ROUTES) {
            wrong(rfc.request())
                    .request(route.get(0), route.get(1))
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", containsString("error=\"invalid_token\""));
            wrong(seed.request()).request(route.get(0), route.get(1)).then().statusCode(403);
        }
        wrong(rfc.json(initialize("2025-11-25"))).post("/mcp").then().body(not(containsString(KEY)));
    }

    private static RequestSpecification wrong(RequestSpecification request) {
        return request.header("Authorization", "Bearer wrong-" + KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic dXNlcjpwYXNz", "Bearer", "Bearer ", "Token x", ""})
    void otherSchemesCountAsMissing(String authorization) {
        for (TestServer server : List.of(rfc, seed)) {
            server.json(initialize("2025-11-25"))
                    .header("Authorization", authorization)
                    .post("/mcp")
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", not(containsString("error")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER  "})
    void theKeyOpens(String scheme) {
        for (TestServer server : List.of(rfc, seed)) {
            server.json(initialize("2025-11-25"))
                    .header("Authorization", scheme + KEY)
                    .post("/mcp")
                    .then()
                    .statusCode(200);
        }
        rfc.json(initialize("2025-11-25"))
                .header("X-API-Key", KEY)
                .post("/mcp")
                .then()
                .statusCode(200);
    }

    @Test
    void someRoutesAskForNoKey() {
        rfc.request().get("/health").then().statusCode(200).body("size()", equalTo(1));
        rfc.request()
                .header("Origin", "http://localhost")
                .options("/mcp")
                .then()
                .statusCode(204);
        rfc.json("{}").queryParam("access_token", KEY).post("/mcp").then().statusCode(401);
    }

    /** What cannot be read as HTTP, or as a query, is the client's mistake, and no page tells about insides. */
    @Test
    void whatCannotBeReadIsABadRequest() {
        for (String path : List.of("/api/documents?limit=%zz", "/api/documents/%00", "/messages?sessionId=%zz")) {
            String method = path.startsWith("/messages") ? "POST" : "GET";
            try (RawStream answer = RawStream.of(
                    open.port(), method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
                assertTrue(answer.head().get(0).contains(" 400 "), answer.head().toString());
                assertFalse(
                        answer.head().toString().contains("text/html"),
                        answer.head().toString());
            }
        }
    }

    @Test
    void largeBodiesAreRefused() {
        open.json("x".repeat(64 * 1024 + 1)).post("/mcp").then().statusCode(413);
        open.json("x".repeat(64 * 1024)).post("/mcp").then().statusCode(400);
    }

    @Test
    void largeBodiesOfUntoldLengthAreRefused() {
        String head = "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Accept: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        String chunk = "1000\r\n" + "x".repeat(0x1000) + "\r\n";
        for (int chunks : List.of(16, 17)) {
            try (RawStream answer = RawStream.of(open.port(), head + chunk.repeat(chunks) + "0\r\n\r\n")) {
                String status = chunks == 16 ? " 400 " : " 413 ";
                assertTrue(answer.head().get(0).contains(status), answer.head().toString());
            }
        }
    }

    @Test
    void sessionsAreLimited() {
        String first = open.session("2025-11-25");
        open.session("2025-11-25");
        open.session("2025-11-25");
        open.json(initialize("2025-11-25")).post("/mcp").then().statusCode(503).header("Retry-After", "5");
        open.request().header("Mcp-Session-Id", first).delete("/mcp").then().statusCode(204);
        open.session("2025-11-25");
    }
}

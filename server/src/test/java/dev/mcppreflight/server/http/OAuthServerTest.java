package dev.mcppreflight.server.http;

import static dev.mcppreflight.server.Messages.initialize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.RawStream;
import dev.mcppreflight.server.TestIssuer;
import dev.mcppreflight.server.TestServer;
import dev.mcppreflight.server.app.ServerConfig;
import dev.mcppreflight.server.auth.ApiKey;
import dev.mcppreflight.server.auth.ApiKeys;
import dev.mcppreflight.server.auth.Issuer;
import dev.mcppreflight.server.auth.OAuthPolicy;
import dev.mcppreflight.server.auth.SignIn;
import dev.mcppreflight.server.documents.Chunker;
import dev.mcppreflight.server.tools.WriteAccess;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server as a protected resource. */
@TestInstance(Lifecycle.PER_CLASS)
class OAuthServerTest {

    private static final String KEY = "Kx7-unit-test-key-93b1";
    private static final String WRITE = called("write_file", "{\"file_path\":\"a.txt\",\"content\":\"x\"}");

    private final TestIssuer issuer = new TestIssuer();
    private TestServer server;
    private TestServer mixed;
    private TestServer published;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("seen.txt"), "seen");
        server = serve(HttpOptions.local(), false, Set.of(), folder);
        mixed = serve(HttpOptions.local(), true, Set.of("search"), folder);
        published = serve(
                HttpOptions.local()
                        .as(new HttpOptions.Names(
                                Set.of("docs.example.org"),
                                Set.of(),
                                "/search",
                                "https://docs.example.org/search",
                                false)),
                false,
                Set.of(),
                null);
    }

    private TestServer serve(HttpOptions options, boolean open, Set<String> openTools, Path folder) {
        SignIn signIn = new SignIn(new Issuer(issuer.url(), Clock.systemUTC()), open, openTools);
        ApiKeys keys = open ? new ApiKeys(List.of(new ApiKey(KEY))) : ApiKeys.none();
        return TestServer.with(
                new ServerConfig(
                        options,
                        new OAuthPolicy(signIn, null, Set.of(), keys, Clock.systemUTC()),
                        signIn,
                        null,
                        Map.of(),
                        folder == null ? null : new WriteAccess(folder, Chunker.standard())),
                Clock.systemUTC());
    }

    @AfterAll
    void stop() {
        server.close();
        mixed.close();
        published.close();
        issuer.close();
    }

    private static String called(String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + "}}";
    }

    private String token(TestServer at, String subject, String scope) {
        return issuer.sign(
                issuer.claims(at.url() + "/mcp", scope).subject(subject).build());
    }

    private String session(TestServer at, String token) {
        return at.json(initialize("2025-11-25"))
                .header("Authorization", "Bearer " + token)
                .post("/mcp")
                .then()
                .statusCode(200)
                .extract()
                .header("Mcp-Session-Id");
    }

    private ValidatableResponse post(TestServer at, String session, String token, String body) {
        return at.json(session, body)
                .header("Authorization", "Bearer " + token)
                .post("/mcp")
                .then();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/mcp", "/sse", "/mcp/", "/sse/"})
    void eachAddressTellsWhereToSignIn(String path) {
        server.request()
                .header("Origin", "https://inspector.example.org")
                .get("/.well-known/oauth-protected-resource" + path)
                .then()
                .statusCode(200)
                .contentType("application/json")
                .header("Access-Control-Allow-Origin", "*")
                .body("resource", equalTo(server.url() + path))
                .body("authorization_servers", equalTo(List.of(issuer.url().toString())))
                .body("scopes_supported", equalTo(List.of("documents:read")))
                .body("bearer_methods_supported", hasItem("header"));
    }

    @Test
    void theChallengeNamesTheMetadataOfTheAddressThatWasEntered() {
        for (List<String> entered : List.of(
                List.of("/mcp", "/mcp"),
                List.of("/mcp/", "/mcp/"),
                List.of("/sse", "/sse"),
                List.of("/messages?sessionId=x", "/sse"),
                List.of("/api/stats", ""),
                List.of("/metrics", ""))) {
            String challenge = server.request()
                    .get(entered.get(0))
                    .then()
                    .statusCode(401)
                    .extract()
                    .header("WWW-Authenticate");
            assertEquals(
                    "Bearer realm=\"mcp\", resource_metadata=\"" + server.url()
                            + "/.well-known/oauth-protected-resource" + entered.get(1)
                            + "\", scope=\"documents:read\"",
                    challenge);
        }
    }

    @Test
    void behindAProxyTheMetadataAreThoseOfThePublicAddress() {
        published
                .request()
                .header("Host", "docs.example.org")
                .post("/mcp")
                .then()
                .statusCode(401)
                .header(
                        "WWW-Authenticate",
                        containsString("\"https://docs.example.org/.well-known/oauth-protected-resource/search/mcp\""));
        for (String place : List.of(
                "/.well-known/oauth-protected-resource/search/mcp",
                "/.well-known/oauth-protected-resource/mcp",
                "/search/.well-known/oauth-protected-resource/mcp")) {
            published
                    .request()
                    .header("Host", "docs.example.org")
                    .get(place)
                    .then()
                    .statusCode(200)
                    .body("resource", equalTo("https://docs.example.org/search/mcp"));
        }
        String token = issuer.token("https://docs.example.org/search/mcp", "documents:read");
        published
                .json(initialize("2025-11-25"))
                .header("Authorization", "Bearer " + token)
                .post("/mcp")
                .then()
                .statusCode(200);
        published
                .json(initialize("2025-11-25"))
                .header("Authorization", "Bearer " + issuer.token(published.url() + "/mcp", "documents:read"))
                .post("/mcp")
                .then()
                .statusCode(401);
    }

    @Test
    void aTokenForAnotherPortOfThisMachineIsForSomebodyElse() {
        String host = "127.0.0.1:" + (server.port() == 9 ? 10 : 9);
        server.json(initialize("2025-11-25"))
                .header("Host", host)
                .header("Authorization", "Bearer " + issuer.token("http://" + host + "/mcp", "documents:read"))
                .post("/mcp")
                .then()
                .statusCode(401);
    }

    @Test
    void olderClientsFindTheAuthorizationServerAtTheRoot() {
        server.request()
                .get("/.well-known/oauth-authorization-server")
                .then()
                .statusCode(200)
                .body("issuer", equalTo(issuer.url().toString()))
                .body("token_endpoint", startsWith(issuer.url().toString()));
    }

    @Test
    void toolsSayWhatTheyTake() {
        String token = token(server, "alice", "documents:read");
        String list = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
        post(server, session(server, token), token, list)
                .statusCode(200)
                .body("result.tools.find{it.name=='search'}.securitySchemes", hasSize(1))
                .body(
                        "result.tools.find{it.name=='search'}.securitySchemes[0]",
                        equalTo(Map.of("type", "oauth2", "scopes", List.of("documents:read"))))
                .body(
                        "result.tools.find{it.name=='write_file'}._meta.securitySchemes[0].scopes",
                        equalTo(List.of("documents:write")));
    }

    @Test
    void aTokenWithoutTheScopeIsToldWhichOneToAskFor() {
        String low = token(server, "alice", "documents:read");
        String session = session(server, low);
        post(server, session, low, WRITE)
                .statusCode(403)
                .header("WWW-Authenticate", containsString("error=\"insufficient_scope\""))
                .header("WWW-Authenticate", containsString("scope=\"documents:write\""))
                .header("WWW-Authenticate", containsString("resource_metadata=\"" + server.url() + "/.well-known"))
                .body("id", equalTo(7))
                .body("result.isError", equalTo(true))
                .body("result._meta.'mcp/www_authenticate'[0]", containsString("error=\"insufficient_scope\""));
        String batch = "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}," + WRITE + "]";
        post(server, session, low, batch).statusCode(403);
        post(server, session, low, called("get_database_stats", "{}")).statusCode(200);
        String high = token(server, "alice", "documents:write");
        post(server, session, high, WRITE).statusCode(200).body("result.isError", equalTo(false));
        post(server, session, high, called("get_database_stats", "{}")).statusCode(200);
    }

    @Test
    void aTokenWithoutAnyScopeMayShakeHandsOnly() {
        String bare = token(server, "alice", "");
        String session = session(server, bare);
        post(server, session, bare, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")
                .statusCode(200);
        post(server, session, bare, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/list\"}")
                .statusCode(403);
        server.request()
                .header("Authorization", "Bearer " + bare)
                .get("/metrics")
                .then()
                .statusCode(403);
        server.request()
                .header("Authorization", "Bearer " + bare)
                .get("/api/stats")
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
    }

    @Test
    void aSessionIsFoundByWhoOpenedItOnly() {
        String alice = token(server, "alice", "documents:read");
        String bob = token(server, "bob", "documents:read");
        String session = session(server, alice);
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
        post(server, session, bob, ping).statusCode(404);
        server.request()
                .header("Mcp-Session-Id", session)
                .header("Authorization", "Bearer " + bob)
                .delete("/mcp")
                .then()
                .statusCode(404);
        server.json(session, ping).post("/mcp").then().statusCode(401);
        post(server, session, alice, ping).statusCode(200);
        // A fresh token of the same user goes on where the old one stopped.
        post(server, session, token(server, "alice", "documents:write"), ping).statusCode(200);
    }

    @Test
    void aStreamIsHeardByWhoOpenedItOnly() throws IOException {
        String alice = token(server, "alice", "documents:read");
        try (RawStream stream = new RawStream(server.port(), "/sse", "Authorization: Bearer " + alice)) {
            String endpoint = stream.data();
            String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
            for (List<Object> attempt :
                    List.<List<Object>>of(List.of(token(server, "bob", "documents:read"), 404), List.of(alice, 202))) {
                server.json(ping)
                        .header("Authorization", "Bearer " + attempt.get(0))
                        .post(endpoint)
                        .then()
                        .statusCode((int) attempt.get(1));
            }
            server.json(ping).post(endpoint).then().statusCode(401);
            server.json(WRITE)
                    .header("Authorization", "Bearer " + alice)
                    .post(endpoint)
                    .then()
                    .statusCode(403);
        }
    }

    @Test
    void aTokenInTheAddressIsNoToken() {
        String token = token(server, "alice", "documents:read");
        for (String name : List.of("access_token", "token", "authorization", "bearer", "api_key", "key")) {
            server.json(initialize("2025-11-25"))
                    .queryParam(name, token)
                    .post("/mcp")
                    .then()
                    .statusCode(401);
            server.request().queryParam(name, token).get("/sse").then().statusCode(401);
        }
        server.request()
                .contentType("application/x-www-form-urlencoded")
                .body("access_token=" + token)
                .post("/mcp")
                .then()
                .statusCode(401);
        server.request()
                .header("Cookie", "access_token=" + token)
                .get("/sse")
                .then()
                .statusCode(401);
    }

    /** Each spelling either is the route, and guarded, or is none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/mcp/",
                "//mcp",
                "/mcp;x",
                "/mcp;x=y/",
                "/;x/mcp",
                "/%6dcp",
                "/mcp%2f",
                "/%2fmcp",
                "/./mcp",
                "/x/../mcp",
                "/mcp/.",
                "/mcp/..;/mcp",
                "/MCP",
                "/mcp%00",
                "/mcp%3f",
                "/mcp?x=/.well-known/",
                "/mcp%20",
                "/mcp\\",
                "/messages/",
                "//messages?sessionId=x",
                "/messages;x",
                "/sse/",
                "//sse",
                "/sse;x",
                "/%73se",
                "/sse%2f",
                "/.well-known/../mcp",
                "/.well-known/oauth-protected-resource/..%2f..%2f..%2fmcp",
                "/.well-known/oauth-protected-resource/../../mcp",
                "/health/../mcp",
                "/health;/../mcp",
                "/api//documents",
                "/api/documents;x",
                "/api/./documents",
                "/%61pi/documents",
                "/health/..;/metrics",
                "//metrics",
                "/metrics;x",
                "/docs/../metrics",
                "/mcp%252f",
                "/mcp%c0%af",
                "/health%2f..%2fmcp",
                "http://127.0.0.1/health/../mcp",
                "http://localhost/mcp",
                "https://docs.example.org/mcp",
                "http:///mcp",
                "*"
            })
    void noSpellingOfAPathLetsAnybodyIn(String path) throws IOException {
        for (String method : List.of("GET", "POST", "DELETE", "HEAD", "PUT", "PATCH", "TRACE", "get", "X")) {
            int status = raw(method, path, "");
            assertTrue(status >= 400 && status < 500, method + " " + path + " -> " + status);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-HTTP-Method-Override: OPTIONS",
                "X-HTTP-Method: OPTIONS",
                "X-Method-Override: OPTIONS",
                "X-Original-URL: /health",
                "X-Rewrite-URL: /health",
                "X-Forwarded-Prefix: /health",
                "X-Forwarded-Host: 127.0.0.1",
                "X-Forwarded-For: 127.0.0.1",
                "X-Forwarded-User: admin",
                "X-Remote-User: admin",
                "Forwarded: for=127.0.0.1;host=localhost",
                "Authorization:",
                "Authorization: Bearer",
                "Authorization: Bearer null",
                "Authorization: Bearer undefined",
                "Authorization: Bearer *",
                "Authorization: Bearer x\r\nAuthorization: Bearer y",
                "Authorization: Bearer\r\nAuthorization: Basic YWRtaW46YWRtaW4=",
                "Connection: Authorization",
                "Host: localhost",
                "X-HTTP-Method-Override: GET",
                "X-Original-URL: /.well-known/oauth-protected-resource",
                "X-Forwarded-Uri: /health",
                "X-Forwarded-Proto: https",
                "X-Custom-IP-Authorization: 127.0.0.1",
                "X-Client-Cert: admin",
                "Authorization: Basic YWRtaW46YWRtaW4=",
                "Authorization: Negotiate YII=",
                "X-API-Key: x",
                "X-API-Key:",
                "Cookie: session=admin"
            })
    void noHeaderLetsAnybodyIn(String header) throws IOException {
        for (List<String> route : List.of(
                List.of("POST", "/mcp"),
                List.of("GET", "/mcp"),
                List.of("DELETE", "/mcp"),
                List.of("GET", "/sse"),
                List.of("POST", "/messages?sessionId=x"),
                List.of("GET", "/api/stats"),
                List.of("GET", "/metrics"))) {
            int status = raw(route.get(0), route.get(1), header + "\r\n");
            assertTrue(status == 401 || status == 400, route + " " + header + " -> " + status);
        }
    }

    /** A right token beside another header, in a name with a dot, or of any length lets nobody in, nor brings the server down. */
    @Test
    void oddRequestsAreRefused() throws IOException {
        String good = "Authorization: Bearer " + token(server, "alice", "documents:read") + "\r\n";
        assertEquals(200, raw("POST", "/mcp", good));
        assertEquals(400, raw("POST", "/mcp", good + good));
        assertEquals(400, raw("POST", "/mcp", good + "Authorization: Bearer x\r\n"));
        assertEquals(431, raw("POST", "/mcp", "Authorization: Bearer ey" + "a".repeat(100_000) + "\r\n"));
        for (String host : List.of("127.0.0.1.", "localhost.", "evil.example", "127.0.0.1@evil.example", "0x7f.1")) {
            int status = raw("POST", "http://" + host + "/mcp", "");
            assertTrue(status >= 400 && status < 500, host + " -> " + status);
        }
        assertEquals(200, raw("POST", "/mcp", good));
    }

    /** Sends exactly these bytes; a client library would tidy them up. */
    private int raw(String method, String path, String headers) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
            String body = initialize("2025-11-25");
            String request = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                    + "\r\nConnection: close\r\nAccept: application/json, text/event-stream\r\n"
                    + "Content-Type: application/json\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n"
                    + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
            assertTrue(line.startsWith("HTTP/1.1 "), line);
            return Integer.parseInt(line.substring(9));
        }
    }

    @Test
    void theDescriptionOfTheApiSaysHowToSignIn() {
        JsonPath api = server.request().get("/openapi.json").jsonPath();
        assertEquals(
                Set.of("oauth2", "bearer"),
                api.getMap("components.securitySchemes").keySet());
        String flow = "components.securitySchemes.oauth2.flows.authorizationCode.";
        assertEquals(issuer.url() + "/authorize", api.getString(flow + "authorizationUrl"));
        assertEquals(issuer.url() + "/token", api.getString(flow + "tokenUrl"));
        assertEquals(
                Set.of("documents:read", "documents:write"),
                api.getMap(flow + "scopes").keySet());
        assertEquals(
                List.of(Map.of("oauth2", List.of("documents:read")), Map.of("bearer", List.of())),
                api.getList("paths.'/api/search'.post.security"));
        JsonPath both = mixed.request().get("/openapi.json").jsonPath();
        assertEquals(
                Set.of("oauth2", "bearer", "apiKey"),
                both.getMap("components.securitySchemes").keySet());
    }

    @Test
    void metadataAreOpenAndNothingElseIs() throws IOException {
        assertEquals(200, raw("GET", "/.well-known/oauth-protected-resource", ""));
        assertEquals(200, raw("GET", "/health", ""));
        assertEquals(204, raw("OPTIONS", "/mcp", "Origin: http://localhost:6274\r\n"));
    }

    @Test
    void mixedShowsTheOfferAndGuardsTheCalls() {
        String session = mixed.session("2025-11-25");
        String list = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
        mixed.json(session, list)
                .post("/mcp")
                .then()
                .statusCode(200)
                .body("result.tools.find{it.name=='search'}.securitySchemes.type", equalTo(List.of("noauth", "oauth2")))
                .body("result.tools.find{it.name=='fetch'}.securitySchemes.type", equalTo(List.of("oauth2")));
        mixed.json(session, called("search", "{\"query\":\"lease\"}"))
                .post("/mcp")
                .then()
                .statusCode(200)
                .body("result.isError", equalTo(false));
        mixed.json(session, called("fetch", "{\"id\":\"x\"}"))
                .post("/mcp")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", containsString("resource_metadata=\"" + mixed.url()))
                .header("WWW-Authenticate", not(containsString("error=")))
                .body("result.isError", equalTo(true))
                .body("result._meta.'mcp/www_authenticate'", hasSize(1))
                .body("result._meta.'mcp/www_authenticate'[0]", containsString("error_description=\""));
        mixed.json(session, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/list\"}")
                .post("/mcp")
                .then()
                .statusCode(401)
                .body("result", nullValue());
        mixed.request().get("/api/documents").then().statusCode(401);
        mixed.request().get("/metrics").then().statusCode(401);
        mixed.json(initialize("2025-11-25"))
                .header("Authorization", "Bearer wrong")
                .post("/mcp")
                .then()
                .statusCode(401);
    }

    @Test
    void aMixedSessionBecomesThatOfWhoSignsIn() {
        String session = mixed.session("2025-11-25");
        String stats = called("get_database_stats", "{}");
        post(mixed, session, token(mixed, "alice", "documents:read"), stats).statusCode(200);
        post(mixed, session, token(mixed, "bob", "documents:read"), stats).statusCode(404);
        mixed.json(session, called("search", "{\"query\":\"lease\"}"))
                .post("/mcp")
                .then()
                .statusCode(404);
    }

    @Test
    void mixedTakesKeysToo() {
        mixed.json(initialize("2025-11-25"))
                .header("X-API-Key", KEY)
                .post("/mcp")
                .then()
                .statusCode(200)
                .header("Mcp-Session-Id", notNullValue());
        mixed.json(initialize("2025-11-25"))
                .header("X-API-Key", KEY + "x")
                .post("/mcp")
                .then()
                .statusCode(401);
    }

    @Test
    void whatIsRefusedTellsNothingOfTheToken() {
        String token = token(server, "alice", "documents:read") + "x";
        String answer = server.json(initialize("2025-11-25"))
                .header("Authorization", "Bearer " + token)
                .post("/mcp")
                .then()
                .statusCode(401)
                .extract()
                .asString();
        for (String part : token.split("\\.")) {
            assertFalse(answer.contains(part));
        }
    }
}

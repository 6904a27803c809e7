package dev.mcppreflight.server.rest;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.TestServer;
import dev.mcppreflight.server.app.EverythingServer;
import dev.mcppreflight.server.app.ServerConfig;
import dev.mcppreflight.server.documents.BundledCorpus;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.documents.Missing;
import dev.mcppreflight.server.documents.StoreUnavailableException;
import dev.mcppreflight.server.http.HttpServer;
import dev.mcppreflight.server.store.LuceneDocumentStore;
import dev.mcppreflight.server.store.StoreInPreparation;
import io.restassured.RestAssured;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What operators ask for, also when the store is down: then nothing looks like an empty collection. */
@TestInstance(Lifecycle.PER_CLASS)
class ServiceRoutesTest {

    private final TestServer server = TestServer.local();
    private final TestServer broken = TestServer.over(new StoreInPreparation(() -> {
        throw new StoreUnavailableException("no connection", null);
    }));

    @AfterAll
    void stop() {
        server.close();
        broken.close();
    }

    @Test
    void whatTheFirstPageNamesIsThere() throws IOException {
        try (HttpServer everything = new EverythingServer().http(ServerConfig.local())) {
            for (String url : List.of(server.url(), "http://127.0.0.1:" + everything.start())) {
                Map<String, String> named =
                        RestAssured.get(url + "/").jsonPath().getMap("endpoints");
                assertTrue(named.size() > 4, named::toString);
                named.values()
                        .forEach(path ->
                                assertEquals(200, RestAssured.head(url + path).statusCode(), url + path));
            }
        }
    }

    @Test
    void readinessNamesEachComponent() {
        server.request()
                .get("/health/ready")
                .then()
                .statusCode(200)
                .body("status", equalTo("ready"))
                .body("components[0].name", equalTo("store"))
                .body("components[0].state", equalTo("ok"))
                .body("components[0].kind", equalTo("embedded-lucene"))
                .body("components[0].latencyMs", greaterThanOrEqualTo(0));
    }

    /** What is missing is named to everybody; only what the server cannot do without makes it unready. */
    @Test
    void aComponentSaysWhatItLacks() {
        try (TestServer lacking = TestServer.over(lacking(new Missing("function match_documents", false)))) {
            lacking.request()
                    .get("/health/ready")
                    .then()
                    .statusCode(200)
                    .body("status", equalTo("ready"))
                    .body("components[0].state", equalTo("ok"))
                    .body("components[0].note", equalTo("missing in the database: function match_documents"));
        }
        try (TestServer useless = TestServer.over(lacking(new Missing("table document_chunks", true)))) {
            useless.request()
                    .get("/health/ready")
                    .then()
                    .statusCode(503)
                    .body("status", equalTo("not-ready"))
                    .body("components[0].state", equalTo("down"))
                    .body("components[0].note", equalTo("missing in the database: table document_chunks"));
        }
    }

    /** A store that works, but for one thing that is missing. */
    private static DocumentStore lacking(Missing missing) {
        DocumentStore store = new LuceneDocumentStore(new BundledCorpus().read());
        return (DocumentStore) Proxy.newProxyInstance(
                ServiceRoutesTest.class.getClassLoader(),
                new Class<?>[] {DocumentStore.class},
                (proxy, method, arguments) ->
                        method.getName().equals("missing") ? List.of(missing) : method.invoke(store, arguments));
    }

    @Test
    void withoutStoreTheServerLivesAndSaysSo() {
        broken.request().get("/health").then().statusCode(200);
        broken.request()
                .get("/health/ready")
                .then()
                .statusCode(503)
                .body("status", equalTo("not-ready"))
                .body("components[0].state", equalTo("down"));
        for (String path : new String[] {"/api/stats", "/api/documents", "/api/documents/x"}) {
            broken.request()
                    .get(path)
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "5")
                    .body("code", equalTo("database_unavailable"));
        }
        broken.json("{\"query\":\"x\"}")
                .post("/api/search")
                .then()
                .statusCode(503)
                .body("code", equalTo("database_unavailable"));
    }

    @Test
    void figuresCountRequestsAndCalls() {
        server.json("{\"query\":\"secret-words\"}").post("/api/search").then().statusCode(200);
        server.request().get("/no/such/path").then().statusCode(404);
        server.session("2025-11-25");
        String figures = server.request()
                .get("/metrics")
                .then()
                .statusCode(200)
                .header("Content-Type", containsString("version=0.0.4"))
                .extract()
                .asString();
        assertTrue(figures.contains("mcp_http_requests_total{route=\"/api/search\",method=\"POST\",status=\"200\"} "));
        assertTrue(
                figures.contains("mcp_http_requests_total{route=\"other\",method=\"GET\",status=\"404\"} "), figures);
        assertTrue(figures.contains("mcp_tool_calls_total{tool=\"search_documents\",code=\"ok\"} "));
        assertTrue(figures.contains("mcp_sessions{transport=\"streamable\"} 1"));
        assertFalse(figures.contains("secret"));
        assertTrue(figures.lines().allMatch(l -> l.startsWith("# ") || l.matches("[a-z_]+\\{.*} [0-9.E-]+")), figures);
    }

    @Test
    void requestsHaveAnId() {
        server.request().header("X-Request-Id", "abc-1").get("/health").then().header("X-Request-Id", "abc-1");
        server.request()
                .header("X-Request-Id", "a b")
                .get("/health")
                .then()
                .header("X-Request-Id", matchesPattern("[0-9a-f]{16}"));
    }
}

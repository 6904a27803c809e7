package dev.mcppreflight.server.rest;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.TestServer;
import dev.mcppreflight.server.auth.ApiKey;
import dev.mcppreflight.server.auth.ApiKeyPolicy;
import dev.mcppreflight.server.auth.AuthProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The REST API: the same answers as the tools, right statuses, and a description that is true. */
@TestInstance(Lifecycle.PER_CLASS)
class RestApiTest {

    private static final String KEY = "Kx7-unit-test-key-93b1";

    private final TestServer server = TestServer.local();
    private final TestServer guarded = TestServer.guardedBy(new ApiKeyPolicy(new ApiKey(KEY), AuthProfile.RFC6750));

    @AfterAll
    void stop() {
        server.close();
        guarded.close();
    }

    private ValidatableResponse search(String body) {
        return server.json(body).post("/api/search").then();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"query\":\"meteorite\"}",
                "{\"query\":\"fuite d'eau chaudière\",\"limit\":20,\"threshold\":0}",
                "{\"query\":\"lease\",\"language\":\"en\",\"limit\":3}",
                "{\"query\":\"zzyzx\"}"
            })
    void theSameQueryGivesTheSameAsTheTool(String arguments) {
        JsonPath rest = search(arguments).statusCode(200).extract().jsonPath();
        String session = server.session("2025-11-25");
        JsonPath tool = server.json(
                        session,
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
                                + "{\"name\":\"search_documents\",\"arguments\":" + arguments + "}}")
                .post("/mcp")
                .jsonPath();
        assertEquals(true, rest.getBoolean("success"));
        assertEquals(tool.<Object>get("result.structuredContent.results"), rest.<Object>get("results"));
        assertEquals(tool.<Object>get("result.structuredContent.count"), rest.<Object>get("count"));
    }

    @Test
    void figuresAreThoseOfTheTool() {
        JsonPath figures = server.request()
                .get("/api/stats")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertTrue(figures.getInt("data.total_documents") > 0);
        assertTrue(figures.getInt("data.total_chunks") >= figures.getInt("data.total_documents"));
        server.request().get("/api/stats?verbose=1").then().statusCode(422);
    }

    @Test
    void pagesHoldEachDocumentOnce() {
        int total = server.request().get("/api/stats").jsonPath().getInt("data.total_documents");
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonPath page = server.request()
                    .get("/api/documents?limit=7" + cursor)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            ids.addAll(page.getList("documents.id"));
            cursor = page.get("next_cursor") == null ? null : "&cursor=" + page.getString("next_cursor");
        } while (cursor != null);
        assertEquals(total, ids.size());
        assertEquals(total, Set.copyOf(ids).size());
        for (String id : ids.subList(0, 3)) {
            server.request()
                    .get("/api/documents/" + id)
                    .then()
                    .statusCode(200)
                    .body("id", equalTo(id))
                    .body("text", not(equalTo("")));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | query",
                "{\"query\":null} | query",
                "{\"query\":\"x\",\"limit\":null} | limit",
                "{\"query\":\"x\",\"threshold\":null} | threshold",
                "{\"query\":\"x\",\"limit\":0} | limit",
                "{\"query\":\"x\",\"limit\":\"5\"} | limit",
                "{\"query\":\"\"} | query",
                "{\"query\":\"a\\u0000b\"} | query",
                "{\"query\":\"x\",\"commune\":\"\\u0000\"} | commune",
                "{\"query\":\"x\",\"more\":1} | more"
            })
    void wrongArgumentsAreListed(String body, String field) {
        search(body)
                .statusCode(422)
                .body("code", equalTo("invalid_arguments"))
                .body("detail.loc", hasItem(contains("body", field)))
                .body("detail", hasSize(1));
    }

    @Test
    void everyWrongArgumentIsListed() {
        search("{\"limit\":0,\"threshold\":2}").statusCode(422).body("detail", hasSize(3));
        search("[]").statusCode(422).body("detail[0].loc", contains("body"));
        search("{\"query\":\"x\",\"created_after\":\"2024-13-01\"}")
                .statusCode(422)
                .body("detail[0].msg", containsString("created_after"));
        server.request()
                .get("/api/documents?limit=many")
                .then()
                .statusCode(422)
                .body("detail[0].loc", contains("query", "limit"));
        server.request()
                .get("/api/documents?cursor=x")
                .then()
                .statusCode(422)
                .body("detail[0].loc", contains("query", "cursor"));
    }

    @Test
    void refusalsHaveTheRightStatus() {
        problem(search("{"), 400, "invalid_json");
        problem(search(""), 400, "invalid_json");
        problem(server.request().get("/api/documents/no-such-document").then(), 404, "document_not_found");
        problem(server.request().get("/api/nothing").then(), 404, "not_found");
        problem(server.request().get("/api/documents/%2e%2e").then(), 404, "not_found");
        problem(server.request().get("/api/search").then(), 405, "method_not_allowed")
                .header("Allow", "POST, OPTIONS");
        problem(server.request().delete("/api/documents/x").then(), 405, "method_not_allowed")
                .header("Allow", "GET, HEAD, OPTIONS");
        problem(
                server.request()
                        .contentType(ContentType.TEXT)
                        .body("x")
                        .post("/api/search")
                        .then(),
                415,
                "unsupported_media_type");
        problem(server.json("x".repeat(5 << 20)).post("/api/search").then(), 413, "payload_too_large");
        problem(
                server.request()
                        .header("Origin", "http://evil.example")
                        .get("/api/stats")
                        .then(),
                403,
                "forbidden");
        problem(
                server.request()
                        .header("Host", "evil.example")
                        .get("/api/stats")
                        .then(),
                421,
                "misdirected_request");
        server.request().head("/api/stats").then().statusCode(200);
    }

    private static ValidatableResponse problem(ValidatableResponse response, int status, String code) {
        return response.statusCode(status)
                .contentType(ContentType.JSON)
                .body("code", equalTo(code))
                .body("detail", not(equalTo("")))
                .body("size()", equalTo(2));
    }

    @Test
    void theKeyIsAskedForWhereDocumentsAre() {
        for (String path : List.of("/api/stats", "/api/documents", "/api/documents/x", "/api/search")) {
            problem(guarded.request().get(path).then(), 401, "unauthorized")
                    .header("WWW-Authenticate", startsWith("Bearer"));
        }
        guarded.request().header("X-API-Key", KEY).get("/api/stats").then().statusCode(200);
        guarded.request()
                .get("/openapi.json")
                .then()
                .statusCode(200)
                .body("paths.'/api/search'.post.security", hasSize(2))
                .body("components.securitySchemes.keySet()", contains("bearer", "apiKey"));
        guarded.request().get("/metrics").then().statusCode(401);
        guarded.request().get("/docs").then().statusCode(200);
    }

    @Test
    void theDescriptionIsCompleteAndTrue() {
        JsonPath api = server.request()
                .get("/openapi.json")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertEquals("3.1.0", api.getString("openapi"));
        assertEquals(server.url(), api.getString("servers[0].url"));
        Map<String, Map<String, Map<String, Object>>> paths = api.getMap("paths");
        assertEquals(Set.of("/api/stats", "/api/search", "/api/documents", "/api/documents/{id}"), paths.keySet());
        Set<Object> names = new HashSet<>();
        paths.forEach((path, methods) -> methods.forEach((method, operation) -> {
            assertTrue(names.add(operation.get("operationId")), path);
            assertTrue(operation.get("responses").toString().contains("200="), path);
            assertFalse(operation.get("summary").toString().isBlank(), path);
            int status =
                    server.request().request(method, path.replace("{id}", "x")).statusCode();
            assertTrue(status != 405 && status != 501, path);
        }));
        Matcher references = Pattern.compile("#/components/schemas/(\\w+)")
                .matcher(server.request().get("/openapi.json").asString());
        Map<String, Object> schemas = api.getMap("components.schemas");
        int found = 0;
        while (references.find()) {
            assertTrue(schemas.containsKey(references.group(1)), references.group());
            found++;
        }
        assertTrue(found > 10);
    }

    @Test
    void thePageNeedsNothingFromElsewhere() {
        String page = server.request()
                .get("/docs")
                .then()
                .statusCode(200)
                .contentType("text/html; charset=utf-8")
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .extract()
                .asString();
        assertTrue(page.contains("/api/search"));
        assertFalse(page.contains("<script"));
        assertFalse(page.matches("(?s).*(src|href)=\"(https?:)?//.*"));
    }

    @Test
    void hitsHoldNoWholeDocument() {
        search("{\"query\":\"lease\",\"limit\":50,\"threshold\":0}")
                .statusCode(200)
                .body("results.snippet.collect{it.length()}", everyItem(lessThanOrEqualTo(800)));
    }
}

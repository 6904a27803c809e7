package dev.mcppreflight.server.rest;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mcppreflight.server.TestServer;
import dev.mcppreflight.server.app.ServerConfig;
import dev.mcppreflight.server.auth.AccessPolicy;
import dev.mcppreflight.server.documents.Chunker;
import dev.mcppreflight.server.http.HttpOptions;
import dev.mcppreflight.server.indexing.SamplePdf;
import dev.mcppreflight.server.tools.WriteAccess;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents come into the collection and go out of it, by forms, by JSON and by paths inside one folder. */
class UploadTest {

    private static final String PDF = "application/pdf";

    @TempDir
    private Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        Path root = Files.createDirectories(folder.resolve("root/letters")).getParent();
        Files.writeString(folder.resolve("outside.txt"), "outside");
        Files.writeString(root.resolve(".env"), "KEY=x");
        Files.write(root.resolve("letters/plan.pdf"), SamplePdf.of("The zeppelin hangar."));
        server = TestServer.with(
                new ServerConfig(
                        HttpOptions.local(),
                        AccessPolicy.open(),
                        null,
                        Map.of(),
                        new WriteAccess(root, Chunker.standard())),
                Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ValidatableResponse upload(String json) {
        return server.json(json).post("/api/upload").then();
    }

    private ValidatableResponse form(String name, byte[] bytes, String type) {
        return server.request()
                .multiPart("file", name, bytes, type)
                .multiPart("tags", "Signed, urgent")
                .post("/api/upload")
                .then();
    }

    /** Sends a form as curl does: in UTF-8. */
    private ValidatableResponse raw(String type, String body) {
        return RestAssured.given()
                .baseUri(server.url())
                .config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .defaultContentCharset(StandardCharsets.UTF_8)
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                .encodeContentTypeAs("multipart/form-data", ContentType.TEXT)))
                .contentType(type)
                .body(body)
                .post("/api/upload")
                .then();
    }

    @Test
    void namesKeepTheirAccents() {
        raw(
                        "multipart/form-data; boundary=x",
                        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"Mémo d'été.txt\"\r\n\r\n"
                                + "Le zeppelin.\r\n--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nÉté\r\n--x--\r\n")
                .statusCode(200)
                .body("file_name", equalTo("Mémo d'été.txt"));
        assertEquals(
                "Été",
                server.json("{\"query\":\"zeppelin\"}").post("/api/search").path("results[0].title"));
    }

    private int figure(String name) {
        return server.request().get("/api/stats").then().extract().path("data." + name);
    }

    private String first(String query) {
        return server.json("{\"query\":\"" + query + "\"}")
                .post("/api/search")
                .then()
                .extract()
                .path("results[0].document_id");
    }

    @Test
    void aTextIsFoundAndTheSameAgainChangesNothing() {
        int documents = figure("total_documents");
        int chunks = figure("total_chunks");
        String body = "{\"file_name\":\"mémo.txt\",\"content\":\"Le dirigeable est dans le hangar.\"}";
        String id = upload(body)
                .statusCode(200)
                .body("success", equalTo(true))
                .body("status", equalTo("created"))
                .body("chunks_count", equalTo(1))
                .body("embeddings_count", equalTo(0))
                .body("text_length", equalTo(33))
                .body("method", equalTo("text_file"))
                .body("content_sha256", matchesPattern("[0-9a-f]{64}"))
                .extract()
                .path("document_id");
        assertEquals(id, first("dirigeables"));
        assertEquals(documents + 1, figure("total_documents"));
        assertEquals(chunks + 1, figure("total_chunks"));
        upload(body).body("status", equalTo("unchanged")).body("document_id", equalTo(id));
        upload(body.replace("dirigeable", "ballon")).body("status", equalTo("updated"));
        assertEquals(documents + 1, figure("total_documents"));
        upload(body.replace("}", ",\"if_exists\":\"error\"}")).statusCode(409).body("code", equalTo("already_exists"));
        upload(body.replace("}", ",\"if_exists\":\"skip\"}"))
                .body("status", equalTo("unchanged"))
                .body("warnings", hasItem(containsString("left as it is")));
        assertEquals(id, first("ballon"));
    }

    @Test
    void aPdfComesAsAForm() {
        byte[] pdf = SamplePdf.of("Le télescope de Genève.", "", "The sextant.");
        String id = form("Plan.pdf", pdf, PDF)
                .statusCode(200)
                .body("method", equalTo("pdf_direct"))
                .body("page_count", equalTo(3))
                .body("file_name", equalTo("Plan.pdf"))
                .body("warnings", hasItem("1 of 3 pages have no text"))
                .extract()
                .path("document_id");
        assertEquals(id, first("telescope geneve"));
        assertEquals(id, first("sextant"));
        server.json("{\"query\":\"sextant\",\"tags\":[\"signed\",\"urgent\"],\"file_type\":\"application/pdf\"}")
                .post("/api/search")
                .then()
                .body("count", equalTo(1));
        form("plan.bin", pdf, PDF).statusCode(200).body("method", equalTo("pdf_direct"));
    }

    @Test
    void whatCannotBeReadSaysWhy() {
        form("scan.pdf", SamplePdf.of("", " "), PDF).statusCode(422).body("code", equalTo("no_text_layer"));
        form("locked.pdf", SamplePdf.locked("x"), PDF).statusCode(422).body("code", equalTo("encrypted"));
        form("junk.pdf", "%PDF-1.7 junk".getBytes(), PDF).statusCode(422).body("code", equalTo("invalid_file"));
        form("empty.pdf", new byte[0], PDF).statusCode(422).body("code", equalTo("invalid_file"));
        form("a.png", new byte[] {1, 2}, "image/png").statusCode(415).body("code", equalTo("unsupported_format"));
        form("blank.txt", " \n".getBytes(), "text/plain").statusCode(422).body("code", equalTo("no_text"));
        form("big.txt", new byte[22 * 1024 * 1024], "text/plain").statusCode(413);
        raw("multipart/form-data", "no boundary").statusCode(400);
        raw("multipart/form-data; boundary=x", "no part").statusCode(400);
        server.request()
                .contentType("text/plain")
                .body("x")
                .post("/api/upload")
                .then()
                .statusCode(415);
        assertEquals(184, figure("total_documents"));
    }

    @Test
    void pathsStayInTheFolder() {
        upload("{\"file_path\":\"letters/plan.pdf\",\"title\":\"Hangar\",\"source_url\":\"https://example.org/h\"}")
                .statusCode(200)
                .body("file_name", equalTo("plan.pdf"))
                .body("page_count", equalTo(1));
        JsonPath hit = server.json("{\"query\":\"zeppelin\"}")
                .post("/api/search")
                .then()
                .extract()
                .jsonPath();
        assertEquals("Hangar", hit.getString("results[0].title"));
        assertEquals("https://example.org/h", hit.getString("results[0].url"));
        for (String path : new String[] {"../outside.txt", "/etc/passwd", ".env", "letters/../../outside.txt"}) {
            upload("{\"file_path\":\"" + path + "\"}").statusCode(403).body("code", equalTo("access_denied"));
        }
        upload("{\"file_path\":\"none.pdf\"}").statusCode(404);
        upload("{\"file_path\":\"letters\"}").statusCode(422);
    }

    @Test
    void halfAnUploadIsRefused() {
        for (String body : new String[] {
            "{}",
            "{\"content\":\"x\"}",
            "{\"content\":\"x\",\"file_path\":\"a.txt\"}",
            "{\"content_base64\":\"!\",\"file_name\":\"a.txt\"}",
            "{\"content\":\"\\ud800\",\"file_name\":\"a.txt\"}",
            "{\"content\":\"x\",\"file_name\":\"../a.txt\"}",
            "{\"content\":\"x\",\"file_name\":\"a.txt\",\"source_url\":\"javascript:alert(1)\"}",
            "{\"content\":\"x\",\"file_name\":\"a.txt\",\"date\":\"2026-02-31\"}",
            "{\"content\":\"x\",\"file_name\":\"a.txt\",\"content_base64\":null}",
        }) {
            upload(body).statusCode(422);
        }
        assertEquals(184, figure("total_documents"));
    }

    @Test
    void whatIsDeletedIsGone() {
        String id = upload("{\"file_name\":\"a.txt\",\"content\":\"The zeppelin.\"}")
                .extract()
                .path("document_id");
        server.request()
                .delete("/api/documents/" + id)
                .then()
                .statusCode(200)
                .body("deleted", equalTo(true))
                .body("chunks_deleted", equalTo(1));
        server.request().delete("/api/documents/" + id).then().statusCode(404);
        server.request().get("/api/documents/" + id).then().statusCode(404);
        assertEquals(184, figure("total_documents"));
    }

    @Test
    void withoutTheSwitchNothingIsDeleted() {
        try (TestServer plain = TestServer.local()) {
            String id = plain.request().get("/api/documents").then().extract().path("documents[0].id");
            plain.request().delete("/api/documents/" + id).then().statusCode(405);
            plain.request().get("/api/documents/" + id).then().statusCode(200);
        }
    }

    @Test
    void theDescriptionTellsOfTheForm() {
        server.request()
                .get("/openapi.json")
                .then()
                .body(
                        "paths.'/api/upload'.post.requestBody.content.'multipart/form-data'.schema.required[0]",
                        equalTo("file"))
                .body("paths.'/api/documents/{id}'.delete.operationId", equalTo("deleteDocument"));
    }
}

package dev.mcppreflight.server.rest;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.mcppreflight.server.TestServer;
import dev.mcppreflight.server.app.ServerConfig;
import dev.mcppreflight.server.auth.AccessPolicy;
import dev.mcppreflight.server.documents.Chunker;
import dev.mcppreflight.server.http.HttpOptions;
import dev.mcppreflight.server.tools.WriteAccess;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools over files stay in their folder, lose nothing and hide what is secret; without the switch there are none. */
class FilesTest {

    @TempDir
    private Path folder;

    private Path root;
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        root = Files.createDirectories(folder.resolve("root/sub")).getParent();
        Files.writeString(folder.resolve("outside.txt"), "outside");
        Files.writeString(root.resolve("a.md"), "Évaluation à Genève");
        Files.writeString(root.resolve("sub/b.md"), "b");
        Files.write(root.resolve("old.txt"), "Évaluation à Genève".getBytes(Charset.forName("windows-1252")));
        Files.write(root.resolve("binary.md"), new byte[] {0, 1, 2});
        Files.writeString(root.resolve(".env"), "KEY=x");
        Files.writeString(root.resolve("server.pem"), "x");
        Files.createSymbolicLink(root.resolve("link.txt"), folder.resolve("outside.txt"));
        Files.createSymbolicLink(root.resolve("env.txt"), root.resolve(".env"));
        Files.createSymbolicLink(root.resolve("out"), folder);
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

    private ValidatableResponse read(String path) {
        return server.json("{\"file_path\":\"" + path + "\"}")
                .post("/api/files/read")
                .then();
    }

    private ValidatableResponse write(String path, String more) {
        return server.json("{\"file_path\":\"" + path + "\",\"content\":\"neu\"" + more + "}")
                .post("/api/files/write")
                .then();
    }

    @Test
    void textIsReadWhole() {
        for (List<String> file : List.of(List.of("a.md", "utf-8"), List.of("old.txt", "windows-1252"))) {
            read(file.get(0))
                    .statusCode(200)
                    .body("content", equalTo("Évaluation à Genève"))
                    .body("encoding", equalTo(file.get(1)))
                    .body("truncated", equalTo(false));
        }
        read("binary.md").statusCode(415).body("code", equalTo("unsupported_format"));
        read("none.md").statusCode(404).body("code", equalTo("file_not_found"));
    }

    @Test
    void nothingOutsideOrHiddenIsTouched() throws IOException {
        for (String path : List.of(
                "../outside.txt",
                "sub/../../outside.txt",
                "/etc/passwd",
                folder.resolve("outside.txt").toString(),
                "link.txt",
                "out/outside.txt",
                ".env",
                "env.txt",
                "server.pem",
                "..\\\\outside.txt")) {
            read(path).statusCode(403).body("code", equalTo("access_denied"));
            write(path, ",\"overwrite\":true").statusCode(403);
        }
        read("a\\u0000b").statusCode(422);
        write("a\\u0000b", "").statusCode(422);
        assertEquals("outside", Files.readString(folder.resolve("outside.txt")));
        assertEquals("KEY=x", Files.readString(root.resolve(".env")));
        assertFalse(Files.exists(folder.resolve("new.txt")));
        write("out/new.txt", "").statusCode(403);
        assertFalse(Files.exists(folder.resolve("new.txt")));
    }

    @Test
    void filesAreReplacedOnlyWhenAskedFor() throws IOException {
        write("new.md", "").statusCode(200).body("action", equalTo("created"));
        write("new.md", "").statusCode(409).body("code", equalTo("already_exists"));
        write("a.md", ",\"overwrite\":\"yes\"").statusCode(422);
        write("a.md", ",\"overwrite\":true").statusCode(200).body("action", equalTo("modified"));
        assertEquals("neu", Files.readString(root.resolve("a.md")));
        server.json("{\"file_path\":\"a.md\",\"content\":\"\\ud800\",\"overwrite\":true}")
                .post("/api/files/write")
                .then()
                .statusCode(422);
        assertEquals("neu", Files.readString(root.resolve("a.md")));
        try (Stream<Path> left = Files.list(root)) {
            assertFalse(left.anyMatch(p -> p.getFileName().toString().startsWith(".draft")));
        }
    }

    @Test
    void listsHideLinksAndSecrets() {
        server.json("{}")
                .post("/api/files/list")
                .then()
                .statusCode(200)
                .body("files.relative_path", contains("a.md", "binary.md", "old.txt"));
        server.json("{\"recursive\":true,\"pattern\":\"*.md\",\"cursor\":\"a.md\"}")
                .post("/api/files/list")
                .then()
                .statusCode(200)
                .body("files.relative_path", contains("binary.md", "sub/b.md"));
        server.json("{\"directory\":\"out\"}").post("/api/files/list").then().statusCode(403);
    }

    @Test
    void withoutTheSwitchThereAreNone() {
        try (TestServer plain = TestServer.local()) {
            for (String path : List.of("/api/files/read", "/api/files/write", "/api/files/list", "/api/upload")) {
                plain.json("{}").post(path).then().statusCode(404);
            }
        }
    }
}

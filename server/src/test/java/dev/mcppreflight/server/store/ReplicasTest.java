package dev.mcppreflight.server.store;

import static dev.mcppreflight.server.Messages.initialize;
import static dev.mcppreflight.server.Messages.request;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.RawStream;
import dev.mcppreflight.server.TestIssuer;
import dev.mcppreflight.server.app.Main;
import dev.mcppreflight.server.auth.Scope;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Two servers in processes of their own on one database, whose users sign in, and a balancer that knows no sessions. */
@TestInstance(Lifecycle.PER_CLASS)
class ReplicasTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String AUDIENCE = "replicas";
    private static final Path LOG = Path.of("target", "replicas.log");

    private final TestIssuer issuer = new TestIssuer();
    private String database;
    private Replica here;
    private Replica there;

    @BeforeAll
    void start() throws IOException {
        TestDatabase.assumeSeveralSessions("nobody is notified");
        database = TestDatabase.emptySchema();
        here = new Replica(database, issuer);
        there = new Replica(database, issuer);
        awaitReplicas(2);
    }

    private void awaitReplicas(int count) {
        assertTimeoutPreemptively(PATIENCE, () -> {
            while (replicas(database) < count) {
                Thread.sleep(50);
            }
        });
    }

    private static int replicas(String database) {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM mcp_replicas")) {
            count.next();
            return count.getInt(1);
        } catch (SQLException e) {
            // Neither of them has made the table yet.
            return 0;
        }
    }

    @AfterAll
    void stop() {
        for (Replica replica : new Replica[] {here, there}) {
            if (replica != null) {
                replica.process.destroyForcibly();
            }
        }
        issuer.close();
    }

    @Test
    void aMessageReachesTheStreamOnTheOtherReplica() {
        try (RawStream stream = here.stream("/sse")) {
            String messages = stream.data();
            there.json(initialize("2024-11-05"), there.bob)
                    .post(messages)
                    .then()
                    .statusCode(404);
            there.json(initialize("2024-11-05")).post(messages).then().statusCode(202);
            assertEquals("2024-11-05", JsonPath.from(stream.data()).getString("result.protocolVersion"));
            there.json(request(1, "tools/list")).post(messages).then().statusCode(202);
            assertEquals(1, JsonPath.from(stream.data()).getInt("id"));
        }
    }

    @Test
    void aSessionIsTheSameOnBothReplicas() {
        String session = here.json(initialize("2025-11-25"))
                .post("/mcp")
                .then()
                .statusCode(200)
                .extract()
                .header("Mcp-Session-Id");
        there.json(request(1, "tools/list"), there.bob)
                .header("Mcp-Session-Id", session)
                .post("/mcp")
                .then()
                .statusCode(404);
        there.json(request(1, "tools/list"))
                .header("Mcp-Session-Id", session)
                .post("/mcp")
                .then()
                .statusCode(200)
                .body("id", equalTo(1))
                .body("result.tools.name", hasItem("search"));
        String large = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\",\"params\":{\"_meta\":{\"x\":\""
                + "é".repeat(100_000) + "\"}}}";
        there.json(large)
                .header("Mcp-Session-Id", session)
                .post("/mcp")
                .then()
                .statusCode(200)
                .body("id", equalTo(2));
        try (RawStream stream = there.stream("/mcp", "Mcp-Session-Id: " + session)) {
            assertTrue(stream.head().get(0).contains("200"), () -> stream.head().toString());
            assertTrue(stream.head().toString().contains("text/event-stream"), () -> stream.head()
                    .toString());
            assertTrue(stream.next("id: ").endsWith("-0"));
            there.request(there.alice)
                    .header("Mcp-Session-Id", session)
                    .delete("/mcp")
                    .then()
                    .statusCode(204);
        }
        for (Replica replica : new Replica[] {here, there}) {
            replica.json(request(3, "ping"))
                    .header("Mcp-Session-Id", session)
                    .post("/mcp")
                    .then()
                    .statusCode(404);
        }
    }

    @Test
    void bothReplicasLogARequestUnderOneId() {
        String session = here.json(initialize("2025-11-25")).post("/mcp").header("Mcp-Session-Id");
        String id = there.json(request(1, "ping"))
                .header("Mcp-Session-Id", session)
                .post("/mcp")
                .then()
                .statusCode(200)
                .extract()
                .header("X-Request-Id");
        assertTimeoutPreemptively(PATIENCE, () -> {
            while (Files.readString(LOG).split("request id=" + id + " ", -1).length < 3) {
                Thread.sleep(50);
            }
        });
    }

    @Test
    void aSessionOfNoReplicaIsNotFound() {
        there.json(request(1, "ping"))
                .header("Mcp-Session-Id", "0".repeat(48))
                .post("/mcp")
                .then()
                .statusCode(404);
    }

    /** Killed as by the kernel, it can tell nobody: its streams end, and its sessions are not found, in bounded time. */
    @Test
    void aKilledReplicaLeavesNobodyWaiting() {
        Replica mortal;
        try {
            mortal = new Replica(database, issuer);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        awaitReplicas(3);
        String session = mortal.json(initialize("2025-11-25"))
                .post("/mcp")
                .then()
                .statusCode(200)
                .extract()
                .header("Mcp-Session-Id");
        try (RawStream stream = here.stream("/mcp", "Mcp-Session-Id: " + session)) {
            assertTrue(stream.next("id: ").endsWith("-0"));
            mortal.process.destroyForcibly();
            assertTimeoutPreemptively(PATIENCE, () -> {
                // A request that meets the silence is answered.
                there.json(request(1, "ping"))
                        .header("Mcp-Session-Id", session)
                        .post("/mcp")
                        .then()
                        .statusCode(404);
                // The last chunk.
                assertEquals("", stream.next("0"));
            });
        }
    }

    /** A server process. */
    private static final class Replica {

        private final Process process;
        private final int port;
        private final String alice;
        private final String bob;

        Replica(String database, TestIssuer issuer) throws IOException {
            alice = issuer.token(AUDIENCE, Scope.READ);
            bob = issuer.sign(issuer.claims(AUDIENCE, Scope.READ).subject("bob").build());
            process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            "--port",
                            "0",
                            "--database",
                            database,
                            "--log-level",
                            "info",
                            "--auth",
                            "oauth",
                            "--oauth-issuer",
                            issuer.url().toString(),
                            "--oauth-audience",
                            AUDIENCE)
                    .redirectError(ProcessBuilder.Redirect.appendTo(LOG.toFile()))
                    .start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = out.readLine();
            port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
        }

        RawStream stream(String path, String... headers) {
            List<String> all = new ArrayList<>(List.of(headers));
            all.add("Accept: text/event-stream");
            all.add("Authorization: Bearer " + alice);
            return new RawStream(port, path, all.toArray(String[]::new));
        }

        RequestSpecification request(String token) {
            return RestAssured.given()
                    .baseUri("http://127.0.0.1:" + port)
                    .urlEncodingEnabled(false)
                    .header("Authorization", "Bearer " + token);
        }

        RequestSpecification json(String body) {
            return json(body, alice);
        }

        RequestSpecification json(String body, String token) {
            return request(token)
                    .contentType(ContentType.JSON)
                    .accept("application/json, text/event-stream")
                    .body(body);
        }
    }
}

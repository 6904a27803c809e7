package dev.mcppreflight.server.http;

import dev.mcppreflight.server.Messages;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;

/** One of several servers that share their sessions. */
final class TestReplica implements AutoCloseable {

    private final HttpServer http;
    private final int port;

    TestReplica(HttpServer http) {
        this.http = http;
        try {
            port = http.start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return port;
    }

    /** Opens a session with this credential. */
    String session(String key) {
        return json(
                        key,
                        null,
                        Messages.initialize("2025-11-25")
                                .replace("\"capabilities\":{}", "\"capabilities\":{\"sampling\":{}}"))
                .post("/mcp")
                .then()
                .statusCode(200)
                .extract()
                .header("Mcp-Session-Id");
    }

    RequestSpecification json(String key, String session, String body) {
        RequestSpecification request = RestAssured.given()
                .baseUri("http://127.0.0.1:" + port)
                .urlEncodingEnabled(false)
                .contentType(ContentType.JSON)
                .accept("application/json, text/event-stream")
                .body(body);
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return session == null ? request : request.header("Mcp-Session-Id", session);
    }

    HttpRequest post(String key, String session, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/mcp"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("Authorization", "Bearer " + key)
                .header("Mcp-Session-Id", session)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    @Override
    public void close() {
        http.close();
    }
}

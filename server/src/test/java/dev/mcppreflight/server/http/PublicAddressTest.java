package dev.mcppreflight.server.http;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.TestServer;
import io.restassured.specification.RequestSpecification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Behind a proxy that ends TLS and adds a path, every URL that leaves the server is one that the client can use. */
class PublicAddressTest {

    private static HttpOptions options(String path, String url, boolean trustForwarded) {
        return HttpOptions.local()
                .as(new HttpOptions.Names(Set.of("docs.example.org"), Set.of(), path, url, trustForwarded));
    }

    private static RequestSpecification forwarded(TestServer server) {
        return server.request()
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "docs.example.org")
                .header("X-Forwarded-Prefix", "/search/");
    }

    private static String endpoint(TestServer server, String path, String prefix) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(server.url() + path).toURL().openConnection();
        connection.setRequestProperty("X-Forwarded-Prefix", prefix);
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            reader.readLine();
            return reader.readLine();
        } finally {
            connection.disconnect();
        }
    }

    @Test
    void theOperatorsWordDecides() throws IOException {
        try (TestServer server = TestServer.with(options("/search", "https://docs.example.org/search", false))) {
            server.request().get("/search").then().statusCode(200).body("endpoints.sse", equalTo("/search/sse"));
            for (String path : new String[] {"", "/search"}) {
                forwarded(server)
                        .header("Host", "docs.example.org")
                        .get(path + "/openapi.json")
                        .then()
                        .statusCode(200)
                        .body("servers[0].url", equalTo("https://docs.example.org/search"));
                server.request().get(path + "/").then().body("endpoints.sse", equalTo("/search/sse"));
                assertTrue(endpoint(server, path + "/sse", "/evil").startsWith("data: /search/messages?sessionId="));
            }
        }
    }

    @Test
    void aTrustedProxyDecides() throws IOException {
        try (TestServer server = TestServer.with(options("", "", true))) {
            forwarded(server)
                    .get("/openapi.json")
                    .then()
                    .body("servers[0].url", equalTo("https://docs.example.org/search"));
            assertTrue(endpoint(server, "/sse", "/search").startsWith("data: /search/messages?sessionId="));
            assertTrue(endpoint(server, "/sse", "//evil.example").startsWith("data: /messages?sessionId="));
        }
    }

    @Test
    void othersAreNotBelieved() throws IOException {
        try (TestServer server = TestServer.with(options("", "", false))) {
            forwarded(server).get("/openapi.json").then().body("servers[0].url", startsWith(server.url()));
            assertTrue(endpoint(server, "/sse", "/search").startsWith("data: /messages?sessionId="));
        }
    }
}

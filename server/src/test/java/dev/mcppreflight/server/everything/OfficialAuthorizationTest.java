package dev.mcppreflight.server.everything;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.NpmPackages;
import dev.mcppreflight.server.auth.Scope;
import dev.mcppreflight.server.issuer.DemoIssuer;
import dev.mcppreflight.server.issuer.IssuerWalk;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** An independent witness: the official suite's checks of authorization servers, and a user who clicks where it asks for one. */
@TestInstance(Lifecycle.PER_CLASS)
class OfficialAuthorizationTest {

    private static final String RESOURCE = "http://127.0.0.1:3000/mcp";

    private OfficialSuite suite;
    private DemoIssuer issuer;
    private IssuerWalk walk;

    @BeforeAll
    void start() throws IOException {
        suite = OfficialSuite.install();
        issuer = DemoIssuer.start(new DemoIssuer.Options(0, new LinkedHashSet<>(Scope.ALL), () -> RESOURCE, false));
        walk = new IssuerWalk(issuer.url());
    }

    @AfterAll
    void stop() {
        if (issuer != null) {
            issuer.close();
        }
    }

    /** By a client without a secret: the suite presents none where the metadata list such clients. */
    @Test
    void itsThreeChecksPass() throws IOException {
        String callback = "http://127.0.0.1:" + freePort() + "/callback";
        JsonPath client = registered(callback);
        List<String> arguments = new ArrayList<>(List.of("--url", issuer.url().toString(), "--resource", RESOURCE));
        arguments.addAll(List.of("--client-id", client.getString("client_id")));
        arguments.addAll(List.of("--port", Integer.toString(URI.create(callback).getPort())));
        NpmPackages.Run run = suite.authorize(page -> allow(page, callback), arguments.toArray(String[]::new));
        assertTrue(run.output().contains("authorization-server-metadata-endpoint: 2 passed, 0 failed"), run::output);
        assertTrue(run.output().contains("authorization-code-grant: 1 passed, 0 failed"), run::output);
        assertEquals(0, run.exit(), run::output);
    }

    private JsonPath registered(String callback) {
        return walk.request()
                .contentType(ContentType.JSON)
                .body("{\"client_name\":\"Official suite\",\"redirect_uris\":[\"" + callback + "\"],"
                        + "\"token_endpoint_auth_method\":\"none\"}")
                .post("/register")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    /** The browser and its user: opens the page, allows what it asks, and goes where it is sent. */
    private void allow(URI page, String callback) {
        Map<String, String> wish = new LinkedHashMap<>();
        for (String pair : page.getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            wish.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        Map<String, String> told = walk.click(walk.page(walk.authorize(wish)), true);
        RestAssured.given().queryParams(told).get(callback).then().statusCode(200);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

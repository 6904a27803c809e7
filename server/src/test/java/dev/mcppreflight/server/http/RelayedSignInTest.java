package dev.mcppreflight.server.http;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.Messages;
import dev.mcppreflight.server.RawStream;
import dev.mcppreflight.server.TestIssuer;
import dev.mcppreflight.server.app.DocumentServer;
import dev.mcppreflight.server.app.ServerConfig;
import dev.mcppreflight.server.auth.ApiKeys;
import dev.mcppreflight.server.auth.Issuer;
import dev.mcppreflight.server.auth.OAuthPolicy;
import dev.mcppreflight.server.auth.Scope;
import dev.mcppreflight.server.auth.SignIn;
import dev.mcppreflight.server.documents.Chunker;
import dev.mcppreflight.server.store.LuceneDocumentStore;
import dev.mcppreflight.server.tools.WriteAccess;
import io.restassured.path.json.JsonPath;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A session belongs to whoever signed in for it on every replica, whatever token of theirs comes. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class RelayedSignInTest {

    private static final String PUBLIC = "https://docs.example.org/search";
    private static final String WRITE = "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"tools/call\",\"params\":{\"name\":"
            + "\"write_file\",\"arguments\":{\"file_path\":\"a.txt\",\"content\":\"x\"}}}";

    private final TestIssuer issuer = new TestIssuer();
    private final InternalPost post = new InternalPost();
    private TestReplica here;
    private TestReplica there;

    @BeforeAll
    void start(@TempDir Path folder) {
        here = replica("aaaaaaaa", folder);
        there = replica("bbbbbbbb", folder);
    }

    private TestReplica replica(String name, Path folder) {
        HttpOptions published = HttpOptions.local()
                .as(new HttpOptions.Names(Set.of("docs.example.org"), Set.of(), "/search", PUBLIC, false));
        Clock clock = Clock.systemUTC();
        SignIn signIn = new SignIn(new Issuer(issuer.url(), clock), false, Set.of());
        ServerConfig config = new ServerConfig(
                published,
                new OAuthPolicy(signIn, null, Set.of(), ApiKeys.none(), clock),
                signIn,
                null,
                Map.of(),
                new WriteAccess(folder, Chunker.standard()));
        return new TestReplica(
                new DocumentServer(LuceneDocumentStore.inMemory(), clock, config).http(config, post.box(name)));
    }

    @AfterAll
    void stop() {
        here.close();
        there.close();
        issuer.close();
    }

    /** Each token is a new one, as after a refresh. */
    private String token(String subject, String scope) {
        return issuer.sign(
                issuer.claims(PUBLIC + "/mcp", scope).subject(subject).build());
    }

    private String alice() {
        return token("alice", Scope.READ);
    }

    private String bob() {
        return token("bob", Scope.READ + " " + Scope.WRITE);
    }

    @Test
    void aSessionOfStreamableHttpIsItsOpenersEverywhere() {
        String session = here.session(alice());
        there.json(alice(), session, Messages.request(1, "tools/list"))
                .post("/mcp")
                .then()
                .statusCode(200)
                .body("id", equalTo(1));
        there.json(bob(), session, Messages.request(2, "ping"))
                .post("/mcp")
                .then()
                .statusCode(404);
        there.json(bob(), session, "").delete("/mcp").then().statusCode(404);
        try (RawStream stolen = new RawStream(
                there.port(),
                "/mcp",
                "Accept: text/event-stream",
                "Authorization: Bearer " + bob(),
                "Mcp-Session-Id: " + session)) {
            assertTrue(stolen.head().get(0).contains("404"), stolen.head()::toString);
        }
        try (RawStream own = new RawStream(
                there.port(),
                "/mcp",
                "Accept: text/event-stream",
                "Authorization: Bearer " + alice(),
                "Mcp-Session-Id: " + session)) {
            assertTrue(own.head().get(0).contains("200"), own.head()::toString);
            assertTrue(own.next("id: ").endsWith("-0"));
            there.json(alice(), session, "").delete("/mcp").then().statusCode(204);
        }
        here.json(alice(), session, Messages.request(3, "ping"))
                .post("/mcp")
                .then()
                .statusCode(404);
    }

    @Test
    void aStreamIsFedByWhoOpenedItAlone() {
        try (RawStream stream = new RawStream(here.port(), "/sse", "Authorization: Bearer " + alice())) {
            String messages = stream.data();
            assertTrue(messages.startsWith("/search/messages?sessionId="), messages);
            there.json(bob(), null, Messages.initialize("2024-11-05"))
                    .post(messages)
                    .then()
                    .statusCode(404);
            there.json(alice(), null, Messages.initialize("2024-11-05"))
                    .post(messages)
                    .then()
                    .statusCode(202);
            assertEquals("2024-11-05", JsonPath.from(stream.data()).getString("result.protocolVersion"));
            there.json(alice(), null, Messages.request(4, "tools/list"))
                    .post(messages)
                    .then()
                    .statusCode(202);
            assertEquals(4, JsonPath.from(stream.data()).getInt("id"));
        }
    }

    @Test
    void tokensThatAreNotValidOpenNothingAnywhere() {
        String session = here.session(alice());
        String expired = issuer.sign(issuer.claims(PUBLIC + "/mcp", Scope.READ)
                .expirationTime(new Date(
                        System.currentTimeMillis() - Duration.ofHours(1).toMillis()))
                .build());
        String foreign = issuer.sign(
                issuer.claims("https://other.example.org/mcp", Scope.READ).build());
        for (String token : new String[] {null, expired, foreign, "no-token"}) {
            there.json(token, session, Messages.request(5, "ping"))
                    .post("/mcp")
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", containsString("resource_metadata=\"https://docs.example.org/"));
        }
        there.json(alice(), session, Messages.request(6, "ping"))
                .post("/mcp")
                .then()
                .statusCode(200);
    }

    @Test
    void whatATokenDoesNotCoverIsAskedForThroughTheOtherReplica() {
        String session = here.session(alice());
        there.json(alice(), session, WRITE)
                .post("/mcp")
                .then()
                .statusCode(403)
                .header("WWW-Authenticate", allOf(containsString("insufficient_scope"), containsString(Scope.WRITE)));
        there.json(token("alice", Scope.READ + " " + Scope.WRITE), session, WRITE)
                .post("/mcp")
                .then()
                .statusCode(200)
                .body("result.isError", equalTo(false));
    }
}

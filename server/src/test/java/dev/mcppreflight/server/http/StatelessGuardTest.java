package dev.mcppreflight.server.http;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.mcppreflight.server.StatelessClient;
import dev.mcppreflight.server.TestIssuer;
import dev.mcppreflight.server.TestServer;
import dev.mcppreflight.server.app.ServerConfig;
import dev.mcppreflight.server.auth.AccessPolicy;
import dev.mcppreflight.server.auth.ApiKey;
import dev.mcppreflight.server.auth.ApiKeyPolicy;
import dev.mcppreflight.server.auth.ApiKeys;
import dev.mcppreflight.server.auth.AuthProfile;
import dev.mcppreflight.server.auth.Issuer;
import dev.mcppreflight.server.auth.OAuthPolicy;
import dev.mcppreflight.server.auth.RateLimit;
import dev.mcppreflight.server.auth.SignIn;
import dev.mcppreflight.server.documents.BundledCorpus;
import dev.mcppreflight.server.documents.Chunker;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.store.LuceneDocumentStore;
import dev.mcppreflight.server.tools.WriteAccess;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What guards sessions guards requests that stand for themselves. */
class StatelessGuardTest {

    private static final DocumentStore FEW =
            new LuceneDocumentStore(new BundledCorpus().read().subList(0, 3));
    private static final String KEY = "Kx7-unit-test-key-93b1";
    private static final String WRITE = "{\"file_path\":\"a.txt\",\"content\":\"x\"}";

    private static ServerConfig config(HttpOptions options, AccessPolicy access) {
        return new ServerConfig(options, access, null, Map.of(), null);
    }

    private static TestServer serve(ServerConfig config) {
        return TestServer.over(FEW, config, Clock.systemUTC());
    }

    private static StatelessClient client(TestServer server) {
        return new StatelessClient(server.url());
    }

    @Test
    void originsHostsAndSizes() {
        try (TestServer server =
                serve(config(TestServer.options(16, 3, Duration.ofSeconds(15)), AccessPolicy.open()))) {
            client(server)
                    .with("Origin", "http://evil.example")
                    .ask("server/discover", "")
                    .statusCode(403)
                    .body("error.code", equalTo(403));
            client(server)
                    .with("Origin", "https://app.example.org")
                    .ask("server/discover", "")
                    .statusCode(200)
                    .header("Access-Control-Allow-Origin", equalTo("https://app.example.org"));
            client(server)
                    .with("Host", "evil.example")
                    .ask("server/discover", "")
                    .statusCode(421)
                    .body("error.code", equalTo(421));
            client(server)
                    .call("search", "{\"query\":\"" + "x".repeat(64 * 1024) + "\"}")
                    .statusCode(413);
            server.request()
                    .header("Origin", "https://app.example.org")
                    .header("Access-Control-Request-Headers", "mcp-method, Mcp-Param-Region, Evil")
                    .options("/mcp")
                    .then()
                    .statusCode(204)
                    .header("Access-Control-Allow-Headers", containsString("Mcp-Method, Mcp-Name"))
                    .header("Access-Control-Allow-Headers", containsString("Mcp-Param-Region"))
                    .header("Access-Control-Allow-Headers", org.hamcrest.Matchers.not(containsString("Evil")));
        }
    }

    @Test
    void keys() {
        AccessPolicy policy = new ApiKeyPolicy(new ApiKey(KEY), AuthProfile.RFC6750);
        try (TestServer server = serve(config(HttpOptions.local(), policy))) {
            for (String method : new String[] {"server/discover", "tools/list", "subscriptions/listen"}) {
                client(server)
                        .ask(method, "")
                        .statusCode(401)
                        .header("WWW-Authenticate", notNullValue())
                        .body("error.code", equalTo(401));
            }
            client(server)
                    .with("Authorization", "Bearer wrong")
                    .call("search", "{\"query\":\"x\"}")
                    .statusCode(401);
            client(server)
                    .with("Authorization", "Bearer " + KEY)
                    .call("search", "{\"query\":\"x\"}")
                    .statusCode(200)
                    .body("result.isError", equalTo(false));
        }
    }

    @Test
    void scopesOfTools(@TempDir Path folder) {
        try (TestIssuer issuer = new TestIssuer();
                TestServer server = signIn(issuer, folder, false, Set.of())) {
            String token = issuer.token(server.url() + "/mcp", "documents:read");
            StatelessClient reader = client(server).with("Authorization", "Bearer " + token);
            reader.call("search", "{\"query\":\"x\"}").statusCode(200).body("result.isError", equalTo(false));
            reader.call("write_file", WRITE)
                    .statusCode(403)
                    .header("WWW-Authenticate", containsString("scope=\"documents:write\""))
                    .body("result.resultType", equalTo("complete"))
                    .body("result.isError", equalTo(true))
                    .body("result._meta.'mcp/www_authenticate'", hasSize(1));
        }
    }

    @Test
    void whatIsOpenWithoutSigningIn(@TempDir Path folder) {
        try (TestIssuer issuer = new TestIssuer();
                TestServer server = signIn(issuer, folder, true, Set.of("search"))) {
            client(server).ask("server/discover", "").statusCode(200);
            client(server).ask("tools/list", "").statusCode(200);
            client(server).call("search", "{\"query\":\"x\"}").statusCode(200);
            client(server).call("fetch", "{\"id\":\"x\"}").statusCode(401);
            client(server)
                    .ask("resources/list", "")
                    .statusCode(401)
                    .body("error.code", equalTo(401))
                    .body("id", equalTo(1));
            client(server)
                    .ask("subscriptions/listen", "\"notifications\":{}")
                    .statusCode(401)
                    .header("Content-Type", equalTo("application/json"));
        }
    }

    private static TestServer signIn(TestIssuer issuer, Path folder, boolean mixed, Set<String> open) {
        SignIn signIn = new SignIn(new Issuer(issuer.url(), Clock.systemUTC()), mixed, open);
        return serve(new ServerConfig(
                HttpOptions.local(),
                new OAuthPolicy(signIn, null, Set.of(), ApiKeys.none(), Clock.systemUTC()),
                signIn,
                null,
                Map.of(),
                new WriteAccess(folder, Chunker.standard())));
    }

    @Test
    void limitsOfRequestsAndTools() {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        ServerConfig config = new ServerConfig(
                HttpOptions.local(),
                AccessPolicy.open(),
                RateLimit.of("3/m"),
                Map.of("search", RateLimit.of("1/m")),
                null);
        try (TestServer server = TestServer.over(FEW, config, clock)) {
            client(server).call("search", "{\"query\":\"x\"}").body("result.isError", equalTo(false));
            client(server)
                    .call("search", "{\"query\":\"x\"}")
                    .statusCode(200)
                    .body("result.content[0].text", containsString("\"code\":\"rate_limited\""));
            client(server).ask("tools/list", "").statusCode(200).header("Retry-After", nullValue());
            client(server)
                    .ask("tools/list", "")
                    .statusCode(429)
                    .header("Retry-After", notNullValue())
                    .body("error.code", equalTo(429));
        }
    }
}

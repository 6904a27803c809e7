package dev.mcppreflight.server.issuer;

import static dev.mcppreflight.server.issuer.IssuerWalk.CALLBACK;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo issuer, as clients and as their enemies see it. */
@TestInstance(Lifecycle.PER_CLASS)
class DemoIssuerTest {

    private static final String RESOURCE = "http://127.0.0.1:3000/mcp";
    private static final String READ = "documents:read";

    private DemoIssuer issuer;
    private DemoIssuer strict;
    private IssuerWalk walk;

    @BeforeAll
    void start() throws IOException {
        issuer = DemoIssuer.start(options(true));
        strict = DemoIssuer.start(options(false));
        walk = new IssuerWalk(issuer.url());
    }

    private static DemoIssuer.Options options(boolean localClients) {
        return new DemoIssuer.Options(
                0, new LinkedHashSet<>(List.of(READ, "documents:write")), () -> RESOURCE, localClients);
    }

    @AfterAll
    void stop() {
        issuer.close();
        strict.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"oauth-authorization-server", "openid-configuration"})
    void bothKindsOfMetadataSayWhatClientsLookFor(String kind) {
        walk.request()
                .get("/.well-known/" + kind)
                .then()
                .statusCode(200)
                .body("issuer", equalTo(issuer.url().toString()))
                .body("registration_endpoint", equalTo(issuer.url() + "/register"))
                .body("code_challenge_methods_supported", equalTo(List.of("S256")))
                .body("response_types_supported", equalTo(List.of("code")))
                .body("token_endpoint_auth_methods_supported", hasItems("none", "client_secret_basic"))
                .body("grant_types_supported", hasItems("authorization_code", "refresh_token", "client_credentials"))
                .body("client_id_metadata_document_supported", equalTo(true))
                .body("authorization_response_iss_parameter_supported", equalTo(true))
                .body("scopes_supported", hasItems(READ, "documents:write"));
    }

    @Test
    void aUserWhoAllowsItSignsAClientIn() throws ParseException {
        String client = walk.client();
        Response page = walk.page(walk.authorize(IssuerWalk.wish(client, RESOURCE, READ)));
        page.then()
                .statusCode(200)
                .header("X-Frame-Options", "DENY")
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                .header("Cache-Control", containsString("no-store"))
                .body(containsString(">127.0.0.1:7777<"))
                .body(containsString(client))
                .body(containsString(READ));
        Map<String, String> told = walk.click(page, true);
        assertEquals("s t/1&=", told.get("state"));
        assertEquals(issuer.url().toString(), told.get("iss"));
        Response answer = walk.exchange(client, told.get("code"), Map.of("resource", RESOURCE));
        answer.then()
                .statusCode(200)
                .header("Cache-Control", containsString("no-store"))
                .body("token_type", equalTo("Bearer"))
                .body("scope", equalTo(READ))
                .body("refresh_token", notNullValue());
        JWTClaimsSet claims = SignedJWT.parse(answer.path("access_token")).getJWTClaimsSet();
        assertEquals(List.of(RESOURCE), claims.getAudience());
        assertEquals(issuer.url().toString(), claims.getIssuer());
        assertEquals("demo", claims.getSubject());
        assertEquals(client, claims.getClaim("client_id"));
        assertEquals(READ, claims.getClaim("scope"));
    }

    @Test
    void aUserWhoDeniesItIsSentBackWithTheReason() {
        String client = walk.client();
        Map<String, String> told =
                walk.click(walk.page(walk.authorize(IssuerWalk.wish(client, RESOURCE, READ))), false);
        assertEquals("access_denied", told.get("error"));
        assertEquals(issuer.url().toString(), told.get("iss"));
        assertEquals("s t/1&=", told.get("state"));
    }

    @Test
    void anotherUserCanBeNamed() throws ParseException {
        String client = walk.client();
        Map<String, String> wish = IssuerWalk.wish(client, RESOURCE, READ);
        wish.put("login_hint", "bob");
        Response page = walk.page(walk.authorize(wish));
        page.then().body(containsString("<strong>bob</strong>"));
        String token = walk.exchange(client, walk.click(page, true).get("code"), Map.of())
                .path("access_token");
        assertEquals("bob", SignedJWT.parse(token).getJWTClaimsSet().getSubject());
    }

    @Test
    void whoTheUserIsIsTold() {
        String token = walk.signIn(walk.client(), RESOURCE, "openid email").path("access_token");
        walk.request()
                .header("Authorization", "Bearer " + token)
                .get("/userinfo")
                .then()
                .statusCode(200)
                .body("sub", equalTo("demo"))
                .body("email", equalTo("demo@example.com"));
        walk.request().get("/userinfo").then().statusCode(401);
    }

    @Test
    void whoAsksForNothingGetsTheLeast() throws ParseException {
        String client = walk.client();
        Map<String, String> wish = IssuerWalk.wish(client, RESOURCE, READ);
        wish.remove("scope");
        wish.remove("resource");
        Map<String, String> told = walk.click(walk.page(walk.authorize(wish)), true);
        String token = walk.exchange(client, told.get("code"), Map.of()).path("access_token");
        JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
        assertEquals(READ, claims.getClaim("scope"));
        assertEquals(List.of(RESOURCE), claims.getAudience());
    }

    @Test
    void aCodeWorksOnceAndItsReplayEndsWhatItGave() {
        String client = walk.client();
        Map<String, String> told = walk.click(walk.page(walk.authorize(IssuerWalk.wish(client, RESOURCE, READ))), true);
        String refresh = walk.exchange(client, told.get("code"), Map.of())
                .then()
                .statusCode(200)
                .extract()
                .path("refresh_token");
        walk.exchange(client, told.get("code"), Map.of())
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_grant"));
        walk.refresh(client, refresh).then().statusCode(400).body("error", equalTo("invalid_grant"));
    }

    @Test
    void aCodeIsOfNoUseToOthers() {
        String thief = walk.client();
        for (Map<String, String> attempt : List.of(
                Map.of("code_verifier", "another-verifier-of-at-least-43-characters-0123456789"),
                Map.of("code_verifier", ""),
                Map.of("redirect_uri", "http://127.0.0.1:7777/other"),
                Map.of("client_id", thief))) {
            String client = walk.client();
            Map<String, String> told =
                    walk.click(walk.page(walk.authorize(IssuerWalk.wish(client, RESOURCE, READ))), true);
            walk.exchange(client, told.get("code"), attempt)
                    .then()
                    .statusCode(org.hamcrest.Matchers.anyOf(equalTo(400), equalTo(401)))
                    .body("access_token", nullValue());
        }
    }

    @Test
    void refreshTokensAreReplacedAtEachUse() {
        String client = walk.client();
        String first = walk.signIn(client, RESOURCE, READ).path("refresh_token");
        String second =
                walk.refresh(client, first).then().statusCode(200).extract().path("refresh_token");
        assertNotEquals(first, second);
        walk.refresh(client, first).then().statusCode(400).body("error", equalTo("invalid_grant"));
        walk.refresh(walk.client(), second).then().statusCode(400);
        walk.refresh(client, second).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain"})
    void withoutProofKeyThereIsNoCode(String method) {
        Map<String, String> wish = IssuerWalk.wish(walk.client(), RESOURCE, READ);
        wish.remove("code_challenge_method");
        if (method.isEmpty()) {
            wish.remove("code_challenge");
        } else {
            wish.put("code_challenge_method", method);
        }
        Map<String, String> told = IssuerWalk.told(walk.authorize(wish));
        assertEquals("invalid_request", told.get("error"));
        assertEquals(issuer.url().toString(), told.get("iss"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.org/callback",
                "http://127.0.0.1:7777/callback/../evil",
                "http://127.0.0.1:7777/callback?x=1",
                "http://127.0.0.1:7777/callback#x",
                "http://127.0.0.1:7777/Callback",
                "http://127.0.0.1:7777/callback/",
                "http://127.0.0.1.evil.example.org:7777/callback",
                "http://127.0.0.1:7777@evil.example.org/callback",
                "http://localhost:7777/callback",
                "http://[::1]:7777/callback",
                "http://127.1:7777/callback",
                "http://0x7f.0.0.1:7777/callback",
                "https://127.0.0.1:7777/callback",
                "HTTP://127.0.0.1:7777/callback",
                "http://127.0.0.1:7777/callback.evil.example.org",
                "http://127.0.0.1:7777/callback/%2e%2e/evil",
                "http://127.0.0.1:7777/callback%2f..%2fevil",
                "http://127.0.0.1:7777%2fcallback@evil.example.org/",
                "http://user@127.0.0.1:7777/callback",
                "http://127.0.0.1:7777:7777/callback",
                "http://127.0.0.1\\\\@evil.example.org:7777/callback",
                "http://127.0.0.1:7777/callback\nLocation: https://evil.example.org",
                "//evil.example.org",
                "javascript:alert(1)",
                "callback",
                ""
            })
    void usersAreSentToRegisteredPlacesOnly(String redirect) {
        Map<String, String> wish = IssuerWalk.wish(walk.client(), RESOURCE, READ);
        wish.put("redirect_uri", redirect);
        walk.authorize(wish).then().statusCode(400).header("Location", nullValue());
        // Nor with another fault in the request, whose answer would go there.
        wish.put("response_type", "token");
        walk.authorize(wish).then().statusCode(400).header("Location", nullValue());
    }

    @Test
    void twoPlacesAreNoPlace() {
        Map<String, String> wish = IssuerWalk.wish(walk.client(), RESOURCE, READ);
        walk.request()
                .queryParams(wish)
                .queryParam("redirect_uri", CALLBACK, "https://evil.example.org/callback")
                .get("/authorize")
                .then()
                .statusCode(400)
                .header("Location", nullValue());
    }

    @Test
    void onThisMachineThePortMayDiffer() {
        Map<String, String> wish = IssuerWalk.wish(walk.client(), RESOURCE, READ);
        wish.put("redirect_uri", CALLBACK.replace("7777", "8888"));
        walk.page(walk.authorize(wish)).then().statusCode(200).body(containsString(">127.0.0.1:8888<"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example.org/callback",
                "https://app.example.org/callback#x",
                "https://user@app.example.org/callback",
                "javascript:alert(1)",
                "data:text/html,x",
                "//app.example.org",
                "callback"
            })
    void unsafePlacesAreNotRegistered(String redirect) {
        walk.register(redirect).then().statusCode(400).body("error", equalTo("invalid_redirect_uri"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://claude.ai/api/mcp/auth_callback",
                "https://chatgpt.com/connector_platform_oauth_redirect",
                "http://localhost:33418/callback",
                "http://[::1]/callback"
            })
    void placesOfKnownClientsAre(String redirect) {
        walk.register(redirect).then().statusCode(201).body("client_secret", nullValue());
    }

    @Test
    void namesAreShownAsText() {
        String client = walk.request()
                .contentType(ContentType.JSON)
                .body("{\"client_name\":\"<script>alert(1)</script>\",\"redirect_uris\":[\"" + CALLBACK
                        + "\"],\"token_endpoint_auth_method\":\"none\"}")
                .post("/register")
                .path("client_id");
        walk.page(walk.authorize(IssuerWalk.wish(client, RESOURCE, READ)))
                .then()
                .body(not(containsString("<script>")));
    }

    @Test
    void scopesBeyondTheOfferAreRefused() {
        Map<String, String> told = IssuerWalk.told(walk.authorize(IssuerWalk.wish(walk.client(), RESOURCE, "root")));
        assertEquals("invalid_scope", told.get("error"));
    }

    @Test
    void aResourceIsBoundFromTheFirstRequestOn() {
        String client = walk.client();
        Map<String, String> told = IssuerWalk.told(walk.authorize(IssuerWalk.wish(client, "not-absolute", READ)));
        assertEquals("invalid_target", told.get("error"));
        Map<String, String> code = walk.click(walk.page(walk.authorize(IssuerWalk.wish(client, RESOURCE, READ))), true);
        walk.exchange(client, code.get("code"), Map.of("resource", "http://127.0.0.1:9/mcp"))
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_target"));
    }

    @Test
    void machinesSignInWithASecret() throws ParseException {
        Response machine = walk.request()
                .contentType(ContentType.JSON)
                .body("{\"client_name\":\"Machine\",\"grant_types\":[\"client_credentials\"]," + "\"redirect_uris\":[\""
                        + CALLBACK + "\"]}")
                .post("/register");
        machine.then().statusCode(201).body("client_secret", notNullValue());
        String token = walk.request()
                .auth()
                .preemptive()
                .basic(machine.path("client_id"), machine.path("client_secret"))
                .contentType(ContentType.URLENC)
                .formParam("grant_type", "client_credentials")
                .formParam("scope", READ)
                .formParam("resource", RESOURCE)
                .post("/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
        assertEquals(List.of(RESOURCE), SignedJWT.parse(token).getJWTClaimsSet().getAudience());
        walk.request()
                .auth()
                .preemptive()
                .basic(machine.path("client_id"), "wrong")
                .contentType(ContentType.URLENC)
                .formParam("grant_type", "client_credentials")
                .post("/token")
                .then()
                .statusCode(401)
                .body("error", equalTo("invalid_client"));
    }

    @Test
    void aClientMayBeADocument() throws IOException {
        AtomicInteger fetched = new AtomicInteger();
        try (Documents documents = new Documents(fetched)) {
            String client = documents.url("/client.json");
            documents.publish("/client.json", self -> document(self, CALLBACK), "max-age=60");
            walk.page(walk.authorize(IssuerWalk.wish(client, RESOURCE, READ)))
                    .then()
                    .statusCode(200)
                    .body(containsString("Doc client"))
                    .body(containsString(client));
            assertEquals(1, fetched.get(), "it is kept as long as it says");
            walk.signIn(client, RESOURCE, READ).then().statusCode(200).body("access_token", notNullValue());
            Map<String, String> other = IssuerWalk.wish(client, RESOURCE, READ);
            other.put("redirect_uri", "https://evil.example.org/callback");
            walk.authorize(other).then().statusCode(400).header("Location", nullValue());
        }
    }

    @Test
    void aWrongDocumentIsNoClient() throws IOException {
        AtomicInteger fetched = new AtomicInteger();
        try (Documents documents = new Documents(fetched)) {
            documents.publish("/other.json", self -> document("https://app.example.org/c.json", CALLBACK), null);
            documents.publish("/broken.json", self -> "{", null);
            documents.publish("/bare.json", self -> "{\"client_id\":\"" + self + "\"}", null);
            documents.publish("/unsafe.json", self -> document(self, "http://app.example.org/cb"), null);
            documents.publish("/long.json", self -> document(self, CALLBACK) + " ".repeat(10_000), null);
            for (String path :
                    List.of("/other.json", "/broken.json", "/bare.json", "/unsafe.json", "/long.json", "/no")) {
                walk.authorize(IssuerWalk.wish(documents.url(path), RESOURCE, READ))
                        .then()
                        .statusCode(400)
                        .header("Location", nullValue());
            }
            int before = fetched.get();
            // The strict one asks no address of this machine, by whatever name.
            for (String client : List.of(
                    documents.url("/client.json"),
                    documents.url("/client.json").replace("http:", "https:"),
                    documents.url("/client.json").replace("http://127.0.0.1", "https://localhost"),
                    documents.url("/client.json").replace("http://127.0.0.1", "https://[::ffff:127.0.0.1]"))) {
                new IssuerWalk(strict.url())
                        .authorize(IssuerWalk.wish(client, RESOURCE, READ))
                        .then()
                        .statusCode(400);
            }
            assertEquals(before, fetched.get());
        }
    }

    private static String document(String id, String redirect) {
        return "{\"client_id\":\"" + id + "\",\"client_name\":\"Doc client\",\"redirect_uris\":[\"" + redirect + "\"]}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example.org", "127.0.0.1.evil.example.org", "127.0.0.1", "localhost"})
    void underAnotherNameItDoesNotAnswer(String host) {
        walk.request().header("Host", host).get("/jwks").then().statusCode(421);
    }

    @Test
    void pagesOfTheWebAreNotLetIn() {
        walk.request()
                .header("Origin", "https://evil.example.org")
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/register")
                .then()
                .statusCode(403);
        walk.request()
                .header("Origin", "http://localhost:6274")
                .get("/.well-known/oauth-authorization-server")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", equalTo("http://localhost:6274"));
    }

    @Test
    void aTakenPortIsAnError() {
        IOException e = assertThrows(
                IOException.class,
                () -> DemoIssuer.start(new DemoIssuer.Options(
                        issuer.url().getPort(), new LinkedHashSet<>(List.of(READ)), () -> RESOURCE, false)));
        assertTrue(
                e.getMessage()
                        .contains("cannot listen on 127.0.0.1:" + issuer.url().getPort()),
                e::getMessage);
        assertFalse(e.getMessage().contains("Exception"));
    }

    /** Documents on this machine. */
    private static final class Documents implements AutoCloseable {

        private final HttpServer http;
        private final AtomicInteger fetched;

        Documents(AtomicInteger fetched) throws IOException {
            this.fetched = fetched;
            this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.start();
        }

        String url(String path) {
            return "http://127.0.0.1:" + http.getAddress().getPort() + path;
        }

        void publish(String path, UnaryOperator<String> document, String control) {
            http.createContext(path, exchange -> {
                fetched.incrementAndGet();
                byte[] body = document.apply(url(path)).getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                if (control != null) {
                    exchange.getResponseHeaders().set("Cache-Control", control);
                }
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }
}

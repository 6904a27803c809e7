package dev.mcppreflight.server.issuer;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The steps of a client and its user at the demo issuer. */
public final class IssuerWalk {

    /** Where the client wants to be told. */
    public static final String CALLBACK = "http://127.0.0.1:7777/callback";

    /** The verifier of PKCE. */
    public static final String VERIFIER = "unit-test-verifier-of-at-least-43-characters-0123456789";

    private final URI issuer;

    public IssuerWalk(URI issuer) {
        this.issuer = issuer;
    }

    /** Returns a request that follows no redirect and leaves URLs as they are. */
    public RequestSpecification request() {
        return RestAssured.given().baseUri(issuer.toString()).redirects().follow(false);
    }

    /** Registers a public client. */
    public Response register(String... redirects) {
        String list = String.join("\",\"", redirects);
        return request()
                .contentType(ContentType.JSON)
                .body("{\"client_name\":\"Test\",\"redirect_uris\":[\"" + list + "\"],"
                        + "\"grant_types\":[\"authorization_code\",\"refresh_token\"],"
                        + "\"token_endpoint_auth_method\":\"none\"}")
                .post("/register");
    }

    /** Returns the id of a newly registered public client. */
    public String client() {
        return register(CALLBACK).then().statusCode(201).extract().path("client_id");
    }

    /** Returns the parameters of a right request for authorization. */
    public static Map<String, String> wish(String client, String resource, String scope) {
        Map<String, String> wish = new LinkedHashMap<>();
        wish.put("response_type", "code");
        wish.put("client_id", client);
        wish.put("redirect_uri", CALLBACK);
        wish.put("code_challenge", challenge(VERIFIER));
        wish.put("code_challenge_method", "S256");
        wish.put("state", "s t/1&=");
        wish.put("scope", scope);
        wish.put("resource", resource);
        return wish;
    }

    /** Asks for authorization. */
    public Response authorize(Map<String, String> wish) {
        return request().queryParams(wish).get("/authorize");
    }

    /** Reads the consent page that an answer leads to. */
    public Response page(Response authorize) {
        return request().urlEncodingEnabled(false).get(authorize.getHeader("Location"));
    }

    /** Clicks on the page, and returns what the client is told. */
    public Map<String, String> click(Response page, boolean allow) {
        RequestSpecification form = request()
                .contentType(ContentType.URLENC)
                .formParam("client_id", field(page, "client_id"))
                .formParam("state", field(page, "state"))
                .formParam("login_hint", field(page, "login_hint"));
        Matcher scopes =
                Pattern.compile("name=\"scope\" checked value=\"([^\"]+)\"").matcher(page.asString());
        while (allow && scopes.find()) {
            form.formParam("scope", scopes.group(1));
        }
        return told(form.post("/authorize"));
    }

    /** Returns the parameters with which an answer sends the user back. */
    public static Map<String, String> told(Response answer) {
        URI location = URI.create(answer.then().statusCode(302).extract().header("Location"));
        Map<String, String> told = new HashMap<>();
        for (String pair : location.getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            told.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return told;
    }

    /** Exchanges a code. */
    public Response exchange(String client, String code, Map<String, String> more) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("client_id", client);
        form.put("redirect_uri", CALLBACK);
        form.put("code_verifier", VERIFIER);
        form.putAll(more);
        return request().contentType(ContentType.URLENC).formParams(form).post("/token");
    }

    /** Uses a refresh token. */
    public Response refresh(String client, String token) {
        return request()
                .contentType(ContentType.URLENC)
                .formParam("grant_type", "refresh_token")
                .formParam("refresh_token", token)
                .formParam("client_id", client)
                .post("/token");
    }

    /** Goes the whole way and returns the answer of the token endpoint. */
    public Response signIn(String client, String resource, String scope) {
        Map<String, String> told = click(page(authorize(wish(client, resource, scope))), true);
        return exchange(client, told.get("code"), Map.of());
    }

    private static String field(Response page, String name) {
        Matcher field =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page.asString());
        if (!field.find()) {
            throw new IllegalStateException("no " + name + " in " + page.asString());
        }
        return field.group(1);
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

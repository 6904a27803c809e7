package dev.mcppreflight.conformance.fault.authorization;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.http.Form;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import dev.mcppreflight.conformance.fault.transport.HealthySite;
import dev.mcppreflight.conformance.fault.transport.Posts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A small OAuth 2.1 authorization server at the origin of the server that it guards; whoever asks may consent. */
public final class AuthorizationServer {

    private static final String WELL_KNOWN = "/.well-known/";
    private static final long TOKEN_SECONDS = 3_600;

    private final Map<String, Form> codes = new ConcurrentHashMap<>();
    private final Map<String, Form> refreshTokens = new ConcurrentHashMap<>();
    private final String origin;
    private final Tokens tokens;
    private final Clients clients;
    private final Optional<OAuthProxy> proxy;

    /** @param proxy where it sends its users on to, if it does */
    AuthorizationServer(String origin, Tokens tokens, Optional<OAuthProxy> proxy) {
        this.origin = origin;
        this.tokens = tokens;
        this.proxy = proxy;
        this.clients = new Clients(tokens);
    }

    Optional<Response> answer(Request request) {
        return switch (request.path()) {
            case WELL_KNOWN + "oauth-authorization-server", WELL_KNOWN + "openid-configuration" ->
                Optional.of(Response.json(200, metadata()));
            case "/authorize" -> Optional.of(authorize(request));
            case OAuthProxy.CALLBACK -> proxy.map(third -> comeBack(third, Form.parse(request.query())));
            case OAuthProxy.THIRD_PARTY -> proxy.map(third -> OAuthProxy.thirdParty(request));
            case "/token" -> Optional.of(post(request) ? token(request) : Posts.methodNotAllowed("POST"));
            case "/register" -> Optional.of(post(request) ? clients.register(request) : Posts.methodNotAllowed("POST"));
            case "/jwks" -> Optional.of(Response.json(200, tokens.published()));
            case "/userinfo" -> Optional.of(error(401, "invalid_token", "a token is missing"));
            default -> Optional.empty();
        };
    }

    /** An error as a token endpoint tells it (RFC 6749, section 5.2). */
    public static Response error(int status, String error, String why) {
        return Response.json(status, Json.object("error", error, "error_description", why))
                .with("Cache-Control", "no-store");
    }

    private static boolean post(Request request) {
        return request.method().equals("POST");
    }

    private Json metadata() {
        return Json.object("issuer", origin)
                .with("authorization_endpoint", origin + "/authorize")
                .with("token_endpoint", origin + "/token")
                .with("registration_endpoint", origin + "/register")
                .with("jwks_uri", origin + "/jwks")
                .with("userinfo_endpoint", origin + "/userinfo")
                .with("scopes_supported", Json.array("openid", "email", TokenGuard.SCOPE))
                .with("response_types_supported", Json.array("code"))
                .with("grant_types_supported", Json.array("authorization_code", "refresh_token", "client_credentials"))
                .with(
                        "token_endpoint_auth_methods_supported",
                        Json.array("none", "client_secret_basic", "client_secret_post"))
                .with("code_challenge_methods_supported", Json.array("S256"))
                .with("client_id_metadata_document_supported", true)
                .with("authorization_response_iss_parameter_supported", true)
                .with("subject_types_supported", Json.array("public"))
                .with("id_token_signing_alg_values_supported", Json.array("ES256"));
    }

    // ---- the page

    private Response authorize(Request request) {
        boolean decided = post(request);
        Form asked = Form.parse(decided ? request.text() : request.query());
        Optional<Json> client = clients.find(asked.get("client_id"));
        String redirect = asked.get("redirect_uri");
        if (client.isEmpty() || !Clients.mayReturnTo(client.get(), redirect)) {
            return ConsentPage.refusal(client.isEmpty() ? "This client is not known." : "It may not return there.");
        }
        Form back = new Form(Map.of()).with("state", asked.get("state")).with("iss", origin);
        String problem = problem(asked);
        if (!problem.isEmpty()) {
            return redirect(back.with("error", problem).on(redirect));
        }
        boolean consented = decided
                ? asked.get("decision").equals("allow")
                : proxy.filter(third -> third.hasConsent(request, asked.get("client_id")))
                        .isPresent();
        if (!decided && !consented) {
            return ConsentPage.question(client.get().get("client_name").text(), asked);
        }
        if (!consented) {
            return redirect(back.with("error", "access_denied").on(redirect));
        }
        return proxy.map(third -> third.onward(asked)).orElseGet(() -> code(asked));
    }

    /** What the third party has said of a user is passed on to the client that asked. */
    private Response comeBack(OAuthProxy third, Form back) {
        Optional<Form> asked = third.cameBack(back);
        if (asked.isEmpty()) {
            return ConsentPage.refusal("This way back is not known.");
        }
        if (back.get("error").isEmpty()) {
            return code(asked.get());
        }
        return redirect(new Form(Map.of())
                .with("state", asked.get().get("state"))
                .with("iss", origin)
                .with("error", back.get("error"))
                .on(asked.get().get("redirect_uri")));
    }

    private Response code(Form asked) {
        String code = tokens.unguessable();
        codes.put(code, asked);
        Form back = new Form(Map.of()).with("state", asked.get("state")).with("iss", origin);
        return redirect(back.with("code", code).on(asked.get("redirect_uri")));
    }

    private String problem(Form asked) {
        if (!asked.get("response_type").equals("code")) {
            return "unsupported_response_type";
        }
        if (asked.get("code_challenge").isEmpty()
                || !asked.get("code_challenge_method").equals("S256")) {
            return "invalid_request";
        }
        return isForeign(asked.get("resource")) ? "invalid_target" : "";
    }

    private boolean isForeign(String resource) {
        return !resource.isEmpty()
                && !resource.toLowerCase(java.util.Locale.ROOT).startsWith(origin);
    }

    private static Response redirect(String address) {
        return Response.empty(302).with("Location", address).with("Cache-Control", "no-store");
    }

    // ---- the token endpoint

    private Response token(Request request) {
        if (!request.header("Content-Type").orElse("").startsWith("application/x-www-form-urlencoded")) {
            return error(400, "invalid_request", "the body is a form");
        }
        Form asked = withClient(request);
        Optional<Json> client = clients.find(asked.get("client_id"));
        if (client.isEmpty() || !isHonest(client.get(), asked)) {
            return error(401, "invalid_client", "the client is not known");
        }
        if (isForeign(asked.get("resource"))) {
            return error(400, "invalid_target", "another server's resource");
        }
        return switch (asked.get("grant_type")) {
            case "authorization_code" -> exchange(asked);
            case "refresh_token" -> refresh(asked);
            case "client_credentials" ->
                client.get().get("client_secret").isMissing()
                        ? error(400, "unauthorized_client", "the client has no secret")
                        : granted(asked, "machine", false);
            default -> error(400, "unsupported_grant_type", "it is not supported");
        };
    }

    /** The form, with who asks, where that stands in the header (RFC 6749, section 2.3.1). */
    private static Form withClient(Request request) {
        Form form = Form.parse(request.text());
        String given = request.header("Authorization").orElse("");
        if (!given.startsWith("Basic ")) {
            return form;
        }
        try {
            String decoded = new String(Base64.getDecoder().decode(given.substring(6)), StandardCharsets.UTF_8);
            int colon = decoded.indexOf(':');
            return colon < 0
                    ? form
                    : form.with("client_id", decoded.substring(0, colon))
                            .with("client_secret", decoded.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return form;
        }
    }

    private static boolean isHonest(Json client, Form asked) {
        String secret = client.get("client_secret").text();
        return secret.isEmpty() || secret.equals(asked.get("client_secret"));
    }

    private Response exchange(Form asked) {
        Form granted = codes.remove(asked.get("code"));
        boolean right = granted != null
                && granted.get("client_id").equals(asked.get("client_id"))
                && granted.get("redirect_uri").equals(asked.get("redirect_uri"))
                && granted.get("code_challenge").equals(challenge(asked.get("code_verifier")));
        return right ? granted(granted, SignIn.USER, true) : error(400, "invalid_grant", "the code is not valid");
    }

    private Response refresh(Form asked) {
        Form granted = refreshTokens.remove(asked.get("refresh_token"));
        return granted != null && granted.get("client_id").equals(asked.get("client_id"))
                ? granted(granted, SignIn.USER, true)
                : error(400, "invalid_grant", "the refresh token is not valid");
    }

    private Response granted(Form grant, String subject, boolean refreshable) {
        String resource = grant.get("resource");
        String scope = grant.get("scope").isEmpty() ? TokenGuard.SCOPE : grant.get("scope");
        String audience = resource.isEmpty() ? origin + HealthySite.STREAMABLE : resource;
        Json answer = Json.object(
                "access_token",
                tokens.mint(subject, audience, scope, TOKEN_SECONDS),
                "token_type",
                "Bearer",
                "expires_in",
                TOKEN_SECONDS,
                "scope",
                scope);
        if (refreshable) {
            String refresh = tokens.unguessable();
            refreshTokens.put(refresh, grant);
            answer = answer.with("refresh_token", refresh);
        }
        return Response.json(200, answer).with("Cache-Control", "no-store");
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

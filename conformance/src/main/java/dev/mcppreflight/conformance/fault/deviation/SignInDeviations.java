package dev.mcppreflight.conformance.fault.deviation;

import static dev.mcppreflight.conformance.fault.deviation.Deviations.entry;
import static dev.mcppreflight.conformance.fault.deviation.Deviations.plain;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Patch;
import dev.mcppreflight.conformance.fault.authorization.Guard;
import dev.mcppreflight.conformance.fault.authorization.ResourceMetadata;
import dev.mcppreflight.conformance.fault.authorization.SignIn;
import dev.mcppreflight.conformance.fault.authorization.TokenGuard;
import dev.mcppreflight.conformance.fault.authorization.Tokens;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import dev.mcppreflight.conformance.fault.transport.HealthySite;
import dev.mcppreflight.conformance.fault.transport.Site;
import dev.mcppreflight.conformance.fault.transport.StreamableEndpoint;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What goes wrong with the documents and endpoints by which clients sign in. */
final class SignInDeviations {

    private static final String SERVER_METADATA = "/.well-known/oauth-authorization-server";

    static final Map<String, Function<Json, Deviation>> ALL = Map.ofEntries(
            entry("document", SignInDeviations::document),
            entry("metadata-only-at", parameter -> metadataOnlyAt(Parameter.oneOf(parameter, "root", "path"))),
            entry("lets-in", SignInDeviations::letsIn),
            plain("refuses-few-permissions", SignInDeviations::refusesFewPermissions),
            entry("names-permission", SignInDeviations::namesPermission),
            plain("minds-wording", SignInDeviations::mindsWording),
            plain("minds-case", SignInDeviations::mindsCase),
            plain("passes-token-on", SignInDeviations::passesTokenOn),
            plain("changing-scopes", SignInDeviations::changingScopes),
            plain("issuer-below-path", SignInDeviations::issuerBelowPath));

    private SignInDeviations() {}

    /** Changes the JSON of some answers; in what is set {@code {origin}} is filled in. */
    private static Deviation document(Json parameter) {
        Parameter.only(parameter, Set.of("when", "set", "remove"));
        Condition condition = Condition.of(parameter.get("when"));
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            Json document = Json.parseOrMissing(new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
            if (!condition.holds(request) || !document.isObject() || response.status() / 100 != 2) {
                return response;
            }
            Json filled = Json.parse(parameter.toString().replace("{origin}", "http://127.0.0.1:" + site.port()));
            return Response.json(response.status(), Patch.of(filled).apply(document))
                    .with("Cache-Control", "no-store");
        });
    }

    /** Serves the resource metadata at one place alone, and points nowhere. */
    private static Deviation metadataOnlyAt(String place) {
        return Deviation.ofHttp((request, healthy, site) -> {
            boolean asked = request.path().startsWith(ResourceMetadata.PLACE);
            boolean root = request.path().equals(ResourceMetadata.PLACE);
            if (asked && root != place.equals("root")) {
                return Response.text(404, "text/plain", "Not found\n");
            }
            Response response = healthy.handle(request);
            return response.status() == 401
                    ? response.with("WWW-Authenticate", "Bearer scope=\"" + TokenGuard.SCOPE + "\"")
                    : response;
        });
    }

    /** Asks for another scope each time. */
    private static Deviation changingScopes() {
        AtomicInteger asked = new AtomicInteger();
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            String challenge = response.headers().first("WWW-Authenticate").orElse("");
            return response.status() == 401
                    ? response.with(
                            "WWW-Authenticate",
                            challenge.replace(TokenGuard.SCOPE, TokenGuard.SCOPE + ":" + asked.incrementAndGet()))
                    : response;
        });
    }

    /** The authorization server hides below the path of the server, its endpoints with it. */
    private static Deviation issuerBelowPath() {
        return Deviation.ofHttp((request, healthy, site) -> {
            if (request.path().equals(SERVER_METADATA + HealthySite.STREAMABLE)) {
                Response document = healthy.handle(request.at(SERVER_METADATA));
                String moved = new String(document.body(), java.nio.charset.StandardCharsets.UTF_8)
                        .replaceAll("(:\\d+)/(authorize|token|register|jwks)", "$1/mcp/$2");
                return document.body(moved.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
            boolean hidden = Set.of(
                            SERVER_METADATA, "/.well-known/openid-configuration", "/authorize", "/token", "/register")
                    .contains(request.path());
            return hidden ? Response.text(404, "text/plain", "Not found\n") : healthy.handle(request);
        });
    }

    /** Lets in whom it must not, as if he had the right token. */
    private static Deviation letsIn(Json parameter) {
        String kind = Parameter.oneOf(
                parameter,
                "expired",
                "other-audience",
                "no-audience",
                "foreign",
                "unsigned",
                "changed",
                "in-address",
                "in-session");
        return Deviation.ofHttp((request, healthy, site) -> {
            boolean meant =
                    switch (kind) {
                        case "in-address" -> request.parameter("access_token").isPresent();
                        case "in-session" ->
                            request.headers().has(StreamableEndpoint.SESSION_ID)
                                    || request.parameter("sessionId").isPresent();
                        default -> isOfKind(kind, request, site);
                    };
            return healthy.handle(
                    meant
                            ? request.with(
                                    "Authorization",
                                    "Bearer " + site.credential().orElse(""))
                            : request);
        });
    }

    private static boolean isOfKind(String kind, Request request, Site site) {
        String token = Guard.bearer(request).orElse("");
        Json header = Tokens.part(token, 0);
        Json claims = Tokens.part(token, 1);
        boolean over = claims.get("exp").number(Long.MAX_VALUE) < System.currentTimeMillis() / 1000;
        boolean here = claims.get("aud").text().startsWith("http://127.0.0.1:" + site.port());
        boolean ours = header.get("kid").text().equals(Tokens.KEY_ID);
        return switch (kind) {
            case "expired" -> ours && over;
            case "other-audience" -> ours && !over && !here && claims.get("aud").isPresent();
            case "no-audience" ->
                ours && !over && claims.isObject() && claims.get("aud").isMissing();
            case "foreign" -> header.get("kid").isPresent() && !ours;
            case "unsigned" -> header.get("alg").text().equals("none");
            default -> ours && here && !over && claims.get("sub").text().equals(SignIn.USER);
        };
    }

    /** Names another permission than the one that a call takes, or takes two and names them one after the other. */
    private static Deviation namesPermission(Json parameter) {
        boolean two = Parameter.oneOf(parameter, "too-little", "one-by-one").equals("one-by-one");
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            String challenge = response.headers().first("WWW-Authenticate").orElse("");
            String scope = Tokens.part(Guard.bearer(request).orElse(""), 1)
                    .get("scope")
                    .text();
            if (two && request.rpcMethod().equals("tools/call") && scope.equals(TokenGuard.SCOPE)) {
                return Response.json(403, Json.object("error", "insufficient_scope"))
                        .with("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"documents:call\"");
            }
            return !two && response.status() == 403
                    ? response.with("WWW-Authenticate", challenge.replace(TokenGuard.SCOPE, "documents:list"))
                    : response;
        });
    }

    /** Takes a scope for no other than itself. */
    private static Deviation mindsWording() {
        return Deviation.ofHttp((request, healthy, site) -> {
            String scope = Tokens.part(Guard.bearer(request).orElse(""), 1)
                    .get("scope")
                    .text();
            return request.rpcMethod().equals("tools/call") && scope.equals(TokenGuard.BROAD_SCOPE)
                    ? Response.json(403, Json.object("error", "insufficient_scope"))
                            .with(
                                    "WWW-Authenticate",
                                    "Bearer error=\"insufficient_scope\", scope=\"" + TokenGuard.SCOPE + "\"")
                    : healthy.handle(request);
        });
    }

    /** Compares audiences to the letter. */
    private static Deviation mindsCase() {
        return Deviation.ofHttp((request, healthy, site) -> {
            String audience =
                    Tokens.part(Guard.bearer(request).orElse(""), 1).get("aud").text();
            return healthy.handle(
                    audience.startsWith("HTTP:")
                            ? request.with("Authorization", "Bearer of-another-audience")
                            : request);
        });
    }

    /** Uses the token of the caller where a service behind wants one of the server. */
    private static Deviation passesTokenOn() {
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            if (!request.rpcMethod().equals("tools/call") || response.status() != 200) {
                return response;
            }
            String body = new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
            return Response.json(
                    200,
                    Json.parse(
                            body.replace("of-the-server", Guard.bearer(request).orElse(""))));
        });
    }

    /** Lets in only those who may do everything. */
    private static Deviation refusesFewPermissions() {
        return Deviation.ofHttp((request, healthy, site) -> {
            String token = Guard.bearer(request).orElse("");
            boolean few = Tokens.part(token, 1).get("scope").isPresent()
                    && !Tokens.part(token, 1).get("scope").text().contains(TokenGuard.SCOPE);
            return few
                    ? Response.json(403, Json.object("error", "insufficient_scope"))
                            .with(
                                    "WWW-Authenticate",
                                    "Bearer error=\"insufficient_scope\", scope=\"" + TokenGuard.SCOPE + "\"")
                    : healthy.handle(request);
        });
    }
}

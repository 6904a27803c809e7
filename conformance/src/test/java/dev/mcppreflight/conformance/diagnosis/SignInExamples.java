package dev.mcppreflight.conformance.diagnosis;

import static dev.mcppreflight.conformance.diagnosis.Canned.initialize;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Failure.Kind;
import dev.mcppreflight.conformance.wire.Purpose;
import java.util.LinkedHashMap;
import java.util.Map;

/** Evidence of what is wrong with signing in: one deviation from a sign-in in which all is right. */
final class SignInExamples {

    private static final String ORIGIN = "http://127.0.0.1:8080";
    private static final String RESOURCE = ORIGIN + "/.well-known/oauth-protected-resource";
    private static final String SERVER = ORIGIN + "/.well-known/oauth-authorization-server";
    private static final String POINTER = "Bearer scope=\"read\", resource_metadata=\"" + RESOURCE + "/mcp\"";

    private SignInExamples() {}

    /** By the cause that each has to show. */
    static Map<String, Situation> all() {
        Map<String, Situation> all = new LinkedHashMap<>();
        Json resource = resource();
        Json server = server();
        all.put(
                "AUTH-005",
                Situation.healthy()
                        .withCredentials()
                        .finding(Canned.post(Sent.SAFE_CALL + Sent.BY + Sent.FEW_PERMISSIONS)
                                .sending("Authorization", "Bearer [redacted]")
                                .status(403)));
        all.put("AUTH-046", challenged("Basic realm=\"proxy\", Bearer scope=\"read\""));
        all.put("AUTH-042", challenged("DPoP algs=\"ES256\""));
        all.put("AUTH-037", challenged("ApiKey realm=\"documents\""));
        all.put(
                "AUTH-038",
                Situation.contact(Canned.initialize()
                                .sending("Authorization", "Bearer [redacted]")
                                .status(401)
                                .header("WWW-Authenticate", "Bearer realm=\"x\"")
                                .body("Missing access token"))
                        .brokenAt("authorization"));
        all.put("AUTH-006", challenged(POINTER, missing(Purpose.METADATA, RESOURCE + "/mcp")));
        all.put(
                "AUTH-008",
                challenged(
                        POINTER, document(Purpose.METADATA, RESOURCE + "/mcp").page(200)));
        all.put(
                "AUTH-009",
                challenged(
                        POINTER, document(Purpose.METADATA, RESOURCE + "/mcp").status(401)));
        all.put(
                "AUTH-048",
                challenged(
                        "Bearer",
                        missing(Purpose.METADATA_AT_PATH, RESOURCE + "/mcp"),
                        missing(Purpose.ISSUER_OAUTH, SERVER),
                        document(Purpose.ISSUER_BELOW_PATH, SERVER + "/mcp").json(server)));
        all.put(
                "AUTH-007",
                challenged(
                        "Bearer",
                        missing(Purpose.METADATA_AT_PATH, RESOURCE + "/mcp"),
                        document(Purpose.METADATA_AT_ROOT, RESOURCE).json(resource)));
        all.put(
                "AUTH-010",
                Situation.healthy()
                        .finding(
                                "MCP-AUTH-044",
                                document(Purpose.METADATA_AT_ROOT, RESOURCE).json(resource)));
        all.put("AUTH-011", signIn(resource.with("resource", ORIGIN + "/other"), server));
        all.put("AUTH-013", signIn(resource.without("authorization_servers"), server));
        String open = "https://mcp.example.com";
        all.put(
                "AUTH-012",
                Situation.contact(
                                initialize()
                                        .at(open + "/mcp")
                                        .status(401)
                                        .header("WWW-Authenticate", POINTER.replace(ORIGIN, open)),
                                document(Purpose.METADATA, RESOURCE.replace(ORIGIN, open) + "/mcp")
                                        .json(resource.with("resource", open + "/mcp")))
                        .brokenAt("authorization"));
        all.put(
                "AUTH-014",
                challenged(
                        POINTER,
                        document(Purpose.METADATA, RESOURCE + "/mcp")
                                .json(resource.with("authorization_servers", Json.array(ORIGIN + "/dead", ORIGIN))),
                        missing(Purpose.ISSUER_OAUTH, SERVER + "/dead"),
                        document(Purpose.ISSUER_OAUTH, SERVER).json(server)));
        all.put(
                "AUTH-015",
                challenged(
                        POINTER,
                        document(Purpose.METADATA, RESOURCE + "/mcp")
                                .json(resource.with("authorization_servers", Json.array(ORIGIN + "/tenant"))),
                        missing(Purpose.ISSUER_OAUTH, SERVER + "/tenant")));
        all.put("AUTH-016", signIn(resource, server.with("issuer", ORIGIN + "/")));
        all.put("AUTH-035", signIn(resource, server.with("token_endpoint", "/token")));
        all.put("AUTH-020", signIn(resource, server.without("code_challenge_methods_supported")));
        all.put("AUTH-043", signIn(resource, server.with("grant_types_supported", Json.array("client_credentials"))));
        all.put("AUTH-017", signIn(resource, server.without("registration_endpoint")));
        all.put(
                "AUTH-018",
                signIn(
                        resource,
                        server.with("client_id_metadata_document_supported", true)
                                .with("token_endpoint_auth_methods_supported", Json.array("client_secret_basic"))));
        all.put(
                "AUTH-049",
                challenged(
                        POINTER,
                        document(Purpose.METADATA, RESOURCE + "/mcp").json(resource),
                        document(Purpose.ISSUER_OAUTH, SERVER).json(server),
                        document(Purpose.ISSUER_OPENID, ORIGIN + "/.well-known/openid-configuration")
                                .json(server)));
        signingIn(all);
        return all;
    }

    /** What registration, page and token endpoint say. */
    private static void signingIn(Map<String, Situation> all) {
        all.put("AUTH-029", with(asked(Purpose.INVENTED_CODE).failing(Kind.NO_ANSWER)));
        all.put("AUTH-024", with(asked(Purpose.REGISTER_AGAIN).status(429)));
        all.put(
                "AUTH-022",
                with(asked(Purpose.REGISTER_FOR + "claude").json(400, Json.object("error", "invalid_redirect_uri"))));
        all.put("AUTH-023", with(asked(Purpose.REGISTER).json(201, Json.object("client_id", "1"))));
        all.put(
                "SEC-008",
                with(asked(Purpose.AUTHORIZE).page(200).header("cross-origin-opener-policy", "same-origin")));
        all.put(
                "AUTH-026",
                with(asked(Purpose.AUTHORIZE)
                        .status(302)
                        .header("Location", "http://127.0.0.1/?error=invalid_target")));
        all.put(
                "AUTH-031",
                with(asked(Purpose.AUTHORIZE_ALL_SCOPES)
                        .status(302)
                        .header("Location", "http://127.0.0.1/?error=invalid_scope")));
        all.put(
                "AUTH-034",
                challenged(
                        POINTER,
                        document(Purpose.METADATA, RESOURCE + "/mcp").json(resource()),
                        document(Purpose.ISSUER_OAUTH, SERVER)
                                .json(server().with("authorization_response_iss_parameter_supported", true)),
                        asked(Purpose.BROWSER).status(302).header("Location", "http://127.0.0.1/?code=x&state=y")));
        all.put("AUTH-028", with(asked(Purpose.INVENTED_CODE).page(415)));
        all.put(
                "AUTH-033",
                with(
                        asked(Purpose.INVENTED_CODE).json(400, Json.object("error", "invalid_grant")),
                        asked(Purpose.INVENTED_REFRESH).json(500, Json.object("error", "server_error"))));
        all.put("AUTH-030", with(asked(Purpose.EXCHANGE).json(401, Json.object("error", "invalid_client"))));
        all.put("AUTH-021", with(asked(Purpose.EXCHANGE).json(400, Json.object("error", "invalid_grant"))));
        all.put("AUTH-032", with(asked(Purpose.EXCHANGE).json(Json.object("access_token", "[redacted]"))));
        all.put("AUTH-027", refused("Tue, 24 Nov 2026 08:00:10 GMT"));
        all.put("AUTH-041", refused("Tue, 24 Nov 2026 08:10:00 GMT"));
        all.put(
                "AUTH-039",
                Situation.contact(
                        Canned.welcome(),
                        Canned.notification(),
                        Canned.tools(Canned.tool("one")),
                        Canned.post(Sent.SAFE_CALL).status(401)));
        Json open = Canned.tool("one").with("securitySchemes", Json.array(Json.object("type", "noauth")));
        all.put(
                "AUTH-040",
                Situation.contact(
                                Canned.post(Purpose.INITIALIZE + Sent.BY + Sent.UNKNOWN)
                                        .status(401)
                                        .header("WWW-Authenticate", POINTER),
                                Canned.welcome(),
                                Canned.tools(open))
                        .withCredentials());
    }

    /** The token that was just issued is refused; the clock of the authorization server stands at eight. */
    private static Situation refused(String date) {
        Canned token = asked(Purpose.EXCHANGE)
                .header("Date", "Tue, 24 Nov 2026 08:00:00 GMT")
                .json(Json.object("access_token", "[redacted]", "refresh_token", "[redacted]"));
        Canned knock = initialize()
                .sending("Authorization", "Bearer [redacted]")
                .status(401)
                .header("Date", date)
                .header("WWW-Authenticate", POINTER);
        return Situation.contact(knock, token).withCredentials().brokenAt("authorization");
    }

    private static Situation with(Canned... more) {
        Canned[] all = new Canned[more.length + 2];
        all[0] = document(Purpose.METADATA, RESOURCE + "/mcp").json(resource());
        all[1] = document(Purpose.ISSUER_OAUTH, SERVER).json(server());
        System.arraycopy(more, 0, all, 2, more.length);
        return challenged(POINTER, all);
    }

    private static Canned asked(String purpose) {
        return Canned.of(purpose, "POST").at(ORIGIN + "/token");
    }

    /** A sign-in in which all is right. */
    static Situation healthy() {
        return signIn(resource(), server());
    }

    private static Situation signIn(Json resource, Json server) {
        return challenged(
                POINTER,
                document(Purpose.METADATA, RESOURCE + "/mcp").json(resource),
                document(Purpose.ISSUER_OAUTH, SERVER).json(server));
    }

    private static Situation challenged(String challenge, Canned... documents) {
        Canned[] contact = new Canned[documents.length + 1];
        contact[0] = initialize().status(401).header("WWW-Authenticate", challenge);
        System.arraycopy(documents, 0, contact, 1, documents.length);
        return Situation.contact(contact).brokenAt("authorization");
    }

    private static Canned document(String purpose, String address) {
        return Canned.of(purpose, "GET").at(address);
    }

    private static Canned missing(String purpose, String address) {
        return document(purpose, address).status(404);
    }

    private static Json resource() {
        return Json.object("resource", ORIGIN + "/mcp", "authorization_servers", Json.array(ORIGIN));
    }

    private static Json server() {
        return Json.object("issuer", ORIGIN)
                .with("authorization_endpoint", ORIGIN + "/authorize")
                .with("token_endpoint", ORIGIN + "/token")
                .with("registration_endpoint", ORIGIN + "/register")
                .with("code_challenge_methods_supported", Json.array("S256"));
    }
}

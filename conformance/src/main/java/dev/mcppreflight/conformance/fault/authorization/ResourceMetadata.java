package dev.mcppreflight.conformance.fault.authorization;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import dev.mcppreflight.conformance.fault.transport.HealthySite;
import java.util.Map;
import java.util.Optional;

/**
 * The documents that say where to sign in for a server (RFC 9728), one for each of its addresses and, at the root, that of
 * the address that a user would give.
 */
public final class ResourceMetadata {

    public static final String PLACE = "/.well-known/oauth-protected-resource";

    private final Map<String, Json> documents;

    ResourceMetadata(String origin, String main) {
        documents = Map.of(
                PLACE,
                document(origin, main),
                PLACE + HealthySite.STREAMABLE,
                document(origin, HealthySite.STREAMABLE),
                PLACE + HealthySite.SSE,
                document(origin, HealthySite.SSE));
    }

    Optional<Response> answer(Request request) {
        return Optional.ofNullable(documents.get(request.path())).map(document -> Response.json(200, document));
    }

    private static Json document(String origin, String path) {
        return Json.object(
                        "resource", origin + path,
                        "authorization_servers", Json.array(origin),
                        "scopes_supported", Json.array(TokenGuard.SCOPE),
                        "bearer_methods_supported", Json.array("header"))
                .with("resource_name", "Preflight healthy server");
    }
}

package dev.mcppreflight.conformance.fault.authorization;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import dev.mcppreflight.conformance.fault.transport.HealthySite;
import java.util.List;
import java.util.Optional;

/**
 * Tokens of an authorization server (RFC 9728, RFC 6750), for this server and no other.
 *
 * @param origin the address of this server without a path
 * @param metadata whether there is resource metadata to point to, which there was not before 2025-06-18
 */
public record TokenGuard(Tokens tokens, String origin, boolean metadata) implements Guard {

    /** What it takes to call a tool; to connect and to list takes only a token. */
    public static final String SCOPE = "documents:read";

    /** Holds it. */
    public static final String BROAD_SCOPE = "documents";

    @Override
    public Optional<Response> refuse(Request request) {
        Optional<String> token = Guard.bearer(request);
        if (token.isEmpty()) {
            boolean bare = !request.headers().has("Authorization");
            return Optional.of(refusal(401, request, bare ? "" : "invalid_token"));
        }
        Optional<Json> claims = claims(request);
        if (claims.isEmpty()) {
            return Optional.of(refusal(401, request, "invalid_token"));
        }
        boolean calls = request.rpcMethod().equals("tools/call");
        List<String> granted = List.of(claims.get().get("scope").text().split(" "));
        return calls && !granted.contains(SCOPE) && !granted.contains(BROAD_SCOPE)
                ? Optional.of(refusal(403, request, "insufficient_scope"))
                : Optional.empty();
    }

    @Override
    public String subject(Request request) {
        return claims(request).map(claims -> claims.get("sub").text()).orElse("");
    }

    private Optional<Json> claims(Request request) {
        return Guard.bearer(request).flatMap(tokens::claims).filter(claims -> claims.get("aud")
                .text()
                .toLowerCase(java.util.Locale.ROOT)
                .startsWith(origin));
    }

    private Response refusal(int status, Request request, String error) {
        StringBuilder challenge = new StringBuilder("Bearer ");
        if (!error.isEmpty()) {
            challenge.append("error=\"").append(error).append("\", ");
        }
        challenge.append("scope=\"").append(SCOPE).append('"');
        if (metadata) {
            challenge
                    .append(", resource_metadata=\"")
                    .append(origin)
                    .append(ResourceMetadata.PLACE)
                    .append(request.path().equals(HealthySite.STREAMABLE) ? HealthySite.STREAMABLE : HealthySite.SSE)
                    .append('"');
        }
        return Response.json(status, Json.object("error", error.isEmpty() ? "unauthorized" : error))
                .with("WWW-Authenticate", challenge.toString());
    }
}

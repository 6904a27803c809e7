package dev.mcppreflight.conformance.fault.authorization;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import java.util.Optional;

/** One key for everybody. */
record KeyGuard(String key) implements Guard {

    @Override
    public Optional<Response> refuse(Request request) {
        if (Guard.bearer(request).filter(key::equals).isPresent()
                || request.header("X-API-Key").filter(key::equals).isPresent()) {
            return Optional.empty();
        }
        String challenge = "Bearer realm=\"preflight\", scope=\"tools:read\"";
        boolean bare = !request.headers().has("Authorization");
        return Optional.of(Response.json(401, Json.object("error", "unauthorized"))
                .with("WWW-Authenticate", bare ? challenge : challenge + ", error=\"invalid_token\""));
    }

    @Override
    public String subject(Request request) {
        return "everybody";
    }
}

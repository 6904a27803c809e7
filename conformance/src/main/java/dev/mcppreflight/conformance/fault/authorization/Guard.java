package dev.mcppreflight.conformance.fault.authorization;

import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import java.util.Optional;

/** Knows whom a credential belongs to. */
public interface Guard {

    /** A refusal of a request whose credential does not do. */
    Optional<Response> refuse(Request request);

    /** The user that the request comes from, once it was not refused. */
    String subject(Request request);

    /** The token of the scheme Bearer; names of schemes compare without regard to case (RFC 9110, section 11.1). */
    static Optional<String> bearer(Request request) {
        return request.header("Authorization")
                .map(value -> value.split(" +", 2))
                .filter(parts -> parts.length == 2 && parts[0].equalsIgnoreCase("Bearer"))
                .map(parts -> parts[1]);
    }
}

package dev.mcppreflight.conformance.fault;

import java.util.Optional;

/** Knows whom a credential belongs to. */
interface Guard {

    /** Where the gate leaves the name of the caller for what is behind it; what comes from outside is taken away. */
    String SUBJECT = "Preflight-Subject";

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

package dev.mcppreflight.conformance.fault.authorization;

import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import java.util.Optional;

/** Lets everybody connect and look, and asks who it is when a tool is called; a credential that is shown is always judged. */
record GuardOfCalls(Guard guard) implements Guard {

    @Override
    public Optional<Response> refuse(Request request) {
        boolean judged =
                request.rpcMethod().equals("tools/call") || request.headers().has("Authorization");
        return judged ? guard.refuse(request) : Optional.empty();
    }

    @Override
    public String subject(Request request) {
        return guard.subject(request);
    }
}

package dev.mcppreflight.conformance.fault.deviation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.mcp.Incoming;
import java.util.Set;

/**
 * Which requests a deviation is about: {@code method}, {@code path} and {@code rpc} (the JSON-RPC method) are regular
 * expressions, {@code header} maps names to such, {@code without} names a header that is absent, {@code body} is one for
 * the whole body, and {@code malformed} means a body that is no JSON-RPC message.
 */
record Condition(Json parameter) {

    private static final Set<String> MEMBERS =
            Set.of("method", "path", "rpc", "header", "without", "body", "malformed");

    /** The condition of a fault's file; none holds always. */
    static Condition of(Json parameter) {
        if (parameter.isPresent()) {
            Parameter.only(parameter, MEMBERS);
        }
        return new Condition(parameter);
    }

    boolean holds(Request request) {
        return Deviations.matches(parameter.get("method"), request.method())
                && Deviations.matches(parameter.get("path"), request.path())
                && (parameter.get("rpc").isMissing() || rpc(request))
                && parameter.get("header").names().stream()
                        .allMatch(name -> Deviations.matches(
                                parameter.get("header").get(name),
                                request.header(name).orElse("")))
                && (parameter.get("without").isMissing()
                        || !request.headers().has(parameter.get("without").text()))
                && (parameter.get("body").isMissing() || Deviations.matches(parameter.get("body"), request.text()))
                && (parameter.get("malformed").isMissing() || malformed(request));
    }

    private boolean rpc(Request request) {
        return request.method().equals("POST") && Deviations.matches(parameter.get("rpc"), request.rpcMethod());
    }

    private static boolean malformed(Request request) {
        if (!request.method().equals("POST")) {
            return false;
        }
        try {
            return Incoming.parse(request.text()).messages().isEmpty();
        } catch (Incoming.Malformed e) {
            return true;
        }
    }
}

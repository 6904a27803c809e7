package dev.mcppreflight.server.auth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The value of {@code WWW-Authenticate}: one Bearer challenge (RFC 6750, 3; RFC 9728, 5.1). */
final class Challenge {

    private final Map<String, String> parameters = new LinkedHashMap<>();

    private Challenge() {}

    /** Returns a challenge to somebody who showed nothing. */
    static Challenge plain() {
        return new Challenge().with("realm", "mcp");
    }

    /** Returns this challenge with an error; the description is for people. */
    Challenge error(String code, String description) {
        return with("error", code).with("error_description", description);
    }

    /** Returns this challenge with the scopes that the request needs. */
    Challenge scope(String scope) {
        return with("scope", scope);
    }

    /** Returns this challenge with the place where clients learn how to sign in. */
    Challenge metadata(Resource resource) {
        return with("resource_metadata", resource.metadata());
    }

    private Challenge with(String name, String value) {
        Challenge more = new Challenge();
        more.parameters.putAll(parameters);
        more.parameters.put(name, value);
        return more;
    }

    @Override
    public String toString() {
        return "Bearer "
                + parameters.entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=\"" + quoted(parameter.getValue()) + "\"")
                        .collect(Collectors.joining(", "));
    }

    private static String quoted(String value) {
        return value.replaceAll("[^\\x20-\\x7e]", "?").replace("\\", "\\\\").replace("\"", "\\\"");
    }
}

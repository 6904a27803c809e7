package dev.mcppreflight.server.tools;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A way to be allowed to call a tool.
 *
 * @param type {@code noauth} or {@code oauth2}
 * @param scopes the scopes that it takes, or null
 */
public record SecurityScheme(
        String type,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<String> scopes) {

    /** Returns that no credentials are needed. */
    public static SecurityScheme none() {
        return new SecurityScheme("noauth", null);
    }

    /** Returns that a token with this scope is needed. */
    public static SecurityScheme oauth(String scope) {
        return new SecurityScheme("oauth2", List.of(scope));
    }
}

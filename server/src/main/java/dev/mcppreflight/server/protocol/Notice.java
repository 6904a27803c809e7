package dev.mcppreflight.server.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A message that the server sends unasked.
 *
 * @param jsonrpc always {@code 2.0}
 * @param id the id of a request, or null for a notification
 * @param method the method
 * @param params the parameters, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Notice(String jsonrpc, String id, String method, Object params) {

    /** Returns a notification. */
    public static Notice of(String method, Object params) {
        return new Notice("2.0", null, method, params);
    }

    /** Returns a request. */
    public static Notice request(String id, String method, Object params) {
        return new Notice("2.0", id, method, params);
    }
}

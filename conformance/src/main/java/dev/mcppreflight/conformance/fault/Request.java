package dev.mcppreflight.conformance.fault;

import dev.mcppreflight.conformance.data.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One HTTP request, read whole.
 *
 * @param connection the number of the connection that it came on, counted from 1
 */
record Request(String method, String path, String query, Headers headers, byte[] body, long connection) {

    Optional<String> header(String name) {
        return headers.first(name);
    }

    Request with(String name, String value) {
        return new Request(method, path, query, headers.with(name, value), body, connection);
    }

    Request without(String name) {
        return new Request(method, path, query, headers.without(name), body, connection);
    }

    Request at(String otherPath) {
        return new Request(method, otherPath, query, headers, body, connection);
    }

    Request asking(String otherQuery) {
        return new Request(method, path, otherQuery, headers, body, connection);
    }

    /** The same as a POST of a form. */
    Request posting(String form) {
        return new Request("POST", path, "", headers, form.getBytes(StandardCharsets.UTF_8), connection);
    }

    /** The same with another body. */
    Request saying(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Headers sized =
                headers.has("Content-Length") ? headers.with("Content-Length", String.valueOf(bytes.length)) : headers;
        return new Request(method, path, query, sized, bytes, connection);
    }

    /** The value of a query parameter. */
    Optional<String> parameter(String name) {
        for (String pair : query.split("&")) {
            if (pair.startsWith(name + "=")) {
                return Optional.of(URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The JSON of the body, or {@link Json#MISSING}. */
    Json json() {
        return Json.parseOrMissing(text());
    }

    /** The JSON-RPC method that the body asks for, or the empty string. */
    String rpcMethod() {
        return json().get("method").text();
    }
}

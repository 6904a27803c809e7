package dev.mcppreflight.conformance.fault.http;

import dev.mcppreflight.conformance.data.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One HTTP request, read whole.
 *
 * @param connection the number of the connection that it came on, counted from 1
 */
public record Request(String method, String path, String query, Headers headers, byte[] body, long connection) {

    /** Where the gate leaves the name of the caller for what is behind it; what comes from outside is taken away. */
    private static final String SUBJECT = "Preflight-Subject";

    /** The user that the gate has let in; the empty string where users are not told apart. */
    public String subject() {
        return header(SUBJECT).orElse("");
    }

    /** The same as one of a user whom the gate knows. */
    public Request of(String subject) {
        return with(SUBJECT, subject);
    }

    /** The same as one of a user whom nobody knows yet. */
    public Request ofNobody() {
        return without(SUBJECT);
    }

    public Optional<String> header(String name) {
        return headers.first(name);
    }

    public Request with(String name, String value) {
        return new Request(method, path, query, headers.with(name, value), body, connection);
    }

    public Request without(String name) {
        return new Request(method, path, query, headers.without(name), body, connection);
    }

    public Request at(String otherPath) {
        return new Request(method, otherPath, query, headers, body, connection);
    }

    public Request asking(String otherQuery) {
        return new Request(method, path, otherQuery, headers, body, connection);
    }

    /** The same as a POST of a form. */
    public Request posting(String form) {
        return new Request("POST", path, "", headers, form.getBytes(StandardCharsets.UTF_8), connection);
    }

    /** The same with another body. */
    public Request saying(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Headers sized =
                headers.has("Content-Length") ? headers.with("Content-Length", String.valueOf(bytes.length)) : headers;
        return new Request(method, path, query, sized, bytes, connection);
    }

    /** The value of a query parameter. */
    public Optional<String> parameter(String name) {
        for (String pair : query.split("&")) {
            if (pair.startsWith(name + "=")) {
                return Optional.of(URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The JSON of the body, or {@link Json#MISSING}. */
    public Json json() {
        return Json.parseOrMissing(text());
    }

    /** The JSON-RPC method that the body asks for, or the empty string. */
    public String rpcMethod() {
        return json().get("method").text();
    }
}

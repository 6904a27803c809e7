package dev.mcppreflight.server.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer of an endpoint.
 *
 * @param status the HTTP status
 * @param type the content type; of an answer without body it is not sent
 * @param body the body, possibly empty
 * @param headers further headers
 */
public record Answer(int status, String type, byte[] body, Map<String, String> headers) {

    /** Returns an answer in JSON. */
    public static Answer json(int status, byte[] body) {
        return new Answer(status, "application/json", body, Map.of());
    }

    /** Returns this answer with one more header. */
    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, type, body, more);
    }
}

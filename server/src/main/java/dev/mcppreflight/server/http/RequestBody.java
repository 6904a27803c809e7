package dev.mcppreflight.server.http;

import java.io.IOException;
import java.util.Locale;
import javax.servlet.http.HttpServletRequest;

/** Reads request bodies straight from Jetty: Spark's own way costs 15 ns a byte and knows no limit. */
final class RequestBody {

    private final int limit;

    /**
     * Creates a reader.
     *
     * @param limit the largest accepted body in bytes
     */
    RequestBody(int limit) {
        this.limit = limit;
    }

    /**
     * Returns the body.
     *
     * @throws HttpRefusal 415 when it is not declared as JSON, 413 when it is larger than the limit; a declared length
     *     beyond the limit is refused before anything is read
     */
    byte[] read(HttpServletRequest request) throws IOException {
        if (!isJson(request.getContentType())) {
            throw new HttpRefusal(415, "Unsupported media type: send Content-Type: application/json");
        }
        if (request.getContentLengthLong() > limit) {
            throw tooLarge();
        }
        byte[] body = request.getInputStream().readNBytes(limit + 1);
        if (body.length > limit) {
            throw tooLarge();
        }
        return body;
    }

    private static boolean isJson(String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
    }

    private HttpRefusal tooLarge() {
        return new HttpRefusal(413, "Payload too large: at most " + limit + " bytes");
    }
}

package dev.mcppreflight.server.http;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.servlet.http.HttpServletRequest;
import org.eclipse.jetty.http.BadMessageException;

/** A request to an {@link Endpoint}. */
public final class Call {

    private final HttpServletRequest request;
    private final RequestBody bodies;
    private final PublicAddress address;

    Call(HttpServletRequest request, RequestBody bodies, PublicAddress address) {
        this.request = request;
        this.bodies = bodies;
        this.address = address;
    }

    /** Returns the last segment of the path. */
    public String lastSegment() {
        String path = request.getRequestURI();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Tells whether the path ends with a slash. */
    public boolean endsWithSlash() {
        return request.getRequestURI().endsWith("/");
    }

    /** Returns the query, each name with its last value. */
    public Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        try {
            request.getParameterMap().forEach((name, values) -> query.put(name, values[values.length - 1]));
        } catch (BadMessageException | IllegalArgumentException e) {
            throw new HttpRefusal(400, "Bad request: the query is not percent-encoded UTF-8");
        }
        return query;
    }

    /** Returns the body, declared as JSON and within the limit; others are refused for the handler. */
    public byte[] body() throws IOException {
        return bodies.read(request);
    }

    /** Tells whether the body is declared as a form with a file. */
    public boolean hasForm() {
        return FormBody.isDeclared(request);
    }

    /** Returns the body as a form with a file, of at most so many bytes; others are refused for the handler. */
    public Form form(int limit) throws IOException {
        return FormBody.read(request, limit);
    }

    /** Returns where the client sees the root of this server, such as {@code https://docs.example.org/search}. */
    public String publicUrl() {
        return address.url(request);
    }

    /** Returns the path under which the client sees the root of this server, such as {@code /search}, or nothing. */
    public String publicPath() {
        return address.path(request);
    }
}

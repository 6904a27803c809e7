package dev.mcppreflight.conformance.probe;

import dev.mcppreflight.conformance.wire.Header;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Exactly what to send. The probe adds {@code Host}, {@code Content-Length} and {@code Connection: close} where they are
 * not given, and nothing else.
 *
 * @param method the HTTP method
 * @param url an absolute http or https address
 * @param headers the headers in their order
 * @param body the body, or null for none; sent as UTF-8
 */
public record HttpRequest(String method, URI url, List<Header> headers, String body) {

    /** Copies the headers. */
    public HttpRequest {
        headers = List.copyOf(headers);
    }

    /** The same with this header in place of all of its name; a null value takes it away. */
    public HttpRequest with(String name, String value) {
        List<Header> changed = new ArrayList<>(headers);
        changed.removeIf(header -> header.name().equalsIgnoreCase(name));
        if (value != null) {
            changed.add(new Header(name, value));
        }
        return new HttpRequest(method, url, changed, body);
    }

    public HttpRequest withUrl(URI other) {
        return new HttpRequest(method, other, headers, body);
    }
}

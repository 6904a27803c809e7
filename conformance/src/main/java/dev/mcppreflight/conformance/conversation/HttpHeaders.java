package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.wire.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The headers that every request to a target carries. */
final class HttpHeaders {

    static final String USER_AGENT = "mcp-preflight/0.1";
    static final String SESSION = "Mcp-Session-Id";
    static final String VERSION = "MCP-Protocol-Version";
    static final String BOTH = "application/json, text/event-stream";

    private HttpHeaders() {}

    /** User agent, credentials, and what the operator added. */
    static List<Header> common(Target target) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("User-Agent", USER_AGENT));
        if (target.bearer() != null) {
            headers.add(new Header("Authorization", "Bearer " + target.bearer()));
        }
        for (Map.Entry<String, String> header : target.headers()) {
            headers.removeIf(given -> given.name().equalsIgnoreCase(header.getKey()));
            headers.add(new Header(header.getKey(), header.getValue()));
        }
        return headers;
    }

    /** Those of a message that is posted. */
    static List<Header> post(Target target) {
        List<Header> headers = common(target);
        headers.add(new Header("Content-Type", "application/json"));
        headers.add(new Header("Accept", BOTH));
        return headers;
    }

    /** Those of a request for an event stream. */
    static List<Header> stream(Target target) {
        List<Header> headers = common(target);
        headers.add(new Header("Accept", "text/event-stream"));
        return headers;
    }
}

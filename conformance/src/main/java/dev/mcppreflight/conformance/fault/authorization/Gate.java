package dev.mcppreflight.conformance.fault.authorization;

import dev.mcppreflight.conformance.fault.http.HttpHandler;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import dev.mcppreflight.conformance.fault.transport.HealthySite;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Lets in who may come in: the right host, a known origin, the credential. */
public final class Gate implements HttpHandler {

    private static final Pattern LOCAL = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");
    private static final Pattern LOCAL_ORIGIN = Pattern.compile("https?://" + LOCAL);
    private static final List<String> HOSTED_CLIENTS =
            List.of("https://chatgpt.com", "https://chat.openai.com", "https://claude.ai", "https://claude.com");

    private final HttpHandler inner;
    private final Optional<Guard> guard;

    public Gate(HttpHandler inner, Optional<Guard> guard) {
        this.inner = inner;
        this.guard = guard;
    }

    @Override
    public Response handle(Request request) {
        List<String> hosts = request.headers().all("Host");
        if (hosts.size() != 1) {
            return Response.text(400, "text/plain", "One Host is needed\n");
        }
        if (!LOCAL.matcher(hosts.get(0)).matches()) {
            return Response.text(421, "text/plain", "Invalid Host header\n");
        }
        Optional<String> origin = request.header("Origin");
        if (origin.isEmpty()) {
            return admit(request);
        }
        if (!LOCAL_ORIGIN.matcher(origin.get()).matches() && !HOSTED_CLIENTS.contains(origin.get())) {
            return Response.text(403, "text/plain", "Invalid Origin header\n");
        }
        return crossOrigin(request, admit(request), origin.get());
    }

    private Response admit(Request untrusted) {
        Request request = untrusted.ofNobody();
        boolean open = guard.isEmpty() || request.method().equals("OPTIONS") || !HealthySite.serves(request.path());
        if (open) {
            return inner.handle(request);
        }
        if (request.headers().all("Authorization").size() > 1) {
            return Response.text(400, "text/plain", "One Authorization is enough\n");
        }
        return guard.get()
                .refuse(request)
                .orElseGet(() -> inner.handle(request.of(guard.get().subject(request))));
    }

    private static Response crossOrigin(Request request, Response response, String origin) {
        Response allowed = response.with("Access-Control-Allow-Origin", origin)
                .with("Vary", "Origin")
                .with("Access-Control-Expose-Headers", "Mcp-Session-Id, MCP-Protocol-Version, WWW-Authenticate");
        if (!request.method().equals("OPTIONS")) {
            return allowed;
        }
        return allowed.with("Access-Control-Allow-Methods", "GET, POST, DELETE, OPTIONS")
                .with(
                        "Access-Control-Allow-Headers",
                        "Accept, Authorization, Content-Type, Last-Event-ID, Mcp-Method, Mcp-Name,"
                                + " MCP-Protocol-Version, Mcp-Session-Id, X-API-Key")
                .with("Access-Control-Max-Age", "600");
    }
}

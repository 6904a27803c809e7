package dev.mcppreflight.server.http;

import dev.mcppreflight.server.auth.AccessPolicy;
import dev.mcppreflight.server.auth.Admission;
import dev.mcppreflight.server.auth.Credentials;
import dev.mcppreflight.server.auth.Identity;
import dev.mcppreflight.server.auth.RateLimits;
import dev.mcppreflight.server.auth.Refusal;
import dev.mcppreflight.server.metrics.RequestLog;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * What every request passes before it reaches a route: host, origin, preflight, credentials, method - in this order, so
 * that nobody without a key learns more than that one is needed.
 */
final class Gate {

    /** The header of challenges. */
    static final String CHALLENGE = "WWW-Authenticate";

    private static final String IDENTITY = Gate.class.getName() + ".identity";
    private static final String ALLOWED_HEADERS =
            "Authorization, Content-Type, Accept, Mcp-Session-Id, MCP-Protocol-Version, Mcp-Method, Mcp-Name,"
                    + " Last-Event-ID, X-API-Key";
    private static final String EXPOSED_HEADERS = "Mcp-Session-Id, WWW-Authenticate";
    private static final Pattern MIRRORED = Pattern.compile("(?i)mcp-param-[a-z0-9_-]{1,64}");
    private static final String PREFLIGHT_SECONDS = "600";
    private static final String RETRY_SECONDS = "5";

    private final RouteTable routes;
    private final OriginRules rules;
    private final AccessPolicy access;
    private final PublicAddress address;
    private final Relays relays;
    private final ResourceMetadata resources;
    private final RateLimits limits;
    private final RequestLog requests;
    private final Reply reply;

    Gate(
            RouteTable routes,
            OriginRules rules,
            AccessPolicy access,
            PublicAddress address,
            Relays relays,
            RateLimits limits,
            RequestLog requests,
            Reply reply) {
        this.routes = routes;
        this.rules = rules;
        this.access = access;
        this.address = address;
        this.relays = relays;
        this.resources = new ResourceMetadata(address);
        this.limits = limits;
        this.requests = requests;
        this.reply = reply;
    }

    /** Returns whether the request may go on; otherwise it has been answered. */
    boolean admits(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<RouteTable.Entry> route = routes.find(request.getRequestURI());
        route.ifPresent(entry -> request.setAttribute(JettyEmbedding.ROUTE, entry.name()));
        boolean rest = route.isPresent()
                ? route.get().name().startsWith(RouteTable.API)
                : routes.isRest(request.getRequestURI());
        if (rest) {
            request.setAttribute(Reply.REST, true);
        }
        // A health check of a platform calls by address, so /health asks for no name.
        boolean guardsHost = route.isEmpty() || route.get().guardsHost();
        if (guardsHost && !rules.allowsHost(request.getHeader("Host"))) {
            reply.refusal(request, response, 421, "Misdirected request: this Host is not allowed, see --allowed-host");
            return false;
        }
        String origin = request.getHeader("Origin");
        boolean guardsOrigin = route.isEmpty() || route.get().guardsOrigin();
        if (guardsOrigin && origin != null && !rules.allowsOrigin(origin)) {
            reply.refusal(request, response, 403, "Forbidden: this Origin is not allowed, see --allowed-origin");
            return false;
        }
        boolean open = route.isPresent() && route.get().openness() == Endpoint.Openness.OPEN;
        if (origin != null && (open || rules.allowsOrigin(origin))) {
            response.setHeader("Access-Control-Allow-Origin", open ? "*" : origin);
            response.setHeader("Access-Control-Expose-Headers", EXPOSED_HEADERS);
        }
        response.addHeader("Vary", "Origin");
        if (route.isEmpty()) {
            reply.refusal(
                    request,
                    response,
                    404,
                    "Not found: the endpoints are /mcp, /sse and /messages, and /docs lists those of REST");
            return false;
        }
        return admits(route.get(), request, response);
    }

    private boolean admits(RouteTable.Entry route, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (request.getMethod().equals("OPTIONS")) {
            preflight(route, request, response);
            return false;
        }
        Identity identity = Identity.UNCHECKED;
        if (route.protectedByKey()) {
            Admission admission = access.admission(credentials(request), resources.of(request, route.name()));
            if (admission instanceof Admission.Refused refused) {
                refuse(request, response, refused.refusal());
                return false;
            }
            identity = ((Admission.Admitted) admission).identity();
        }
        request.setAttribute(IDENTITY, identity);
        boolean relayed = relays.have(request);
        String principal = identity.label() == null ? client(request, relayed) : identity.label();
        request.setAttribute(JettyEmbedding.PRINCIPAL, principal);
        if (!route.methods().contains(request.getMethod())) {
            response.setHeader("Allow", route.allow());
            reply.refusal(request, response, 405, "Method not allowed: use " + route.allow());
            return false;
        }
        // A client of HTTP+SSE waits for its answers on the stream and would wait for ever after a 429, so the tool
        // tells
        // it there.
        boolean counted = route.protectedByKey() && !route.name().equals(RouteTable.MESSAGES);
        requests.from(new RequestLog.Caller(principal, counted));
        // What has come through another replica was counted there.
        return !counted || relayed || withinLimit(principal, request, response);
    }

    private String client(HttpServletRequest request, boolean relayed) {
        String told = relayed ? request.getHeader(Relays.CLIENT) : null;
        return told == null ? address.client(request) : told;
    }

    private boolean withinLimit(String principal, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        long seconds = limits.request(principal);
        if (seconds == 0) {
            return true;
        }
        response.setHeader("Retry-After", Long.toString(seconds));
        reply.refusal(request, response, 429, "Too many requests: try again in " + seconds + " seconds");
        return false;
    }

    /** Returns who sends a request that was let in. */
    static Identity identity(HttpServletRequest request) {
        return request.getAttribute(IDENTITY) instanceof Identity identity ? identity : Identity.UNCHECKED;
    }

    /** Returns the route of a request that was let in, as this server declares it. */
    static String route(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(JettyEmbedding.ROUTE));
    }

    private static Credentials credentials(HttpServletRequest request) {
        return new Credentials(Collections.list(request.getHeaders("Authorization")), request.getHeader("X-API-Key"));
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, Refusal refusal) throws IOException {
        if (refusal.challenge() != null) {
            response.setHeader(CHALLENGE, refusal.challenge());
        }
        if (refusal.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setHeader("Retry-After", RETRY_SECONDS);
        }
        reply.refusal(request, response, refusal.status(), refusal.message());
    }

    private void preflight(RouteTable.Entry route, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader("Allow", route.allow());
        if (response.getHeader("Access-Control-Allow-Origin") != null) {
            response.setHeader("Access-Control-Allow-Methods", route.allow());
            response.setHeader("Access-Control-Allow-Headers", ALLOWED_HEADERS + mirrored(request));
            response.setHeader("Access-Control-Max-Age", PREFLIGHT_SECONDS);
        }
        reply.empty(response, HttpServletResponse.SC_NO_CONTENT);
    }

    /** The headers for arguments of tools have names that only those know who have read the list of tools. */
    private static String mirrored(HttpServletRequest request) {
        String wanted = request.getHeader("Access-Control-Request-Headers");
        return wanted == null
                ? ""
                : Arrays.stream(wanted.split(","))
                        .map(String::strip)
                        .filter(name -> MIRRORED.matcher(name).matches())
                        .map(name -> ", " + name)
                        .collect(Collectors.joining());
    }
}

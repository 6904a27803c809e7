package dev.mcppreflight.conformance.fault.deviation;

import static dev.mcppreflight.conformance.fault.deviation.Deviations.entry;
import static dev.mcppreflight.conformance.fault.deviation.Deviations.plain;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.http.Mishap;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import dev.mcppreflight.conformance.fault.mcp.Rpc;
import dev.mcppreflight.conformance.fault.mcp.RpcError;
import dev.mcppreflight.conformance.fault.mcp.Session;
import dev.mcppreflight.conformance.fault.transport.HealthySite;
import dev.mcppreflight.conformance.fault.transport.Posts;
import dev.mcppreflight.conformance.fault.transport.Site;
import dev.mcppreflight.conformance.fault.transport.StreamableEndpoint;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What goes wrong with sessions, origins, hosts and credentials. */
final class AccessDeviations {

    private static final String SESSION_ID = StreamableEndpoint.SESSION_ID;
    private static final String METADATA = "/.well-known/oauth-protected-resource";

    static final Map<String, Function<Json, Deviation>> ALL = Map.ofEntries(
            entry("replicas", parameter -> replicas(Parameter.number(parameter))),
            entry("sticky-cookie", parameter -> stickyCookie(Parameter.text(parameter))),
            entry("session-id-form", parameter -> sessionIdForm(Parameter.text(parameter))),
            entry("session-seconds", parameter -> shortSessions(Parameter.number(parameter))),
            entry("most-sessions", AccessDeviations::mostSessions),
            entry("early-workers", parameter -> earlyWorkers(Parameter.number(parameter))),
            entry("most-streams", parameter -> mostStreams(Parameter.number(parameter))),
            plain("single-session", AccessDeviations::singleSession),
            plain("single-stream", AccessDeviations::singleStream),
            entry("ignores-header", parameter -> ignoresHeader(Parameter.text(parameter))),
            entry("refuses-host", parameter -> refusesHost(Parameter.text(parameter))),
            entry("open-method", parameter -> openMethod(Parameter.text(parameter))),
            entry("open-path", parameter -> openPath(Parameter.text(parameter))),
            entry("sign-in-as-result", parameter -> signInAsResult(Parameter.text(parameter))),
            entry("stale-public-url", parameter -> stalePublicUrl(Parameter.text(parameter))));

    private AccessDeviations() {}

    /** Several processes behind one address, each with its own sessions; connections go to them in turn. */
    private static Deviation replicas(int count) {
        Map<String, Long> homes = new ConcurrentHashMap<>();
        return Deviation.ofHttp((request, healthy, site) -> {
            long replica = request.connection() % count;
            if (request.header(SESSION_ID)
                    .map(id -> homes.getOrDefault(id, replica) != replica)
                    .orElse(false)) {
                return sessionNotFound(request);
            }
            Response response = healthy.handle(request);
            response.headers().first(SESSION_ID).ifPresent(id -> homes.put(id, replica));
            return response;
        });
    }

    /** A balancer finds the process of a session by a cookie, which MCP clients do not keep. */
    private static Deviation stickyCookie(String name) {
        return Deviation.ofHttp((request, healthy, site) -> {
            boolean returned = request.header("Cookie")
                    .filter(cookie -> cookie.contains(name + "="))
                    .isPresent();
            if (request.headers().has(SESSION_ID) && !returned) {
                return sessionNotFound(request);
            }
            Response response = healthy.handle(request);
            return response.headers().has(SESSION_ID)
                    ? response.with("Set-Cookie", name + "=node-1; Path=/; HttpOnly")
                    : response;
        });
    }

    private static Response sessionNotFound(Request request) {
        return Posts.refuse(
                404,
                RpcError.INVALID_REQUEST,
                "Session not found",
                request.json().get("id"));
    }

    /** Gives out session ids in a form of its own, such as {@code session {id}}. */
    private static Deviation sessionIdForm(String form) {
        Map<String, String> given = new ConcurrentHashMap<>();
        AtomicInteger number = new AtomicInteger();
        return Deviation.ofHttp((request, healthy, site) -> {
            Optional<String> known = request.header(SESSION_ID).map(given::get);
            Response response =
                    healthy.handle(known.map(id -> request.with(SESSION_ID, id)).orElse(request));
            Optional<String> fresh = response.headers().first(SESSION_ID);
            if (fresh.isEmpty()) {
                return response;
            }
            String formed = form.replace("{id}", fresh.get()).replace("{n}", String.valueOf(number.incrementAndGet()));
            given.put(formed, fresh.get());
            return response.with(SESSION_ID, formed);
        });
    }

    /** Forgets a session that has not been used for so long. */
    private static Deviation shortSessions(int seconds) {
        Map<String, Long> used = new ConcurrentHashMap<>();
        return Deviation.ofHttp((request, healthy, site) -> {
            long now = System.nanoTime();
            Optional<String> id = request.header(SESSION_ID);
            Long last = id.map(used::get).orElse(null);
            if (last != null && now - last > seconds * 1_000_000_000L) {
                return sessionNotFound(request);
            }
            id.ifPresent(known -> used.put(known, now));
            return healthy.handle(request);
        });
    }

    /** Has room for so many sessions, and removes none that is not ended. */
    /** A number of sessions, above which everybody is refused by 503; or {@code {count: N, status: S}}. */
    private static Deviation mostSessions(Json parameter) {
        int count = Parameter.number(parameter.isObject() ? parameter.get("count") : parameter);
        int status = parameter.isObject() ? Parameter.number(parameter.get("status")) : 503;
        java.util.Set<String> open = ConcurrentHashMap.newKeySet();
        return Deviation.ofHttp((request, healthy, site) -> {
            if (request.rpcMethod().equals("initialize") && open.size() >= count) {
                return Response.json(status, Json.object("error", "no session left"));
            }
            Response response = healthy.handle(request);
            if (request.method().equals("DELETE")) {
                request.header(SESSION_ID).ifPresent(open::remove);
            } else {
                response.headers().first(SESSION_ID).ifPresent(open::add);
            }
            return response;
        });
    }

    /** Every request before initialize waits for it for ever, on one of so many workers. */
    private static Deviation earlyWorkers(int count) {
        AtomicInteger waiting = new AtomicInteger();
        return Deviation.ofHttp((request, healthy, site) -> {
            boolean early = request.method().equals("POST")
                    && !request.rpcMethod().equals("initialize")
                    && request.header(SESSION_ID)
                            .or(() -> request.parameter("sessionId"))
                            .flatMap(site.sessions()::find)
                            .filter(Session::isInitialized)
                            .isEmpty();
            if (early ? waiting.incrementAndGet() > 0 : waiting.get() >= count) {
                throw Mishap.silence();
            }
            return healthy.handle(request);
        });
    }

    /** Every open stream holds one of so many workers, and without one nobody is answered. */
    private static Deviation mostStreams(int count) {
        AtomicInteger open = new AtomicInteger();
        return Deviation.ofHttp((request, healthy, site) -> {
            if (open.get() >= count) {
                throw Mishap.silence();
            }
            Response response = healthy.handle(request);
            if (!response.isStream()) {
                return response;
            }
            return response.stream(
                    out -> {
                        open.incrementAndGet();
                        try {
                            response.stream().write(out);
                        } finally {
                            open.decrementAndGet();
                        }
                    },
                    response.headers());
        });
    }

    /** Takes one handshake in its life. */
    private static Deviation singleSession() {
        AtomicBoolean taken = new AtomicBoolean();
        return Deviation.ofHttp(
                (request, healthy, site) -> request.rpcMethod().equals("initialize") && taken.getAndSet(true)
                        ? Posts.refuse(
                                400,
                                RpcError.INVALID_REQUEST,
                                "Server already initialized",
                                request.json().get("id"))
                        : healthy.handle(request));
    }

    /** One object serves all, and fails when a second client comes while the first is there. */
    private static Deviation singleStream() {
        AtomicBoolean taken = new AtomicBoolean();
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            if (!response.isStream()) {
                return response;
            }
            if (taken.getAndSet(true)) {
                return Response.json(
                        500, Json.object("statusCode", 500, "message", "Already connected to a transport"));
            }
            return response.stream(
                    out -> {
                        try {
                            response.stream().write(out);
                        } finally {
                            taken.set(false);
                        }
                    },
                    response.headers());
        });
    }

    /** Does as if a header had not been sent; Host becomes the right one. */
    private static Deviation ignoresHeader(String name) {
        return Deviation.ofHttp((request, healthy, site) -> healthy.handle(
                name.equals("Host") ? request.with(name, "localhost:" + site.port()) : request.without(name)));
    }

    /** A guard against DNS rebinding that does not know the name that users give. */
    private static Deviation refusesHost(String host) {
        return Deviation.ofHttp((request, healthy, site) -> request.header("Host")
                        .filter(value -> value.split(":")[0].equals(host))
                        .isPresent()
                ? Response.text(421, "text/plain", "Invalid Host header\n")
                : healthy.handle(request));
    }

    /** Forgets to ask for the credential at one path. */
    private static Deviation openPath(String path) {
        return Deviation.ofHttp((request, healthy, site) ->
                healthy.handle(request.path().equals(path) ? authorized(request, site) : request));
    }

    /** Forgets to ask for the credential where the request is of one method. */
    private static Deviation openMethod(String method) {
        return Deviation.ofHttp((request, healthy, site) ->
                healthy.handle(request.method().equals(method) ? authorized(request, site) : request));
    }

    /** Serves everybody, and tells who has not signed in so by the result of a tool. */
    private static Deviation signInAsResult(String text) {
        return Deviation.ofHttp((request, healthy, site) -> {
            if (request.headers().has("Authorization")) {
                return healthy.handle(request);
            }
            if (request.rpcMethod().equals("tools/call")) {
                Json content = Json.array(Json.object("type", "text", "text", text));
                Json result = Json.object("content", content, "isError", true);
                return Response.json(200, Rpc.result(request.json().get("id"), result));
            }
            return healthy.handle(authorized(request, site));
        });
    }

    /** Sign-in metadata that still names where the server was before. */
    private static Deviation stalePublicUrl(String base) {
        return Deviation.ofHttp((request, healthy, site) -> {
            if (request.path().startsWith(METADATA)) {
                return Response.json(
                        200,
                        Json.object(
                                "resource", base + HealthySite.STREAMABLE,
                                "authorization_servers", Json.array(base),
                                "bearer_methods_supported", Json.array("header")));
            }
            Response response = healthy.handle(request);
            String metadata = "http://127.0.0.1:" + site.port() + METADATA + HealthySite.STREAMABLE;
            return response.status() == 401
                    ? response.with(
                            "WWW-Authenticate",
                            response.headers().first("WWW-Authenticate").orElse("Bearer") + ", resource_metadata=\""
                                    + metadata + "\"")
                    : response;
        });
    }

    private static Request authorized(Request request, Site site) {
        return request.with("Authorization", "Bearer " + site.credential().orElse(""));
    }
}

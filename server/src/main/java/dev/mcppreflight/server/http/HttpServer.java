package dev.mcppreflight.server.http;

import dev.mcppreflight.server.auth.AccessPolicy;
import dev.mcppreflight.server.auth.Permissions;
import dev.mcppreflight.server.auth.RateLimits;
import dev.mcppreflight.server.metrics.RequestLog;
import dev.mcppreflight.server.protocol.Audience;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.replicas.Mailbox;
import dev.mcppreflight.server.stateless.Protocols;
import java.io.IOException;
import java.net.BindException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spark.Request;
import spark.Response;
import spark.Route;
import spark.Service;
import spark.embeddedserver.EmbeddedServers;
import spark.http.matching.MatcherFilter;

/** The HTTP side: both MCP transports over HTTP, and the endpoints beside them. */
public final class HttpServer implements AutoCloseable {

    private final Logger log = LoggerFactory.getLogger(HttpServer.class);
    private final HttpOptions options;
    private final Reply reply;
    private final Gate gate;
    private final CallGuard calls;
    private final SseTransport sse;
    private final StreamableTransport streamable;
    private final StatelessTransport stateless;
    private final List<Endpoint> endpoints;
    private final PublicAddress address;
    private final RequestLog requests;
    private final RequestBody bodies;
    private final Workers workers;
    private final Map<String, Served> routes;
    private final Replicas replicas;
    private final Service spark = Service.ignite();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "heartbeat");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Creates a server that does not listen yet.
     *
     * @param options how it behaves
     * @param access who may speak to it
     * @param permissions what may be done with which scope
     * @param protocols what answers
     * @param audience is told who is there
     * @param json the codec
     * @param clock tells when sessions are idle
     * @param endpoints what it answers beside the MCP routes
     * @param limits how often each principal may call
     * @param requests hears of every request
     * @param mailbox leads to the replicas of this server, or null when it is alone
     */
    public HttpServer(
            HttpOptions options,
            AccessPolicy access,
            Permissions permissions,
            Protocols protocols,
            Audience audience,
            JsonCodec json,
            Clock clock,
            List<Endpoint> endpoints,
            RateLimits limits,
            RequestLog requests,
            Mailbox mailbox) {
        this.options = mailbox == null ? options : options.asReplica(mailbox.name());
        this.requests = requests;
        this.endpoints = List.copyOf(endpoints);
        this.reply = new Reply(json);
        this.address = new PublicAddress(options);
        this.bodies = new RequestBody(options.maxBody());
        List<String> prefixes = options.publicPath().isEmpty() ? List.of("") : List.of("", options.publicPath());
        this.gate = new Gate(
                new RouteTable(prefixes, this.endpoints),
                new OriginRules(options.allowedHosts(), options.allowedOrigins()),
                access,
                address,
                limits,
                requests,
                reply);
        this.calls = new CallGuard(permissions, new ResourceMetadata(address), reply);
        this.workers = new Workers(Math.max(8, options.threads() / 2), requests);
        this.stateless = new StatelessTransport(protocols.stateless(), audience, workers, json, this.options);
        this.sse = new SseTransport(protocols.sessions(), calls, audience, workers, json, this.options, address);
        this.streamable = new StreamableTransport(
                protocols.sessions(), stateless, calls, audience, workers, json, this.options, clock);
        this.routes = routes();
        this.replicas = mailbox == null ? null : new Replicas(mailbox, bodies, reply);
    }

    /** Returns the number of sessions of HTTP+SSE. */
    public int sseSessions() {
        return sse.size();
    }

    /** Returns the number of sessions of Streamable HTTP. */
    public int streamableSessions() {
        return streamable.size();
    }

    /** Returns the number of open subscriptions. */
    public int subscriptions() {
        return stateless.size();
    }

    /** Returns the number of sessions of both transports. */
    public int sessionCount() {
        return sse.size() + streamable.size();
    }

    /**
     * Starts to listen.
     *
     * @return the port
     * @throws BindException when the address is taken or not ours
     */
    public int start() throws IOException {
        Object embedding = new Object();
        EmbeddedServers.add(
                embedding,
                (routes, files, exceptions, others) ->
                        new JettyEmbedding(new MatcherFilter(routes, files, exceptions, false, others), requests));
        AtomicReference<Exception> failure = new AtomicReference<>();
        spark.embeddedServerIdentifier(embedding);
        // Spark's own handler ends the JVM.
        spark.initExceptionHandler(failure::set);
        spark.ipAddress(options.host());
        spark.port(options.port());
        spark.threadPool(options.threads());
        spark.before((request, response) -> {
            if (!gate.admits(request.raw(), response.raw())) {
                throw spark.halt();
            }
        });
        Route any = this::serve;
        spark.get("*", any);
        spark.head("*", any);
        spark.post("*", any);
        spark.delete("*", any);
        spark.exception(HttpRefusal.class, this::refuse);
        spark.exception(Exception.class, this::fail);
        spark.init();
        spark.awaitInitialization();
        if (failure.get() instanceof IOException cannotListen) {
            throw cannotListen;
        }
        if (failure.get() != null) {
            throw new IllegalStateException("the HTTP server does not start", failure.get());
        }
        if (replicas != null) {
            replicas.open(spark.port());
        }
        long pause = options.heartbeat().toMillis();
        timer.scheduleWithFixedDelay(this::tick, pause, pause, TimeUnit.MILLISECONDS);
        return spark.port();
    }

    /**
     * What the gate lets through goes to one of these. Spark finds a route by taking every pattern apart on every
     * request, which with the patterns of all these would cost more than the answer.
     */
    private Map<String, Served> routes() {
        Map<String, Served> routes = new HashMap<>();
        routes.put("POST " + RouteTable.MCP, streamable::post);
        routes.put("GET " + RouteTable.MCP, streamable::get);
        routes.put("DELETE " + RouteTable.MCP, (in, out, accepted) -> streamable.delete(in, out));
        routes.put("HEAD " + RouteTable.MCP, (in, out, accepted) -> streamHead(out));
        routes.put("GET " + RouteTable.SSE, (in, out, accepted) -> sse.open(in, out));
        routes.put("HEAD " + RouteTable.SSE, (in, out, accepted) -> streamHead(out));
        routes.put("POST " + RouteTable.MESSAGES, (in, out, accepted) -> sse.post(in, out));
        for (Endpoint endpoint : endpoints) {
            Served route = (in, out, accepted) -> {
                if (endpoint.openness() != Endpoint.Openness.KEY || !calls.refuses(in, out, endpoint.tool())) {
                    reply.answer(in, out, endpoint.handler().answer(new Call(in, bodies, address)));
                }
            };
            routes.put(endpoint.method() + " " + endpoint.path(), route);
            if (endpoint.method().equals("GET")) {
                routes.put("HEAD " + endpoint.path(), route);
            }
        }
        return routes;
    }

    private Object serve(Request request, Response response) throws IOException {
        HttpServletRequest in = request.raw();
        if (replicas != null && replicas.take(in, response.raw())) {
            return "";
        }
        routes.get(in.getMethod() + " " + in.getAttribute(JettyEmbedding.ROUTE))
                .serve(in, response.raw(), AcceptedTypes.of((String) in.getAttribute(JettyEmbedding.ACCEPT)));
        // Spark answers 404 when a route returns null.
        return "";
    }

    /** What a GET would announce; a HEAD opens neither stream nor session. */
    private void streamHead(HttpServletResponse response) throws IOException {
        EventStream.headers(response);
        response.flushBuffer();
    }

    /** What a route does with a servlet request. */
    private interface Served {
        void serve(HttpServletRequest in, HttpServletResponse out, AcceptedTypes accepted) throws IOException;
    }

    private void refuse(HttpRefusal refusal, Request request, Response response) {
        if (refusal.status() == 503 || refusal.status() == 429) {
            response.header("Retry-After", "5");
        }
        if (refusal.status() == 413) {
            // The rest of the body is not read.
            response.header("Connection", "close");
        }
        answer(request, response, refusal.status(), refusal.getMessage());
    }

    private void fail(Exception failure, Request request, Response response) {
        log.error("{} failed", request.requestMethod(), failure);
        answer(request, response, 500, "Internal error");
    }

    private void answer(Request request, Response response, int status, String message) {
        response.body("");
        if (response.raw().isCommitted()) {
            return;
        }
        try {
            reply.refusal(request.raw(), response.raw(), status, message);
        } catch (IOException e) {
            log.debug("the client is gone", e);
        }
    }

    private void tick() {
        try {
            sse.heartbeat();
            streamable.heartbeat();
            stateless.heartbeat();
            streamable.removeIdle();
        } catch (RuntimeException e) {
            log.error("the heartbeat failed", e);
        }
    }

    /** Ends all sessions and stops listening. */
    @Override
    public void close() {
        timer.shutdownNow();
        if (replicas != null) {
            replicas.close();
        }
        sse.close();
        streamable.close();
        stateless.close();
        workers.close();
        spark.stop();
        spark.awaitStop();
    }
}

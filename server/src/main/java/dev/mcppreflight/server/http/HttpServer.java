package dev.mcppreflight.server.http;

import dev.mcppreflight.server.auth.AccessPolicy;
import dev.mcppreflight.server.auth.Permissions;
import dev.mcppreflight.server.auth.RateLimits;
import dev.mcppreflight.server.metrics.RequestLog;
import dev.mcppreflight.server.protocol.Audience;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.SessionIds;
import dev.mcppreflight.server.replicas.Mailbox;
import dev.mcppreflight.server.stateless.Protocols;
import java.io.IOException;
import java.net.BindException;
import java.time.Clock;
import java.time.Duration;
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

    private static final int LOOK_MILLIS = 20;

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
    private final Relays relays = new Relays();
    private final Replicas replicas;
    private final Service spark = Service.ignite();
    private volatile JettyEmbedding jetty;
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
        this.options = options;
        this.requests = requests;
        this.endpoints = List.copyOf(endpoints);
        this.reply = new Reply(json);
        this.address = new PublicAddress(options.names());
        this.bodies = new RequestBody(options.room().body());
        String path = options.names().publicPath();
        List<String> prefixes = path.isEmpty() ? List.of("") : List.of("", path);
        this.gate = new Gate(
                new RouteTable(prefixes, this.endpoints),
                new OriginRules(options.names().hosts(), options.names().origins()),
                access,
                address,
                relays,
                limits,
                requests,
                reply);
        this.calls = new CallGuard(permissions, new ResourceMetadata(address), reply);
        this.workers = new Workers(Math.max(8, options.listening().threads() / 2), requests);
        SessionIds ids = new SessionIds(mailbox == null ? "" : mailbox.name());
        this.stateless = new StatelessTransport(protocols.stateless(), audience, workers, json, options.room());
        this.sse = new SseTransport(
                protocols.sessions(),
                calls,
                audience,
                workers,
                json,
                bodies,
                new Sessions<>(options.room(), ids),
                address);
        this.streamable = new StreamableTransport(
                protocols.sessions(),
                stateless,
                calls,
                audience,
                workers,
                json,
                bodies,
                new Sessions<>(options.room(), ids),
                options.room(),
                clock);
        this.routes = routes();
        int most = options.room().sessions() + options.listening().threads();
        this.replicas = mailbox == null ? null : new Replicas(mailbox, most, relays, bodies, address, reply);
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
                (routes, files, exceptions, others) -> jetty =
                        new JettyEmbedding(new MatcherFilter(routes, files, exceptions, false, others), requests));
        AtomicReference<Exception> failure = new AtomicReference<>();
        spark.embeddedServerIdentifier(embedding);
        // Spark's own handler ends the JVM.
        spark.initExceptionHandler(failure::set);
        spark.ipAddress(options.listening().host());
        spark.port(options.listening().port());
        spark.threadPool(options.listening().threads());
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
            relays.lead(options.listening().host(), spark.port());
            replicas.open();
        }
        long pause = options.room().heartbeat().toMillis();
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

    /**
     * Stops listening, lets what is being answered come to its end, and then does as {@link #close()}.
     *
     * @param patience how long to wait for answers at most
     */
    public void stop(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            jetty.takeNoMore();
            workers.finish(patience.toNanos());
            while (jetty.isBusy() && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    /** Ends all sessions and stops listening; what is being answered is interrupted. */
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

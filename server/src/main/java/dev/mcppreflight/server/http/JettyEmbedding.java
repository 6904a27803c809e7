package dev.mcppreflight.server.http;

import dev.mcppreflight.server.metrics.RequestLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import javax.servlet.Filter;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.AbstractHandler;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import spark.embeddedserver.EmbeddedServer;
import spark.embeddedserver.jetty.websocket.WebSocketHandlerWrapper;
import spark.ssl.SslStores;

/**
 * Jetty as this server needs it under Spark: without Spark's request wrapper, which reads bodies byte by byte, and
 * without the two headers by which clients could bend Spark's routing.
 */
final class JettyEmbedding implements EmbeddedServer {

    /** Where routes find the {@code Accept} header, which Spark must not see: it answers 404 where 406 is due. */
    static final String ACCEPT = JettyEmbedding.class.getName() + ".accept";

    /** Where the route stands as this server declares it. */
    static final String ROUTE = JettyEmbedding.class.getName() + ".route";

    /** Where it stands who called. */
    static final String PRINCIPAL = JettyEmbedding.class.getName() + ".principal";

    /**
     * How many connections may wait to be accepted, as far as the system allows. The default of Java is 50: of a burst of 220
     * the kernel drops the rest, whose clients try again after a second or three.
     */
    private static final int ACCEPT_QUEUE = 4096;

    /** The header that names a request; its answer bears it from the start. */
    static final String REQUEST_ID = "X-Request-Id";

    private final Filter spark;
    private final RequestLog requests;
    private final LongAdder running = new LongAdder();
    private volatile Server server;

    JettyEmbedding(Filter spark, RequestLog requests) {
        this.spark = spark;
        this.requests = requests;
    }

    @Override
    public int ignite(String host, int port, SslStores ssl, int maxThreads, int minThreads, int idleMillis)
            throws Exception {
        QueuedThreadPool pool = new QueuedThreadPool(maxThreads, Math.min(8, maxThreads));
        pool.setName("http");
        Server jetty = new Server(pool);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(jetty, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setReuseAddress(true);
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        jetty.addConnector(connector);
        jetty.setHandler(new SparkHandler());
        jetty.setErrorHandler(new BareErrors());
        server = jetty;
        jetty.start();
        return connector.getLocalPort();
    }

    @Override
    public void configureWebSockets(Map<String, WebSocketHandlerWrapper> handlers, Optional<Long> idleMillis) {
        // This server has none; the default implementation throws.
    }

    @Override
    public void join() throws InterruptedException {
        if (server != null) {
            server.join();
        }
    }

    @Override
    public void extinguish() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Jetty does not stop", e);
        }
    }

    /** Takes no more connections; those that are open stay. */
    void takeNoMore() {
        for (Connector connector : server.getConnectors()) {
            ServerConnector network = (ServerConnector) connector;
            // Otherwise its thread would try for ever to accept from what is closed.
            network.setAccepting(false);
            network.close();
        }
    }

    /** Tells whether requests are being answered; open streams, which have been, do not count. */
    boolean isBusy() {
        return running.sum() > 0;
    }

    @Override
    public int activeThreadCount() {
        return server == null
                ? 0
                : server.getThreadPool().getThreads() - server.getThreadPool().getIdleThreads();
    }

    private final class SparkHandler extends AbstractHandler {

        @Override
        public void handle(String target, Request jetty, HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            jetty.setHandled(true);
            request.setAttribute(ACCEPT, String.join(",", jetty.getHttpFields().getValuesList("Accept")));
            jetty.getHttpFields().remove("Accept");
            jetty.getHttpFields().remove("X-HTTP-Method-Override");
            long start = System.nanoTime();
            running.increment();
            response.setHeader(REQUEST_ID, requests.begin(request.getHeader(REQUEST_ID)));
            try {
                spark.doFilter(request, response, null);
            } finally {
                running.decrement();
                // What was sent, as Spark sets the status to 200 after a refusal. An open stream goes on behind this.
                requests.end(
                        text(request, ROUTE, "other"),
                        request.getMethod(),
                        status(jetty),
                        text(request, PRINCIPAL, "-"),
                        System.nanoTime() - start);
            }
        }

        private static int status(Request jetty) {
            MetaData.Response sent = jetty.getResponse().getCommittedMetaData();
            return sent == null ? jetty.getResponse().getStatus() : sent.getStatus();
        }

        private static String text(HttpServletRequest request, String attribute, String otherwise) {
            Object value = request.getAttribute(attribute);
            return value == null ? otherwise : value.toString();
        }
    }

    /** Errors below Spark, such as a malformed request line, get a status without a page: pages tell about insides. */
    private static final class BareErrors extends ErrorHandler {

        @Override
        public boolean errorPageForMethod(String method) {
            return false;
        }

        /** What is no request of HTTP is of no protocol above it. */
        @Override
        public ByteBuffer badMessageError(int status, String reason, HttpFields fields) {
            fields.put(HttpHeader.CONTENT_TYPE, "text/plain");
            return ByteBuffer.wrap(("Bad request: " + status + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }
}

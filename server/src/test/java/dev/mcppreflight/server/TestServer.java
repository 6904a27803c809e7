package dev.mcppreflight.server;

import dev.mcppreflight.server.app.DocumentServer;
import dev.mcppreflight.server.app.ServerConfig;
import dev.mcppreflight.server.auth.AccessPolicy;
import dev.mcppreflight.server.documents.BundledCorpus;
import dev.mcppreflight.server.documents.DocumentStore;
import dev.mcppreflight.server.http.HttpOptions;
import dev.mcppreflight.server.http.HttpServer;
import dev.mcppreflight.server.store.LuceneDocumentStore;
import io.restassured.RestAssured;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** A server over the bundled corpus on a free port, and short ways to talk to it. */
public final class TestServer implements AutoCloseable {

    private final DocumentServer server;
    private final HttpServer http;
    private final int port;

    private TestServer(HttpOptions options, AccessPolicy access, Clock clock) {
        this(new LuceneDocumentStore(new BundledCorpus().read()), options, access, clock);
    }

    private TestServer(DocumentStore store, HttpOptions options, AccessPolicy access, Clock clock) {
        this(store, new ServerConfig(options, access, null, Map.of(), null), clock);
    }

    private TestServer(DocumentStore store, ServerConfig config, Clock clock) {
        this.server = new DocumentServer(store, clock, config);
        this.http = server.http(config);
        try {
            this.port = http.start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a server as a user gets it without options. */
    public static TestServer local() {
        return new TestServer(HttpOptions.local(), AccessPolicy.open(), Clock.systemUTC());
    }

    /** Returns a local server over this store. */
    public static TestServer over(DocumentStore store) {
        return new TestServer(store, HttpOptions.local(), AccessPolicy.open(), Clock.systemUTC());
    }

    /** Returns a server over this store with this configuration and this clock. */
    public static TestServer over(DocumentStore store, ServerConfig config, Clock clock) {
        return new TestServer(store, config, clock);
    }

    /** Returns a server over the bundled corpus with this configuration and this clock. */
    public static TestServer with(ServerConfig config, Clock clock) {
        return new TestServer(new LuceneDocumentStore(new BundledCorpus().read()), config, clock);
    }

    /** Returns a server with these options. */
    public static TestServer with(HttpOptions options) {
        return new TestServer(options, AccessPolicy.open(), Clock.systemUTC());
    }

    /** Returns a server with these options and this clock. */
    public static TestServer with(HttpOptions options, Clock clock) {
        return new TestServer(options, AccessPolicy.open(), clock);
    }

    /** Returns a server that asks for credentials. */
    public static TestServer guardedBy(AccessPolicy access) {
        return new TestServer(HttpOptions.local(), access, Clock.systemUTC());
    }

    /** Returns options with a small session cap, thread pool and heartbeat. */
    public static HttpOptions options(int threads, int maxSessions, Duration heartbeat) {
        return new HttpOptions(
                new HttpOptions.Listening("127.0.0.1", 0, threads),
                new HttpOptions.Names(
                        Set.of("mcp.example.org", "other.example.org:8443"),
                        Set.of("https://app.example.org"),
                        "",
                        "",
                        false),
                new HttpOptions.Room(maxSessions, heartbeat, Duration.ofMinutes(30), 64 * 1024));
    }

    public DocumentServer server() {
        return server;
    }

    public HttpServer http() {
        return http;
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Returns a request to this server; REST Assured's own defaults for headers are switched off. */
    public RequestSpecification request() {
        return RestAssured.given()
                .spec(new RequestSpecBuilder()
                        .setBaseUri(url())
                        .setConfig(RestAssured.config()
                                .encoderConfig(io.restassured.config.EncoderConfig.encoderConfig()
                                        .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                        .build());
    }

    /** Returns a request with a JSON body. */
    public RequestSpecification json(String body) {
        return request()
                .contentType(ContentType.JSON)
                .accept("application/json, text/event-stream")
                .body(body);
    }

    /** Opens a session of Streamable HTTP and returns its id. */
    public String session(String revision) {
        Response response = json(Messages.initialize(revision)).post("/mcp");
        response.then().statusCode(200);
        return response.getHeader("Mcp-Session-Id");
    }

    /** Returns a request with a JSON body in this session. */
    public RequestSpecification json(String session, String body) {
        return json(body).header("Mcp-Session-Id", session);
    }

    @Override
    public void close() {
        http.close();
    }
}

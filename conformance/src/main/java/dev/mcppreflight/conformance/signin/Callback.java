package dev.mcppreflight.conformance.signin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mcppreflight.conformance.data.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Where the browser comes back to: one address on loopback, which listens while this is open. */
final class Callback implements AutoCloseable {

    private static final String PATH = "/callback";

    private volatile CompletableFuture<String> query = new CompletableFuture<>();
    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private final Map<String, Integer> reads = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "sign-in-callback");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpServer server;

    /** @param port 0 for any free one */
    Callback(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 0);
        server.createContext(PATH, this::returned);
        server.createContext("/", this::read);
        server.setExecutor(threads);
        server.start();
    }

    /** The address to come back to. */
    String address() {
        return origin() + PATH;
    }

    private String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Serves a document that describes this client, with these members changed; answers its address, the client's id. */
    String describe(String path, Json changes) {
        String id = origin() + path;
        documents.put(path, ClientMetadata.document(id, address(), changes).toString());
        return id;
    }

    /** How often a document was asked for. */
    int reads(String path) {
        return reads.getOrDefault(path, 0);
    }

    /** Waits for another browser than the one that came. */
    void expectAnother() {
        query = new CompletableFuture<>();
    }

    /** What the browser brought; nothing when it does not come within the time. */
    Optional<Parameters> await(Duration patience) {
        try {
            return Optional.of(Parameters.of(query.get(patience.toMillis(), TimeUnit.MILLISECONDS)));
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void returned(HttpExchange exchange) throws IOException {
        String text = String.valueOf(exchange.getRequestURI().getRawQuery());
        boolean meant = exchange.getRequestURI().getPath().equals(PATH) && text.matches("(?s).*(code|error)=.*");
        if (meant) {
            query.complete(text);
        }
        answer(
                exchange,
                meant ? 200 : 404,
                "text/html; charset=utf-8",
                "<!doctype html><html><head><title>MCP Preflight</title></head><body><p>"
                        + (meant ? "This page can be closed; the check goes on." : "There is nothing here.")
                        + "</p></body></html>");
    }

    private void read(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String document = documents.get(path);
        reads.merge(path, 1, Integer::sum);
        exchange.getResponseHeaders().set("Cache-Control", "max-age=600");
        answer(exchange, document == null ? 404 : 200, "application/json", document == null ? "{}" : document);
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

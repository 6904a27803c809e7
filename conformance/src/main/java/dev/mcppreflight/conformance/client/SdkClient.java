package dev.mcppreflight.conformance.client;

import dev.mcppreflight.conformance.probe.Trust;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.target.Transport;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.WireLog;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The Java SDK's own client, a real one: what it makes of a target. Its words never decide; the recorded exchanges do. */
public final class SdkClient {

    private static final Duration LOOK = Duration.ofMillis(50);

    /** Over HTTP it is watched, and ended as soon as nothing more comes of it. */
    private static final Duration OURS = Duration.ofMinutes(1);

    /** How many times as long as its transport the client itself takes to load. */
    private static final int LOADING = 10;

    private SdkClient() {}

    /**
     * What a visit brought.
     *
     * @param problem the SDK's own words where it failed, empty where it did not; never a diagnosis
     * @param revision the negotiated revision
     * @param tools the names of the tools of the first page, in order
     * @param exchanges what was recorded under it
     */
    public record Visit(String problem, String revision, List<String> tools, List<Exchange> exchanges) {

        /** Whether the client connected and listed. */
        public boolean succeeded() {
            return problem.isEmpty();
        }
    }

    /**
     * Connects, lists the first page of the tools, pings and leaves. Throws for nothing that a target does.
     *
     * @param grace how long at least the client may think about an answer over HTTP before it is taken for lost
     */
    public static Visit visit(Target target, Transport transport, Trust trust, WireLog log, Duration grace) {
        CompletableFuture<Visit> visit = new CompletableFuture<>();
        Thread client = new Thread(() -> connect(target, transport, trust, log, visit), "sdk-client");
        client.setDaemon(true);
        client.start();
        Vigil vigil = new Vigil(log, target.limits().timeout(), grace);
        while (!vigil.isOver()) {
            try {
                return visit.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // It is still at it.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        client.interrupt();
        return new Visit(
                "it goes on waiting for an answer, or for another than it was given", "", List.of(), log.exchanges());
    }

    private static void connect(
            Target target, Transport transport, Trust trust, WireLog log, CompletableFuture<Visit> visit) {
        try {
            visit.complete(connect(target, transport, trust, log));
        } catch (RuntimeException | Error e) {
            visit.completeExceptionally(e);
        }
    }

    private static Visit connect(Target target, Transport transport, Trust trust, WireLog log) {
        long begun = System.nanoTime();
        McpClientTransport way = transport(target, transport, trust, log);
        // How busy this machine is shows in how long the first of its classes take; the target is not to blame for the
        // rest.
        Duration loading = Duration.ofNanos(System.nanoTime() - begun).multipliedBy(LOADING);
        Duration patience = target.limits().timeout().plus(transport == Transport.STDIO ? loading : OURS);
        try (McpSyncClient client = McpClient.sync(way)
                .requestTimeout(patience)
                .initializationTimeout(patience)
                .clientInfo(McpSchema.Implementation.builder("mcp-preflight-sdk", "0.1")
                        .build())
                .build()) {
            McpSchema.InitializeResult handshake = client.initialize();
            List<String> tools = handshake.capabilities().tools() == null
                    ? List.of()
                    : client.listTools((String) null).tools().stream()
                            .map(McpSchema.Tool::name)
                            .toList();
            return new Visit("", handshake.protocolVersion(), tools, log.exchanges());
        } catch (RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String words = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            return new Visit(words, "", List.of(), log.exchanges());
        }
    }

    private static McpClientTransport transport(Target target, Transport transport, Trust trust, WireLog log) {
        if (transport == Transport.STDIO) {
            ServerParameters command = ServerParameters.builder(target.command().get(0))
                    .args(target.command().subList(1, target.command().size()))
                    .env(target.environment())
                    .build();
            StdioClientTransport stdio = new StdioClientTransport(command, McpJsonDefaults.getMapper());
            stdio.setStdErrorHandler(line -> {});
            return stdio;
        }
        URI url = target.url();
        String base = url.getScheme() + "://" + url.getRawAuthority();
        String path = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        HttpClient.Builder builder = new RecordingHttpClient.Builder(log);
        builder.connectTimeout(target.limits().timeout());
        if ("https".equalsIgnoreCase(url.getScheme())) {
            builder.sslContext(trust.judgingContext());
        }
        HttpRequest.Builder request = HttpRequest.newBuilder();
        if (target.bearer() != null) {
            request.header("Authorization", "Bearer " + target.bearer());
        }
        for (Map.Entry<String, String> header : target.headers()) {
            request.setHeader(header.getKey(), header.getValue());
        }
        if (transport == Transport.SSE) {
            return sse(base, path, builder, request);
        }
        return HttpClientStreamableHttpTransport.builder(base)
                .endpoint(path)
                .clientBuilder(builder)
                .requestBuilder(request)
                .build();
    }

    @SuppressWarnings("deprecation") // HTTP+SSE is deprecated in the SDK and still what many servers speak.
    private static McpClientTransport sse(
            String base, String path, HttpClient.Builder builder, HttpRequest.Builder request) {
        return HttpClientSseClientTransport.builder(base)
                .sseEndpoint(path)
                .clientBuilder(builder)
                .requestBuilder(request)
                .build();
    }
}

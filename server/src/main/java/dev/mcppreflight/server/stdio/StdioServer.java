package dev.mcppreflight.server.stdio;

import dev.mcppreflight.server.protocol.DuplexSession;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.Message;
import dev.mcppreflight.server.protocol.MessageReader;
import dev.mcppreflight.server.protocol.RequestGuard;
import dev.mcppreflight.server.protocol.Revision;
import dev.mcppreflight.server.protocol.RpcError;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** The stdio transport (basic/transports): one message a line in, one message a line out, until the input ends. */
public final class StdioServer implements McpServerTransportProvider {

    private static final int WORKERS = 4;
    private static final int GRACE_SECONDS = 5;

    private final Logger log = LoggerFactory.getLogger(StdioServer.class);
    private final Lines lines;
    private final LineWriter writer;
    private final MessageReader reader;
    private final RequestGuard guard;
    private final JsonCodec json;
    private volatile DuplexSession conversation;

    /**
     * Creates a server on these streams.
     *
     * @param in the input of the process
     * @param out the output of the process; nobody else may write to it
     * @param longestLine the largest message in bytes; longer lines are refused
     */
    public StdioServer(InputStream in, OutputStream out, RequestGuard guard, JsonCodec json, int longestLine) {
        this.lines = new Lines(new BufferedInputStream(in), longestLine);
        this.writer = new LineWriter(out);
        this.reader = new MessageReader(json);
        this.guard = guard;
        this.json = json;
    }

    /** Serves until the input ends; requests taken by then are still answered. */
    public void run() throws IOException {
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS, task -> {
            Thread thread = new Thread(task, "stdio-worker");
            thread.setDaemon(true);
            return thread;
        });
        try {
            for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
                take(line, workers);
            }
        } finally {
            workers.shutdown();
            await(workers);
        }
    }

    private void take(Lines.Line line, ExecutorService workers) {
        if (line.tooLong()) {
            refuse(null, new RpcError(RpcError.INVALID_REQUEST, "Invalid request: the line is too long"));
            return;
        }
        if (new String(line.bytes(), StandardCharsets.UTF_8).isBlank()) {
            return;
        }
        Message message = reader.read(line.bytes());
        Optional<RpcError> objection = conversation.objection(message);
        if (objection.isPresent()) {
            refuse(message instanceof Message.Malformed malformed ? malformed.id() : null, objection.get());
        } else if (message instanceof Message.Request request
                && request.method().equals("tools/call")) {
            // A slow tool holds up neither a ping nor another call.
            workers.execute(() -> receive(message));
        } else {
            receive(message);
        }
    }

    private void receive(Message message) {
        try {
            conversation.receive(message);
        } catch (RuntimeException e) {
            log.error("a message could not be handled", e);
        }
    }

    private void refuse(Object id, RpcError error) {
        writer.send(json.write(error.toJson(id)));
    }

    private void await(ExecutorService workers) {
        try {
            if (!workers.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("unfinished requests are dropped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void setSessionFactory(McpServerSession.Factory factory) {
        this.conversation = new DuplexSession(factory, guard, json, writer);
    }

    @Override
    public List<String> protocolVersions() {
        return Revision.dates();
    }

    @Override
    public Mono<Void> notifyClients(String method, Object params) {
        return conversation.notify(method, params);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(writer::close);
    }
}

package dev.mcppreflight.server.stdio;

import dev.mcppreflight.server.protocol.Audience;
import dev.mcppreflight.server.protocol.DuplexSession;
import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.Message;
import dev.mcppreflight.server.protocol.MessageReader;
import dev.mcppreflight.server.protocol.RpcError;
import dev.mcppreflight.server.stateless.Protocols;
import dev.mcppreflight.server.stateless.StatelessChannel;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stdio transport (basic/transports): one message a line in, one message a line out, until the input ends. */
public final class StdioServer {

    private static final int WORKERS = 4;
    private static final int GRACE_SECONDS = 5;

    private final Logger log = LoggerFactory.getLogger(StdioServer.class);
    private final Lines lines;
    private final LineWriter writer;
    private final MessageReader reader;
    private final JsonCodec json;
    private final Audience audience;
    private final DuplexSession conversation;
    private final StatelessChannel channel;
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, task -> {
        Thread thread = new Thread(task, "stdio-worker");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Creates a server on these streams.
     *
     * @param in the input of the process
     * @param out the output of the process; nobody else may write to it
     * @param longestLine the largest message in bytes; longer lines are refused
     */
    public StdioServer(
            InputStream in, OutputStream out, Protocols protocols, Audience audience, JsonCodec json, int longestLine) {
        this.lines = new Lines(new BufferedInputStream(in), longestLine);
        this.writer = new LineWriter(out);
        this.reader = new MessageReader(json);
        this.json = json;
        this.audience = audience;
        this.conversation = new DuplexSession(protocols.sessions(), json, writer, null, workers);
        this.channel = new StatelessChannel(protocols.stateless(), audience, json, writer, workers);
        audience.add(conversation.peer());
    }

    /** Serves until the input ends; requests taken by then are still answered. */
    public void run() throws IOException {
        try {
            for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
                take(line);
            }
        } finally {
            conversation.peer().hearNoMore();
            workers.shutdown();
            await();
            channel.close();
            audience.remove(conversation.peer());
        }
    }

    private void take(Lines.Line line) {
        if (line.tooLong()) {
            refuse(null, new RpcError(RpcError.INVALID_REQUEST, "Invalid request: the line is too long"));
            return;
        }
        if (new String(line.bytes(), StandardCharsets.UTF_8).isBlank()) {
            return;
        }
        Message message = reader.read(line.bytes());
        if (message instanceof Message.Request request && StatelessChannel.isFor(request)) {
            channel.receive(request);
            return;
        }
        if (message instanceof Message.Notification notification) {
            channel.hear(notification);
        }
        Optional<RpcError> objection = conversation.objection(message);
        if (objection.isPresent()) {
            refuse(message instanceof Message.Malformed malformed ? malformed.id() : null, objection.get());
        } else {
            conversation.receive(message);
        }
    }

    private void refuse(Object id, RpcError error) {
        writer.send(json.write(error.toJson(id)));
    }

    private void await() {
        try {
            if (!workers.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("unfinished requests are dropped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

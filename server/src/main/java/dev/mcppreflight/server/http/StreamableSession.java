package dev.mcppreflight.server.http;

import dev.mcppreflight.server.protocol.JsonCodec;
import dev.mcppreflight.server.protocol.Revision;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.modelcontextprotocol.spec.McpStreamableServerTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import reactor.core.publisher.Mono;

/** A session of Streamable HTTP; it outlives its connections. */
final class StreamableSession implements Session {

    private static final int MOST_STREAMS = 8;

    private final String id;
    private final Revision revision;
    private final McpStreamableServerSession core;
    private final JsonCodec json;
    private final Clock clock;
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final Replay replay = new Replay();
    private final AtomicLong streamNumbers = new AtomicLong();
    private volatile Instant lastUse;

    StreamableSession(String id, Revision revision, McpStreamableServerSession core, JsonCodec json, Clock clock) {
        this.id = id;
        this.revision = revision;
        this.core = core;
        this.json = json;
        this.clock = clock;
        this.lastUse = clock.instant();
    }

    /** Returns the id that the client sends with each request. */
    String id() {
        return id;
    }

    /** Returns the negotiated revision. */
    Revision revision() {
        return revision;
    }

    /** Notes that the client is alive. */
    void touch() {
        lastUse = clock.instant();
    }

    /** Returns the core's answer to this request. */
    JSONRPCResponse answer(JSONRPCRequest request) {
        AtomicReference<JSONRPCResponse> answer = new AtomicReference<>();
        core.responseStream(new CoreTransport() {
                    @Override
                    void send(JSONRPCMessage message) {
                        // This server's tools report no progress, so the response is the only message.
                        if (message instanceof JSONRPCResponse response) {
                            answer.set(response);
                        }
                    }
                })
                .handle(request)
                .block();
        return answer.get();
    }

    /** Returns an id prefix for the events of a new stream, unique in this session; ids so lead back to their stream. */
    String nextStreamName() {
        return Long.toString(streamNumbers.incrementAndGet());
    }

    /** Returns what this session can send again. */
    Replay replay() {
        return replay;
    }

    /**
     * Opens a stream for messages of the server: {@code GET /mcp}.
     *
     * @throws HttpRefusal 429 when the session has too many
     */
    void listen(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (streams.size() >= MOST_STREAMS) {
            throw new HttpRefusal(429, "Too many streams in this session: close one first");
        }
        String name = nextStreamName();
        AtomicReference<EventStream> self = new AtomicReference<>();
        EventStream stream = new EventStream(() -> {
            touch();
            streams.remove(self.get());
        });
        self.set(stream);
        streams.add(stream);
        AtomicLong events = new AtomicLong();
        core.listeningStream(new CoreTransport() {
            @Override
            void send(JSONRPCMessage message) {
                stream.send(Events.message(name + "-" + events.incrementAndGet(), json.write(message)));
            }

            @Override
            public void close() {
                stream.close();
            }
        });
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        first.writeBytes(revision.hasPrimingEvents() ? Events.priming(name + "-0") : Events.opening());
        replay.after(request.getHeader("Last-Event-ID")).forEach(first::writeBytes);
        stream.open(request, response, first.toByteArray());
    }

    /** Sends a comment on every open stream. */
    void heartbeat() {
        streams.forEach(stream -> stream.send(Events.HEARTBEAT));
    }

    /** Sends a notification of the server to this client, if it listens. */
    Mono<Void> notify(String method, Object params) {
        return streams.isEmpty() ? Mono.empty() : core.sendNotification(method, params);
    }

    @Override
    public boolean isIdleSince(Instant time) {
        return streams.isEmpty() && lastUse.isBefore(time);
    }

    @Override
    public void close() {
        core.close();
        streams.forEach(EventStream::close);
    }

    /** What the core needs of a transport; each stream of messages has its own. */
    private abstract class CoreTransport implements McpStreamableServerTransport {

        abstract void send(JSONRPCMessage message);

        @Override
        public Mono<Void> sendMessage(JSONRPCMessage message) {
            return Mono.fromRunnable(() -> send(message));
        }

        @Override
        public Mono<Void> sendMessage(JSONRPCMessage message, String messageId) {
            return sendMessage(message);
        }

        @Override
        public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
            return json.mapper().convertValue(data, type);
        }

        /** Does nothing: an answer has no stream to end. The SDK's default would call {@link #closeGracefully()}. */
        @Override
        public void close() {}

        @Override
        public Mono<Void> closeGracefully() {
            return Mono.fromRunnable(this::close);
        }
    }
}

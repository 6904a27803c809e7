package dev.mcppreflight.server.http;

import dev.mcppreflight.server.replicas.Mailbox;
import dev.mcppreflight.server.replicas.Parcel;
import dev.mcppreflight.server.replicas.Parcel.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several servers behind a balancer that knows nothing of sessions. A request for a session of another replica goes there
 * as it is, credentials included; that replica asks itself over a connection of its own, so that a request that came this
 * way passes the same gate, and sends back what it answers. The ids of sessions tell where they live.
 */
final class Replicas implements AutoCloseable {

    /** An open stream holds a thread until it ends. */
    private static final int MOST_THREADS = 2000;

    /** How often to see whether replicas still live that owe an answer. */
    private static final int LOOK_SECONDS = 2;

    private static final int PART = 64 * 1024;
    private static final byte[] NOTHING = {};
    private static final List<String> HEADERS = List.of(
            "Host",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X-Forwarded-Prefix",
            "X-Forwarded-For",
            "Authorization",
            "X-API-Key",
            "Accept",
            "Content-Type",
            Era.SESSION,
            Era.VERSION,
            "Last-Event-ID");

    private final Logger log = LoggerFactory.getLogger(Replicas.class);
    private final Mailbox mailbox;
    private final Relays relays;
    private final RequestBody bodies;
    private final PublicAddress address;
    private final Reply reply;
    private final Map<String, Awaited> waiting = new ConcurrentHashMap<>();
    private final Map<String, Relays.Relay> served = new ConcurrentHashMap<>();
    private final ExecutorService workers;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "relay-watch");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Creates them; nothing is sent or taken before {@link #open()}.
     *
     * @param most how many requests of other replicas may be answered at a time, open streams included
     * @param relays the connections to this server itself
     * @param address knows where clients are
     */
    Replicas(Mailbox mailbox, int most, Relays relays, RequestBody bodies, PublicAddress address, Reply reply) {
        this.mailbox = mailbox;
        this.relays = relays;
        this.bodies = bodies;
        this.address = address;
        this.reply = reply;
        this.workers = new ThreadPoolExecutor(
                0, Math.min(most, MOST_THREADS), 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "relay");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** An answer that has not come whole, and the replica that owes it. */
    private record Awaited(String owner, RelayedAnswer answer) {}

    /** Ends the streams that come from replicas which have died: nothing else would tell their clients. */
    private void endOrphans() {
        Map<String, Boolean> alive = new HashMap<>();
        waiting.forEach((exchange, awaited) -> {
            if (!alive.computeIfAbsent(awaited.owner(), mailbox::reaches)) {
                waiting.remove(exchange);
                awaited.answer().add(null);
            }
        });
    }

    /** Begins to take requests of other replicas. */
    void open() {
        mailbox.open(this::receive);
        looks.scheduleWithFixedDelay(this::endOrphans, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** Returns whether the request was for a session of another replica; then it has been answered. */
    boolean take(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (Era.isStateless(request)) {
            return false;
        }
        String session = request.getHeader(Era.SESSION);
        if (session == null && RouteTable.MESSAGES.equals(Gate.route(request))) {
            session = SseTransport.sessionId(request);
        }
        if (!SessionOwner.isNamed(session) || SessionOwner.of(session).equals(mailbox.name())) {
            return false;
        }
        String owner = SessionOwner.of(session);
        String exchange = UUID.randomUUID().toString();
        RelayedAnswer answer = new RelayedAnswer(() -> mailbox.reaches(owner), () -> cancel(owner, exchange));
        byte[] raw = raw(request, response.getHeader(JettyEmbedding.REQUEST_ID));
        waiting.put(exchange, new Awaited(owner, answer));
        if (!send(owner, new Parcel(mailbox.name(), exchange, Kind.REQUEST, raw))) {
            waiting.remove(exchange);
            throw RelayedAnswer.gone();
        }
        answer.writeTo(request, response, reply);
        return true;
    }

    private boolean send(String to, Parcel parcel) {
        try {
            return mailbox.send(to, parcel);
        } catch (IllegalStateException e) {
            waiting.remove(parcel.exchange());
            log.error("a replica cannot be reached", e);
            throw new HttpRefusal(503, "The replica with this session cannot be reached: try again");
        }
    }

    private void cancel(String owner, String exchange) {
        if (waiting.remove(exchange) != null) {
            try {
                mailbox.send(owner, new Parcel(mailbox.name(), exchange, Kind.CANCEL, NOTHING));
            } catch (IllegalStateException e) {
                log.debug("the owner will notice by itself", e);
            }
        }
    }

    /**
     * HTTP/1.0, because then a response ends with its connection, and is never in chunks.
     *
     * @param id under which both replicas log the request
     */
    private byte[] raw(HttpServletRequest request, String id) throws IOException {
        byte[] body = request.getMethod().equals("POST") ? bodies.read(request) : NOTHING;
        String query = request.getQueryString();
        StringBuilder head = new StringBuilder(request.getMethod() + " " + request.getRequestURI()
                + (query == null ? "" : "?" + query) + " HTTP/1.0\r\n");
        for (String header : HEADERS) {
            String value = header.equals("Accept")
                    ? (String) request.getAttribute(JettyEmbedding.ACCEPT)
                    : request.getHeader(header);
            if (value != null && !value.isEmpty()) {
                head.append(header).append(": ").append(value).append("\r\n");
            }
        }
        head.append(Relays.CLIENT).append(": ").append(address.client(request)).append("\r\n");
        head.append(JettyEmbedding.REQUEST_ID).append(": ").append(id).append("\r\n");
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        raw.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        raw.writeBytes(body);
        return raw.toByteArray();
    }

    private void receive(Parcel parcel) {
        switch (parcel.kind()) {
            case REQUEST -> serve(parcel);
            case CANCEL -> close(served.get(parcel.exchange()));
            case PART, END -> {
                Awaited awaited = waiting.get(parcel.exchange());
                if (awaited != null) {
                    awaited.answer().add(parcel.kind() == Kind.END ? null : parcel.content());
                }
                if (parcel.kind() == Kind.END) {
                    waiting.remove(parcel.exchange());
                }
            }
        }
    }

    private void serve(Parcel request) {
        try {
            workers.execute(() -> ask(request));
        } catch (RejectedExecutionException e) {
            answer(
                    request,
                    Kind.PART,
                    ("HTTP/1.0 503 Busy\r\nRetry-After: 5\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            answer(request, Kind.END, NOTHING);
        }
    }

    private void ask(Parcel request) {
        try (Relays.Relay relay = relays.connect()) {
            served.put(request.exchange(), relay);
            relay.socket().getOutputStream().write(request.content());
            InputStream in = relay.socket().getInputStream();
            byte[] part = new byte[PART];
            boolean wanted = true;
            for (int read = in.read(part); wanted && read >= 0; read = in.read(part)) {
                wanted = answer(request, Kind.PART, Arrays.copyOf(part, read));
            }
        } catch (IOException e) {
            log.debug("a relayed request has ended", e);
        } finally {
            served.remove(request.exchange());
            answer(request, Kind.END, NOTHING);
        }
    }

    private boolean answer(Parcel request, Kind kind, byte[] content) {
        try {
            return mailbox.send(request.sender(), new Parcel(mailbox.name(), request.exchange(), kind, content));
        } catch (IllegalStateException e) {
            log.error("an answer cannot be sent to its replica", e);
            return false;
        }
    }

    private static void close(Relays.Relay relay) {
        try {
            if (relay != null) {
                relay.close();
            }
        } catch (IOException e) {
            // It is closed, which is what was wanted.
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
        served.values().forEach(Replicas::close);
        workers.shutdownNow();
        mailbox.close();
    }
}

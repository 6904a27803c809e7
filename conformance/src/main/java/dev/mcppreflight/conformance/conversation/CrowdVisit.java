package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.HeldStream;
import dev.mcppreflight.conformance.probe.HttpProbe;
import dev.mcppreflight.conformance.probe.HttpRequest;
import dev.mcppreflight.conformance.probe.HttpStream;
import dev.mcppreflight.conformance.target.Transport;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Purpose;
import dev.mcppreflight.conformance.wire.WireLog;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Many clients at once, as many as the operator allows; they ask little, and go away at the end. */
final class CrowdVisit implements AutoCloseable {

    private static final int SAMPLES = 10;

    /** How many connections are being opened at a time. */
    private static final int AT_A_TIME = 16;

    /** Default pools of Java servers have 200 threads; more than that must not be enough to take them all. */
    private static final int MOST_EARLY = 220;

    private static final List<Integer> NO_ROOM = List.of(429, 503);
    /** The least that a stream has to open beside all the others. */
    private static final Duration BESIDE_OTHERS = Duration.ofSeconds(3);

    private static final Duration BREATH = Duration.ofMillis(250);

    /** Two of the usual heartbeats, and a little. */
    private static final Duration HEARTBEATS = Duration.ofSeconds(35);

    private final Contact contact;
    private final WireLog log;
    private final WireLog aside;
    private final int size;
    private final Queue<AutoCloseable> open = new ConcurrentLinkedQueue<>();
    private final List<String> lost = new CopyOnWriteArrayList<>();

    /** @param log takes what the verdict may rest on; what the crowd does is kept aside, being the same again and again */
    CrowdVisit(Contact contact, WireLog log) {
        this.contact = contact;
        this.log = log;
        this.aside = contact.newLog();
        this.size = contact.target().limits().crowd();
    }

    /** What became of each stream that did not open, or not stay open; refusals for want of room are none of them. */
    List<String> lostStreams() {
        return List.copyOf(lost);
    }

    /** Whether what was sent for this is in no log that the scenario sees. */
    boolean isAside(String purpose) {
        return List.of(Purpose.CROWD_EARLY, Purpose.CROWD_MEMBER).contains(purpose);
    }

    /** Streams without a word, and beside them a client that pings. */
    List<Reply> listen() {
        Optional<HeldStream> first = heldStream();
        if (first.filter(HeldStream::opened).isEmpty()) {
            throw new NotApplicable(
                    lost.isEmpty() ? "there was no room for a stream" : "it opens no stream: " + lost.get(0));
        }
        List<Optional<HeldStream>> others = together(size - 1, AT_A_TIME, this::heldStream);
        List<Reply> answers = new ArrayList<>();
        do {
            Outgoing ping = Outgoing.plain(Purpose.CROWD_PING, contact.request("ping", Json.MISSING));
            answers.add(contact.shared(log).send(ping, log));
            // One that is held up tells as much as all.
        } while (answers.size() < SAMPLES
                && answers.get(answers.size() - 1).message().isPresent());
        long ended = Stream.concat(Stream.of(first), others.stream())
                .flatMap(Optional::stream)
                .filter(HeldStream::opened)
                .filter(HeldStream::hasEnded)
                .count();
        if (ended > 0) {
            lost.add(ended + " of " + size + " idle streams ended beside each other");
        }
        return answers;
    }

    /** Nothing where there is no room, or where one before was lost already. */
    private Optional<HeldStream> heldStream() {
        HttpRequest request =
                new HttpRequest("GET", contact.target().url(), HttpHeaders.stream(contact.target()), null);
        boolean sse = contact.transport() == Transport.SSE;
        if (!lost.isEmpty()) {
            return Optional.empty();
        }
        if (!sse) {
            Member member = member(Purpose.CROWD_MEMBER);
            if (!member.reply().isResult()) {
                lose(member.reply());
                return Optional.empty();
            }
            request = ((StreamableSession) member.transport()).request("GET", null);
        }
        HeldStream stream = quick().hold(request, Purpose.CROWD_STREAM, aside, sse);
        open.add(stream);
        if (!stream.opened()) {
            lose(new Reply(stream.recording().exchange(), Json.MISSING, Json.MISSING));
        }
        return Optional.of(stream);
    }

    /** Waits for each stream in proportion to the first ones, however long a single one might take. */
    private HttpProbe quick() {
        Duration fair = contact.probe().patience().scant();
        Duration time = fair.compareTo(BESIDE_OTHERS) < 0 ? BESIDE_OTHERS : fair;
        return contact.probe().brief(contact.target().limits().withTimeout(time));
    }

    private void lose(Reply reply) {
        if (!NO_ROOM.contains(reply.status())) {
            lost.add("one of " + size + " got " + reply.observed());
        }
    }

    /** Requests of clients that have not initialized, all at once, and then one that does it right. */
    List<Reply> hasten() {
        List<URI> addresses = together(Math.min(size, MOST_EARLY), AT_A_TIME, this::messageAddress).stream()
                .flatMap(Optional::stream)
                .toList();
        Queue<URI> left = new ConcurrentLinkedQueue<>(addresses);
        List<Reply> replies = new ArrayList<>(together(addresses.size(), addresses.size(), () -> {
            Outgoing message = Outgoing.plain(Purpose.CROWD_EARLY, contact.request("tools/list", Json.MISSING));
            return overHttp(message, left.remove());
        }));
        replies.add(newcomer());
        return replies;
    }

    /** Nothing where there is no room for one more. */
    private Optional<URI> messageAddress() {
        if (contact.transport() == Transport.STREAMABLE) {
            return Optional.of(contact.target().url());
        }
        SseSession session = new SseSession(contact.target(), contact.target().url(), contact.probe());
        open.add(session);
        Reply opened = session.open(aside);
        if (session.messages() == null && !NO_ROOM.contains(opened.status())) {
            throw new Mismatch("a stream for each of " + size + " clients", opened.observed());
        }
        return Optional.ofNullable(session.messages());
    }

    /** The answer in HTTP alone; what follows on a stream of HTTP+SSE is not waited for. */
    private Reply overHttp(Outgoing message, URI address) {
        HttpRequest request = new HttpRequest("POST", address, HttpHeaders.post(contact.target()), message.text());
        Exchange exchange = contact.probe()
                .send(request, message.purpose(), aside, event -> true)
                .exchange();
        return new Reply(exchange, message.id(), Json.parseOrMissing(exchange.body()));
    }

    /** Sessions that are all kept until the crowd leaves. */
    List<Reply> stay() {
        List<Reply> replies = together(size, AT_A_TIME, this::memberWhileWell).stream()
                .flatMap(Optional::stream)
                .map(Member::reply)
                .toList();
        if (replies.stream().allMatch(Reply::isResult)) {
            throw new NotTested("all " + size + " clients found room: --crowd COUNT sends more");
        }
        return replies;
    }

    /** Sessions whose clients are gone without a word, and then a client like the first. */
    List<Reply> vanish() {
        List<Member> members = together(size, AT_A_TIME, this::memberWhileWell).stream()
                .flatMap(Optional::stream)
                .toList();
        members.forEach(member -> member.transport().close());
        open.clear();
        if (members.stream().noneMatch(Member::leavesSession)
                && members.stream()
                        .noneMatch(member -> NO_ROOM.contains(member.reply().status()))) {
            throw new NotApplicable("the server issued no session id");
        }
        Reply newcomer = newcomer();
        boolean sse = contact.transport() == Transport.SSE;
        Duration patience = sse ? HEARTBEATS : contact.probe().limits().timeout();
        long end = System.nanoTime() + patience.toNanos();
        // A place is free when the server has noticed; over HTTP+SSE it has to write for that.
        while (NO_ROOM.contains(newcomer.status()) && System.nanoTime() < end) {
            HttpStream.pause(BREATH);
            newcomer = newcomer();
        }
        return List.of(newcomer);
    }

    /** Nothing after one that got neither a session nor a refusal for want of room: more would only wait like it. */
    private Optional<Member> memberWhileWell() {
        if (!lost.isEmpty()) {
            return Optional.empty();
        }
        Member member = member(Purpose.CROWD_MEMBER);
        if (!member.reply().isResult()) {
            lose(member.reply());
        }
        return Optional.of(member);
    }

    private Reply newcomer() {
        return member(Purpose.CROWD_NEWCOMER).reply();
    }

    /** One client with its answer to initialize, which closes its transport, and its session if it can, at the end. */
    private Member member(String purpose) {
        WireLog kept = purpose.equals(Purpose.CROWD_NEWCOMER) ? log : aside;
        Outgoing initialize =
                contact.initializeMessage(contact.target().revision()).named(purpose);
        if (contact.transport() == Transport.SSE) {
            SseSession session =
                    new SseSession(contact.target(), contact.target().url(), contact.probe());
            open.add(session);
            Reply opened = session.open(kept, purpose, request -> request);
            return new Member(session, session.messages() == null ? opened : session.send(initialize, kept));
        }
        StreamableSession session =
                new StreamableSession(contact.target(), contact.target().url(), contact.probe());
        Reply reply = session.send(initialize, kept);
        if (reply.isResult()) {
            session.established(reply, reply.result().get("protocolVersion").text());
        }
        if (session.sessionId() != null) {
            open.add(() -> contact.probe().send(session.request("DELETE", null), Purpose.DELETE, aside));
        }
        return new Member(session, reply);
    }

    private record Member(Session transport, Reply reply) {
        boolean leavesSession() {
            return reply.isResult()
                    && !(transport instanceof StreamableSession streamable && streamable.sessionId() == null);
        }
    }

    /** Does it so many times, on so many threads. */
    private static <T> List<T> together(int times, int threads, Supplier<T> action) {
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, threads), task -> {
            Thread thread = new Thread(task, "crowd");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<T>> pending = IntStream.range(0, times)
                    .mapToObj(i -> pool.submit(action::get))
                    .toList();
            List<T> done = new ArrayList<>();
            for (Future<T> each : pending) {
                done.add(each.get());
            }
            return done;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Mismatch mismatch) {
                throw mismatch;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    @Override
    public void close() {
        List<AutoCloseable> leaving = List.copyOf(open);
        open.clear();
        Queue<AutoCloseable> left = new ConcurrentLinkedQueue<>(leaving);
        together(leaving.size(), AT_A_TIME, () -> {
            try {
                left.remove().close();
            } catch (Exception e) {
                // What cannot be closed is gone.
            }
            return true;
        });
    }
}

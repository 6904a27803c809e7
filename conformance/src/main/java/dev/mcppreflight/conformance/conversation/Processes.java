package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.Patience;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.wire.WireLog;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The processes of a target that is a command. Each start takes time, which for a check would be mere waiting: so some are
 * started before they are asked for, and one that came to no harm serves the next check.
 */
final class Processes implements AutoCloseable {

    /** How many are started ahead in a run: as many as there are ways to begin that checks try. */
    private static final int MOST_AHEAD = 6;

    /** Whoever takes as long to its first answer downloads something, or waits for something. */
    private static final Duration SLOW = Duration.ofSeconds(1);

    /** How many of those are started at once. */
    private static final int SLOW_ONES = 5;

    private final Target target;
    private final Patience patience;
    private final Queue<StdioSession> fresh = new ConcurrentLinkedQueue<>();
    private final Queue<StdioSession> initialized = new ConcurrentLinkedQueue<>();
    private final Queue<Errand<Boolean>> ending = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ahead = new AtomicInteger();

    Processes(Target target, Patience patience) {
        this.target = target;
        this.patience = patience;
    }

    /**
     * Starts what will be asked for, once the command is known to answer: the next one alone, since more at once would slow each
     * other down, or several where each takes its time.
     *
     * @param first how long the first of them took to its first answer
     */
    void startAhead(Duration first) {
        for (int i = 0; i < (first.compareTo(SLOW) < 0 ? 1 : SLOW_ONES); i++) {
            startAhead();
        }
    }

    private void startAhead() {
        if (ahead.incrementAndGet() <= MOST_AHEAD) {
            StdioSession session = new StdioSession(target, patience);
            session.start();
            fresh.add(session);
        }
    }

    /** One to which nothing has been said. */
    StdioSession fresh() {
        for (StdioSession ready = fresh.poll(); ready != null; ready = fresh.poll()) {
            startAhead();
            if (ready.isAlive()) {
                return ready;
            }
            ready.close();
        }
        return new StdioSession(target, patience);
    }

    /** One whose handshake is done and that nobody uses; null for none. */
    StdioSession initialized() {
        for (StdioSession idle = initialized.poll(); idle != null; idle = initialized.poll()) {
            if (idle.isAlive()) {
                return idle;
            }
            idle.close();
        }
        return null;
    }

    /** Takes back one whose handshake is done. */
    void giveBack(StdioSession session) {
        initialized.add(session);
    }

    /**
     * Takes back one that a check began to speak with.
     *
     * @param last what the check sent last, with its answer
     * @param revision the revision that others of this command negotiated
     */
    void giveBack(StdioSession session, Reply last, String revision, WireLog log) {
        Json sent = last.exchange().request();
        boolean handshake = sent.get("method").text().equals("initialize")
                && sent.get("params").get("clientInfo").isPresent()
                && last.result().get("protocolVersion").text().equals(revision);
        if (last.isResult() && (handshake || session.isEstablished())) {
            session.send(Contact.initializedMessage(), log);
            initialized.add(session);
        } else if (last.isError() && sent.get("method").text().equals("server/discover")) {
            // As hosts do that ask for the modern revision first, and go on with initialize.
            fresh.add(session);
        } else {
            retire(session);
        }
    }

    /** Ends one that came to harm; nobody has to wait for its end but the end of the run. */
    void retire(StdioSession session) {
        ending.add(Errand.begin(() -> {
            session.close();
            return true;
        }));
    }

    @Override
    public void close() {
        Stream.concat(fresh.stream(), initialized.stream()).forEach(this::retire);
        ending.forEach(Errand::get);
    }
}

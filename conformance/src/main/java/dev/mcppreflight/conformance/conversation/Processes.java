package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.Patience;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.wire.WireLog;
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

    private final Target target;
    private final Patience patience;
    private final Queue<StdioSession> fresh = new ConcurrentLinkedQueue<>();
    private final Queue<StdioSession> initialized = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ahead = new AtomicInteger();

    Processes(Target target, Patience patience) {
        this.target = target;
        this.patience = patience;
    }

    /** Starts the next that will be asked for, once the command is known to answer; more at once would slow each other down. */
    void startAhead() {
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
            session.close();
        }
    }

    @Override
    public void close() {
        Stream.concat(fresh.stream(), initialized.stream()).parallel().forEach(Session::close);
    }
}

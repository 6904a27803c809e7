package dev.mcppreflight.conformance.conversation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.Patience;
import dev.mcppreflight.conformance.probe.StdioProcess;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.target.Transport;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.Purpose;
import dev.mcppreflight.conformance.wire.Recording;
import dev.mcppreflight.conformance.wire.WireLog;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A session over the standard streams of a process (2025-11-25 basic/transports#stdio). */
final class StdioSession implements Session {

    private static final Duration HANG_UP = Duration.ofSeconds(1);

    /** How often what came is looked at that is no line. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Target target;
    private final Patience patience;
    private StdioProcess process;
    private IOException refusal;
    private boolean established;
    private Recording last;

    StdioSession(Target target, Patience patience) {
        this.target = target;
        this.patience = patience;
    }

    @Override
    public Transport transport() {
        return Transport.STDIO;
    }

    StdioProcess process() {
        return process;
    }

    /** Starts the command; what comes of it is told when the session is opened. */
    void start() {
        try {
            process = StdioProcess.start(target);
        } catch (IOException e) {
            refusal = e;
        }
    }

    @Override
    public Reply open(WireLog log) {
        Recording recording = log.begin("start the command", "STDIO", command(), List.of(), "");
        if (process == null) {
            start();
        }
        if (process == null) {
            recording.failed(Failure.Kind.NOT_STARTED, refusal.getMessage());
        } else {
            recording.ended();
        }
        return new Reply(recording.exchange(), Json.MISSING, Json.MISSING);
    }

    @Override
    public Reply send(Outgoing message, WireLog log) {
        Recording recording = log.begin(message.purpose(), "STDIO", command(), List.of(), message.text());
        last = recording;
        int from = process.lines().size();
        recording.connected();
        process.writeLine(message.text());
        boolean awaitsAnswer = message.id().isPresent();
        // The confirmation of a handshake is not worth watching each time; a check of its own does.
        boolean watched = !message.purpose().equals(Purpose.INITIALIZED);
        String line;
        Patience.Wait wait = patience.begin(message.called(), Purpose.manner(message.purpose()));
        try (wait) {
            line = awaitsAnswer
                    ? await(message, from, wait.time())
                    : watched
                            ? process.await(
                                    from,
                                    StdioSession::isUnaddressed,
                                    target.limits().quiet())
                            : null;
        }
        Json reply = line == null ? Json.MISSING : Json.parseOrMissing(line);
        recordRest(recording, from);
        if (line == null && awaitsAnswer) {
            boolean gone = process.outputEnded();
            if (!gone) {
                wait.wasted();
            }
            if (process.isFlooding()) {
                recording.failed(
                        Failure.Kind.TOO_LARGE,
                        "it wrote more than " + StdioProcess.MAX_OCTETS + " octets to its standard output");
            } else if (gone) {
                boolean exited = process.exitsWithin(Duration.ofMillis(200));
                recording.failed(
                        Failure.Kind.EXITED,
                        "its output ended" + (exited ? " with exit code " + process.exitCode() : ""));
            } else {
                recording.failed(Failure.Kind.NO_ANSWER, "no answer within " + recording.elapsed() + " ms");
            }
            recordRest(recording, from);
        } else {
            if (reply.isPresent()) {
                recording.answer(line);
            }
            if (awaitsAnswer) {
                wait.answered();
            }
            recording.ended();
        }
        if (message.isSubscription()) {
            Json params = Json.object("requestId", message.id());
            process.writeLine(Json.object("jsonrpc", "2.0", "method", "notifications/cancelled", "params", params)
                    .toString());
        }
        Exchange exchange = recording.exchange();
        return new Reply(exchange, message.id(), reply);
    }

    /** The line that answers; null for none, where the time is over or the answer came in another form. */
    private String await(Outgoing message, int from, Duration time) {
        Duration left = time;
        boolean misframed = false;
        while (true) {
            Duration slice = left.compareTo(LOOK) < 0 ? left : LOOK;
            String line = process.await(from, candidate -> answers(message, candidate), slice);
            left = left.minus(slice);
            boolean over = line != null || left.isZero() || process.outputEnded();
            if (over || misframed) {
                return line;
            }
            // What begins no line, or goes over several, is no message: the answer that stands there is all that will
            // come.
            misframed = message.isAnsweredBy(Json.parseOrMissing(unframed(from)));
        }
    }

    /** What came as one text, from its first brace on: without a byte order mark, headers, or ends of lines. */
    private String unframed(int from) {
        List<String> lines = process.lines();
        String text = String.join("\n", lines.subList(Math.min(from, lines.size()), lines.size()))
                + "\n"
                + process.partialLine();
        return text.substring(Math.max(0, text.indexOf('{')));
    }

    /** What comes once the input is closed: a program whose output is buffered says only then what it had to say. */
    Reply hearAfterHangUp(Reply silent) {
        process.closeInput();
        process.exitsWithin(HANG_UP);
        String line = process.await(
                0,
                candidate -> Json.parseOrMissing(candidate).get("id").equals(silent.id()),
                target.limits().quiet());
        if (line != null) {
            last.answer(line);
        }
        return new Reply(last.exchange(), silent.id(), silent.message());
    }

    private static boolean isUnaddressed(String line) {
        return Outgoing.isUnaddressed(Json.parseOrMissing(line));
    }

    private static boolean answers(Outgoing message, String line) {
        Json candidate = Json.parseOrMissing(line);
        return message.isFirstAnsweredBy(candidate);
    }

    /** What came on standard output that is no message, and the tail of standard error. */
    private void recordRest(Recording recording, int from) {
        List<String> lines = process.lines();
        List<String> first = from <= 1 ? lines : lines.subList(Math.min(from, lines.size()), lines.size());
        String noise = first.stream()
                .filter(line -> !isMessage(Json.parseOrMissing(line)))
                .limit(20)
                .collect(Collectors.joining("\n"));
        String partial = process.partialLine();
        recording.body(partial.isEmpty() ? noise : noise + (noise.isEmpty() ? "" : "\n") + partial);
        recording.process(process.standardErrorTail(), process.exitCode());
    }

    /** Whether this is a message, if perhaps a wrong one; programs also log objects of their own. */
    static boolean isMessage(Json line) {
        boolean response = line.get("result").isPresent() || line.get("error").isPresent();
        boolean numbered =
                line.get("id").isPresent() && (response || line.get("method").isPresent());
        return line.isObject() && (line.get("jsonrpc").isPresent() || numbered);
    }

    private String command() {
        return target.command().get(0);
    }

    @Override
    public void established(Reply initialize, String revision) {
        established = true;
    }

    /** Whether its handshake was answered. */
    boolean isEstablished() {
        return established;
    }

    @Override
    public boolean isAlive() {
        return process != null && !process.outputEnded();
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}

package dev.mcppreflight.conformance.watch;

import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.diagnosis.Diagnosis;
import dev.mcppreflight.conformance.diagnosis.Diagnostician;
import dev.mcppreflight.conformance.diagnosis.Overheard;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Redactor;
import dev.mcppreflight.conformance.wire.SseEvent;
import dev.mcppreflight.conformance.wire.WireLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Everybody who came, and what became of them. One thread takes down, tells and judges what the threads of the connections
 * report, so that these are kept from nothing; only who floods it with events has to wait.
 */
final class Visitors implements Witness, AutoCloseable {

    /** How long an attempt has to be quiet before it is judged: a client that falls back does so at once. */
    private static final long QUIET_MILLIS = 700;

    private static final long TICK_MILLIS = 200;

    /** How long to wait at the end for what is just being written down. */
    private static final long LAST_WORDS_MILLIS = 300;

    private static final long LOOK_MILLIS = 5;
    private static final int MOST_EVENTS_WAITING = 256;
    private static final int MOST_EVENT_LINES = 500;

    private final WatchOptions options;
    private final Redactor redactor;
    private final Secrets secrets;
    private final UnaryOperator<Exchange> view;
    private final WireLog log;
    private final Allowance allowance;
    private final Lines lines;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong finished = new AtomicLong();
    private final Semaphore events = new Semaphore(MOST_EVENTS_WAITING);
    private final Recognition.Gallery gallery = new Recognition.Gallery();
    private final ScheduledExecutorService scribe = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "watch-scribe");
        thread.setDaemon(true);
        return thread;
    });

    // ---- of the scribe alone
    private final List<Attempt> attempts = new ArrayList<>();
    private final Map<Overhearing, Attempt> attemptOf = new HashMap<>();
    private final Map<Attempt, Standing> standings = new HashMap<>();
    private int eventLines;

    /** What was told of an attempt, and when something last happened in it. */
    private static final class Standing {
        private long movedAt = System.nanoTime();
        private boolean settled;
        private String title = "";
        private final Set<String> causes = new HashSet<>();
        private boolean through;
    }

    Visitors(
            WatchOptions options,
            Redactor redactor,
            Secrets secrets,
            UnaryOperator<Exchange> view,
            Consumer<String> out) {
        this.options = options;
        this.view = view;
        this.redactor = redactor;
        this.secrets = secrets;
        this.log = new WireLog(redactor);
        this.allowance = new Allowance(options.mostOctets(), WatchOptions.MOST_OCTETS_OF_ALL);
        this.lines = new Lines(line -> out.accept(redactor.text(line)));
        scribe.scheduleWithFixedDelay(this::judge, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** How many exchanges are over. */
    long finished() {
        return finished.get();
    }

    // ---- what the connections report

    @Override
    public Overhearing asked(Overhearing.Asked asked, boolean cut) {
        long number = numbers.incrementAndGet();
        boolean kept = number <= options.mostExchanges() && !secrets.isFull();
        if (number == options.mostExchanges() + 1L) {
            remark(options.mostExchanges() + " exchanges are recorded; what follows is forwarded and not recorded");
        }
        WireLog where = kept ? log : new WireLog(redactor);
        Overhearing overhearing = new Overhearing(
                number,
                asked,
                cut,
                where.begin("", asked.method(), asked.url(), asked.headers(), asked.body()),
                secrets,
                kept ? allowance : new Allowance(0, 0),
                this);
        if (kept) {
            later(() -> begin(overhearing));
        }
        return overhearing;
    }

    @Override
    public void answered(Overhearing overhearing) {
        later(() -> attempt(overhearing).ifPresent(attempt -> {
            attempt.answered(overhearing);
            moved(attempt);
            if (overhearing.isStream() && overhearing.asked().isGet()) {
                lines.exchange(overhearing);
            }
        }));
    }

    @Override
    public void event(Overhearing overhearing, SseEvent event) {
        events.acquireUninterruptibly();
        later(() -> {
            events.release();
            attempt(overhearing).ifPresent(attempt -> dispatch(attempt, overhearing, event));
        });
    }

    private void dispatch(Attempt attempt, Overhearing stream, SseEvent event) {
        attempt.event(stream, event);
        moved(attempt);
        if (stream.asked().isGet() && eventLines <= MOST_EVENT_LINES) {
            lines.event(stream, event);
            if (eventLines++ == MOST_EVENT_LINES) {
                lines.remark("more events are forwarded and not told here");
            }
        }
    }

    @Override
    public void ended(Overhearing overhearing) {
        later(() -> {
            overhearing.settle();
            attempt(overhearing).ifPresent(attempt -> end(attempt, overhearing));
            finished.incrementAndGet();
        });
    }

    private void end(Attempt attempt, Overhearing overhearing) {
        Exchange exchange = overhearing.exchange();
        Json body = Json.parseOrMissing(exchange.body());
        boolean notSeenWhole = overhearing.isCut() || overhearing.isUnreadable();
        if (body.isPresent() && exchange.answer() == null && !overhearing.isStream() && !notSeenWhole) {
            overhearing.answer(body.toString());
        }
        moved(attempt);
        if (overhearing.isStream() && overhearing.asked().isGet()) {
            lines.end(overhearing);
        } else {
            lines.exchange(overhearing);
        }
        if (overhearing.isCut()) {
            lines.detail("more than is recorded of one exchange: it was forwarded whole, and is not judged");
        }
    }

    @Override
    public void remark(String line) {
        later(() -> lines.remark(line));
    }

    private void later(Runnable task) {
        try {
            scribe.execute(task);
        } catch (RejectedExecutionException e) {
            // It is over: nobody reads what would be written.
        }
    }

    // ---- attempts

    private Optional<Attempt> attempt(Overhearing overhearing) {
        return Optional.ofNullable(attemptOf.get(overhearing));
    }

    private void begin(Overhearing overhearing) {
        Attempt attempt = attemptFor(overhearing.asked());
        attempt.add(overhearing);
        attemptOf.put(overhearing, attempt);
        moved(attempt);
    }

    private Attempt attemptFor(Overhearing.Asked asked) {
        List<Attempt> latestFirst = new ArrayList<>(attempts);
        java.util.Collections.reverse(latestFirst);
        boolean opens = !Attempt.opening(asked).isEmpty();
        Optional<Attempt> owner =
                latestFirst.stream().filter(attempt -> attempt.owns(asked)).findFirst();
        Optional<Attempt> known = owner.or(() -> latestFirst.stream()
                .filter(attempt -> attempt.isOf(asked.header("User-Agent")))
                .findFirst());
        // Metadata may be fetched by another part of the client, under another name.
        Optional<Attempt> any =
                known.or(() -> opens ? Optional.empty() : latestFirst.stream().findFirst());
        return any.filter(attempt -> owner.isPresent() || !attempt.isRepeatedBy(asked))
                .orElseGet(this::newAttempt);
    }

    private Attempt newAttempt() {
        Attempt attempt = new Attempt(attempts.size() + 1, options.patience(), view);
        attempts.add(attempt);
        standings.put(attempt, new Standing());
        return attempt;
    }

    private void moved(Attempt attempt) {
        Standing standing = standings.get(attempt);
        standing.movedAt = System.nanoTime();
        standing.settled = false;
    }

    // ---- judging

    private void judge() {
        try {
            attempts.forEach(this::judge);
        } catch (RuntimeException e) {
            lines.remark("an error of this tool: " + e.getClass().getSimpleName());
        }
    }

    private void judge(Attempt attempt) {
        Standing standing = standings.get(attempt);
        long quiet = (System.nanoTime() - standing.movedAt) / 1_000_000;
        if (standing.settled || quiet < QUIET_MILLIS) {
            return;
        }
        // While an answer is due it may come, or its time may run out.
        standing.settled = !attempt.isWaiting() && quiet > options.patience().toMillis();
        tell(attempt, standing);
    }

    private void tell(Attempt attempt, Standing standing) {
        Overheard overheard = attempt.overheard();
        if (!attempt.isMeant() || overheard.exchanges().isEmpty()) {
            return;
        }
        Recognition who = gallery.recognise(overheard.exchanges());
        if (!who.title().equals(standing.title)) {
            standing.title = who.title();
            lines.remark("attempt " + attempt.number() + " is by " + who.title());
            if (!who.signs().isEmpty()) {
                lines.detail(String.join(", ", who.signs()));
            }
        }
        List<Diagnosis> found = Diagnostician.diagnose(overheard.evidence());
        found.stream().filter(each -> standing.causes.add(each.cause())).forEach(each -> tell(attempt, each));
        if (overheard.isThrough() && found.isEmpty() && !standing.through) {
            standing.through = true;
            lines.remark("attempt " + attempt.number() + " got through: " + overheard.revision());
        }
    }

    private void tell(Attempt attempt, Diagnosis found) {
        new Catalogue().cause(found.cause()).ifPresent(cause -> {
            lines.remark("✗ " + cause.id() + " " + cause.title() + " (attempt " + attempt.number() + ")");
            found.evidence().forEach(lines::detail);
            lines.detail("fix: " + cause.fix().strip().replaceAll("\\s+", " "));
        });
    }

    // ---- what comes of it

    /** Everything that was seen, as it stands now. */
    Watched watched() {
        try {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LAST_WORDS_MILLIS);
            while (finished.get() < numbers.get() && System.nanoTime() < deadline) {
                Thread.sleep(LOOK_MILLIS);
            }
            return scribe.submit(() -> {
                        attempts.forEach(attempt -> tell(attempt, standings.get(attempt)));
                        return new Watched(
                                numbers.get(),
                                attempts.stream()
                                        .filter(Attempt::isMeant)
                                        .map(this::visit)
                                        .toList());
                    })
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Watched.Visit visit(Attempt attempt) {
        Overheard overheard = attempt.overheard();
        List<Watched.Taken> taken = attempt.overhearings().stream()
                .map(each -> new Watched.Taken(each.number(), each.at(), each.exchange(), each.isCut()))
                .toList();
        return new Watched.Visit(attempt.number(), gallery.recognise(overheard.exchanges()), overheard, taken);
    }

    /** Writes nothing more down. */
    @Override
    public void close() {
        scribe.shutdownNow();
    }
}

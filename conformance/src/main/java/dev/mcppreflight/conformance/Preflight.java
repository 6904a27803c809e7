package dev.mcppreflight.conformance;

import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.catalogue.Check;
import dev.mcppreflight.conformance.catalogue.Level;
import dev.mcppreflight.conformance.conversation.Contact;
import dev.mcppreflight.conformance.engine.CucumberEngine;
import dev.mcppreflight.conformance.report.CheckResult;
import dev.mcppreflight.conformance.report.Report;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Purpose;
import dev.mcppreflight.conformance.wire.Recording;
import dev.mcppreflight.conformance.wire.Redactor;
import dev.mcppreflight.conformance.wire.WireLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Checks a target: {@code Preflight.of(target).run()} answers a {@link Report}. Nothing else is needed to use the toolkit in
 * a program of one's own; {@link PreflightTests} does the same as tests of JUnit.
 */
public final class Preflight {

    /** The version of this tool. */
    public static final String VERSION = "0.1.0";

    private static final int DEFAULT_THREADS = 4;

    private static final Map.Entry<String, String> NOT_CONFIGURED = Map.entry("", "");

    /** How many processes of a local server may start at once; more only slow each other down. */
    private static final int MOST_PROCESSES = 2;

    private final Target target;
    private final String tags;
    private final Level weakest;
    private final int threads;
    private final List<String> clients;
    private final List<Path> features;
    private final Consumer<CheckResult> listener;
    private final Map.Entry<String, String> configuration;
    private final Duration soak;

    private Preflight(
            Target target,
            String tags,
            Level weakest,
            int threads,
            List<String> clients,
            List<Path> features,
            Consumer<CheckResult> listener,
            Map.Entry<String, String> configuration,
            Duration soak) {
        this.target = target;
        this.tags = tags;
        this.weakest = weakest;
        this.threads = threads;
        this.clients = List.copyOf(clients);
        this.features = List.copyOf(features);
        this.listener = listener;
        this.configuration = configuration;
        this.soak = soak;
    }

    /** All checks that fit the target, with four at once. */
    public static Preflight of(Target target) {
        return new Preflight(
                target,
                "",
                Level.ADVISORY,
                DEFAULT_THREADS,
                List.of(),
                List.of(),
                result -> {},
                NOT_CONFIGURED,
                Duration.ZERO);
    }

    /**
     * Only the checks whose tags fit.
     *
     * @param expression such as {@code @must and not @stdio}; null or blank for all
     * @throws IllegalArgumentException when it is no tag expression
     */
    public Preflight tags(String expression) {
        try {
            CucumberEngine.requireTagExpression(expression);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("no tag expression: " + e.getMessage(), e);
        }
        return new Preflight(
                target,
                expression == null ? "" : expression,
                weakest,
                threads,
                clients,
                features,
                listener,
                configuration,
                soak);
    }

    /** Only checks of at least this level; {@link Level#ADVISORY}, that is all, by default. */
    public Preflight level(Level level) {
        return new Preflight(target, tags, level, threads, clients, features, listener, configuration, soak);
    }

    /** How many checks run at once; 4 by default. */
    public Preflight threads(int count) {
        return new Preflight(target, tags, weakest, count, clients, features, listener, configuration, soak);
    }

    /**
     * Plays the sequence of these clients as well, with their own headers, and reports on them alone; by default all clients
     * that can reach such a target are judged by what the checks met.
     *
     * @param names such as chatgpt; see {@code preflight list clients}
     * @throws IllegalArgumentException when one of them is not known
     */
    public Preflight clients(List<String> names) {
        for (String name : names) {
            if (!Catalogue.clientNames().contains(name)) {
                throw new IllegalArgumentException(
                        "no client is called '" + name + "': " + String.join(", ", Catalogue.clientNames()));
            }
        }
        return new Preflight(target, tags, weakest, threads, names, features, listener, configuration, soak);
    }

    /**
     * Tells what a desktop host's configuration says of the target, so that it can be judged as well.
     *
     * @param file the name of the file
     * @param facts an object in JSON: {@code file}, {@code windows}, and either {@code problem} or {@code name} and
     *     {@code entry}; without the values of secrets
     */
    public Preflight configured(String file, String facts) {
        return new Preflight(target, tags, weakest, threads, clients, features, listener, Map.entry(file, facts), soak);
    }

    /**
     * Loads the target as well, when the checks are done: a large body, many sessions and streams, and streams and a session
     * that are left alone for that long. Not done by default.
     */
    public Preflight soak(Duration time) {
        return new Preflight(target, tags, weakest, threads, clients, features, listener, configuration, time);
    }

    /**
     * Plays features of one's own beside ours, in the words of the same phrasebook. Each file stands in a folder named after
     * its stage, such as {@code FOLDER/discovery/catalogue.feature}; each scenario has a tag as its id, such as
     * {@code @ACME-001}, a level such as {@code @must}, and its transports, such as {@code @sse @streamable @stdio}.
     *
     * @throws IllegalArgumentException when a file cannot be read, stands elsewhere, or lacks a tag
     */
    public Preflight features(Path folder) {
        OwnFeatures.require(folder);
        List<Path> more = new ArrayList<>(features);
        more.add(folder.toAbsolutePath());
        return new Preflight(target, tags, weakest, threads, clients, more, listener, configuration, soak);
    }

    /** Called once for each finished check, from several threads. */
    public Preflight onProgress(Consumer<CheckResult> consumer) {
        return new Preflight(target, tags, weakest, threads, clients, features, consumer, configuration, soak);
    }

    /** Every check there is, in the order of the ladder. */
    public static List<Check> checks() {
        return new CucumberEngine("", 1, List.of()).checks();
    }

    /** Runs the checks. Throws for nothing that a target does. */
    public Report run() {
        Instant startedAt = Instant.now();
        long start = System.nanoTime();
        try (Contact contact = Contact.with(target)) {
            Catalogue catalogue = new Catalogue();
            Judgement judgement = new Judgement(target, contact, catalogue);
            ConcurrentLinkedQueue<CheckResult> collected = new ConcurrentLinkedQueue<>();
            new CucumberEngine(selection(), target.isCommand() ? Math.min(threads, MOST_PROCESSES) : threads, features)
                    .run(contact, result -> {
                        CheckResult judged = judgement.withinRevision(result);
                        collected.add(judged);
                        listener.accept(judged);
                    });
            contact.settle();
            List<CheckResult> results = collected.stream()
                    .sorted(Comparator.comparing(CheckResult::check, CucumberEngine.LADDER_ORDER))
                    .toList();
            Map<String, List<Exchange>> visits = new LinkedHashMap<>();
            clients.forEach(name ->
                    visits.put(name, contact.visit(catalogue.client(name).orElseThrow())));
            List<Exchange> seen = new ArrayList<>(tags.isBlank() ? contact.survey(soak) : List.of());
            seen.addAll(contact.modernLog().exchanges());
            seen.addAll(configuration());
            return judgement.report(results, visits, seen, startedAt, (System.nanoTime() - start) / 1_000_000);
        }
    }

    /** The configuration as evidence like any other. */
    private List<Exchange> configuration() {
        if (configuration.equals(NOT_CONFIGURED)) {
            return List.of();
        }
        WireLog log = new WireLog(new Redactor(target.secrets()));
        Recording reading = log.begin(Purpose.CONFIGURATION, "FILE", configuration.getKey(), List.of(), "");
        reading.body(configuration.getValue());
        reading.ended();
        return log.exchanges();
    }

    private String selection() {
        List<String> parts = new ArrayList<>();
        parts.add(
                switch (target.transport()) {
                    case STDIO -> "@stdio";
                    case SSE -> "@sse";
                    case STREAMABLE -> "@streamable";
                    case AUTO -> "(@sse or @streamable)";
                });
        if (!tags.isBlank()) {
            parts.add("(" + tags + ")");
        }
        if (weakest != Level.ADVISORY) {
            List<String> levels = new ArrayList<>();
            for (Level level : Level.values()) {
                if (level.compareTo(weakest) <= 0) {
                    levels.add("@" + level.word());
                }
            }
            parts.add("(" + String.join(" or ", levels) + ")");
        }
        return String.join(" and ", parts);
    }
}

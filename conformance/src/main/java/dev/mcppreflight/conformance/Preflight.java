package dev.mcppreflight.conformance;

import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.catalogue.Check;
import dev.mcppreflight.conformance.catalogue.Client;
import dev.mcppreflight.conformance.catalogue.Level;
import dev.mcppreflight.conformance.catalogue.Requirement;
import dev.mcppreflight.conformance.catalogue.Revision;
import dev.mcppreflight.conformance.catalogue.Stage;
import dev.mcppreflight.conformance.conversation.Contact;
import dev.mcppreflight.conformance.diagnosis.Diagnosis;
import dev.mcppreflight.conformance.diagnosis.Diagnostician;
import dev.mcppreflight.conformance.diagnosis.Evidence;
import dev.mcppreflight.conformance.diagnosis.Hint;
import dev.mcppreflight.conformance.engine.CucumberEngine;
import dev.mcppreflight.conformance.readiness.Readiness;
import dev.mcppreflight.conformance.readiness.Situation;
import dev.mcppreflight.conformance.report.Advice;
import dev.mcppreflight.conformance.report.Baseline;
import dev.mcppreflight.conformance.report.CauseFinding;
import dev.mcppreflight.conformance.report.CheckResult;
import dev.mcppreflight.conformance.report.ClientReadiness;
import dev.mcppreflight.conformance.report.Outcome;
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
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Checks a target: {@code Preflight.of(target).run()} answers a {@link Report}. Nothing else is needed to use the toolkit in
 * a program of one's own; {@link PreflightTests} does the same as tests of JUnit.
 */
public final class Preflight {

    /** The version of this tool. */
    public static final String VERSION = "0.1.0";

    private static final int DEFAULT_THREADS = 4;
    /** The revision that a server may speak beside an older one. */
    private static final List<String> MODERN_ONLY = List.of(Revision.MODERN);

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
            ConcurrentLinkedQueue<CheckResult> collected = new ConcurrentLinkedQueue<>();
            new CucumberEngine(selection(), target.isCommand() ? Math.min(threads, MOST_PROCESSES) : threads, features)
                    .run(contact, result -> {
                        CheckResult judged = withinRevision(result, contact);
                        collected.add(judged);
                        listener.accept(judged);
                    });
            List<CheckResult> results = collected.stream()
                    .sorted(Comparator.comparing(CheckResult::check, CucumberEngine.LADDER_ORDER))
                    .toList();
            Map<String, List<Exchange>> visits = new LinkedHashMap<>();
            Catalogue catalogue = new Catalogue();
            clients.forEach(name ->
                    visits.put(name, contact.visit(catalogue.client(name).orElseThrow())));
            List<Exchange> seen = new ArrayList<>(tags.isBlank() ? contact.survey(soak) : List.of());
            seen.addAll(contact.modernLog().exchanges());
            seen.addAll(configuration());
            return report(contact, results, visits, seen, startedAt, (System.nanoTime() - start) / 1_000_000);
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

    /** A rule of another revision than the negotiated one says nothing about this server. */
    private static CheckResult withinRevision(CheckResult result, Contact contact) {
        boolean beforeHandshake = result.check().stage() == Stage.AUTHORIZATION;
        String revision = beforeHandshake ? contact.rules() : contact.revision();
        List<String> window = result.check().revisions();
        if (window.equals(MODERN_ONLY)) {
            // Whether it speaks that revision, beside another or alone, each of these found out by itself.
            return result;
        }
        // HTTP+SSE is defined in 2024-11-05 alone, whatever revision is negotiated over it.
        boolean ofTransport = result.check().transports().equals(Set.of("sse"));
        if (revision.isEmpty() || window.contains(revision) || ofTransport || result.outcome() == Outcome.BLOCKED) {
            return result;
        }
        return new CheckResult(
                result.check(),
                Outcome.NOT_APPLICABLE,
                "the rule holds for " + window.get(0) + " to " + window.get(window.size() - 1) + ", " + basis(contact)
                        + revision,
                "",
                "",
                "",
                "",
                "",
                "",
                List.of(),
                result.durationMillis());
    }

    private static String basis(Contact contact) {
        return contact.isModern()
                ? "the server speaks only "
                : contact.revision().isEmpty() ? "the sign-in is that of " : "negotiated was ";
    }

    private Report report(
            Contact contact,
            List<CheckResult> results,
            Map<String, List<Exchange>> visits,
            List<Exchange> seen,
            Instant startedAt,
            long millis) {
        Catalogue catalogue = new Catalogue();
        Evidence evidence = evidence(contact, results, seen);
        List<Diagnosis> diagnoses = Diagnostician.diagnose(evidence);
        int blocked = (int) results.stream()
                .filter(result -> result.outcome() == Outcome.BLOCKED)
                .count();
        List<CauseFinding> causes = new ArrayList<>();
        for (Diagnosis diagnosis : diagnoses) {
            catalogue
                    .cause(diagnosis.cause())
                    .ifPresent(cause -> causes.add(new CauseFinding(
                            cause, diagnosis.evidence(), diagnosis.checks(), causes.isEmpty() ? blocked : 0)));
        }
        List<CheckResult> explained = results.stream()
                .map(result -> explain(result, causes, catalogue))
                .toList();
        List<Hint> hints = Diagnostician.advice(evidence, diagnoses);
        List<Advice> advice = hints.stream()
                .flatMap(hint ->
                        catalogue
                                .cause(hint.cause())
                                .map(cause -> new Advice(cause.id(), cause.title(), hint.when()))
                                .stream())
                .toList();
        return new Report(
                VERSION,
                new Redactor(target.secrets()).text(target.address()),
                contact.transport().word(),
                contact.revision(),
                target.insecure(),
                startedAt,
                millis,
                causes,
                advice,
                readiness(situation(contact, causes, deployment(hints, catalogue), explained), visits, catalogue),
                explained,
                Baseline.Standing.NONE);
    }

    /** The causes that matter to a client once it can reach the target. */
    private static List<Cause> deployment(List<Hint> hints, Catalogue catalogue) {
        return hints.stream()
                .map(Hint::cause)
                .filter(Situation.DEPLOYMENT::contains)
                .flatMap(id -> catalogue.cause(id).stream())
                .toList();
    }

    private Situation situation(
            Contact contact, List<CauseFinding> causes, List<Cause> deployment, List<CheckResult> results) {
        Redactor redactor = new Redactor(target.secrets());
        return new Situation(
                target.isCommand() ? Client.Kind.COMMAND : Client.Kind.ADDRESS,
                redactor.text(target.address()),
                target.command().stream().map(redactor::text).toList(),
                contact.target().hasCredentials(),
                contact.transport().word(),
                contact.revision(),
                causes,
                deployment,
                results,
                contact.log().exchanges());
    }

    /** Of the clients that were asked for, or of all that can reach such a target. */
    private static List<ClientReadiness> readiness(
            Situation situation, Map<String, List<Exchange>> visits, Catalogue catalogue) {
        if (!visits.isEmpty()) {
            return visits.entrySet().stream()
                    .map(visit -> Readiness.of(
                            catalogue.client(visit.getKey()).orElseThrow(),
                            true,
                            situation,
                            visit.getValue(),
                            catalogue))
                    .toList();
        }
        return catalogue.clients().stream()
                .filter(client -> client.reach(situation.kind()).isPresent())
                .map(client -> Readiness.of(client, false, situation, List.of(), catalogue))
                .toList();
    }

    private static Evidence evidence(Contact contact, List<CheckResult> results, List<Exchange> seen) {
        Map<String, List<Exchange>> findings = new LinkedHashMap<>();
        results.stream()
                .filter(CheckResult::isFinding)
                .forEach(result -> findings.put(result.check().id(), result.exchanges()));
        Target target = contact.target();
        return new Evidence(
                target.isCommand() ? "" : target.url().toString(),
                contact.transport().word(),
                contact.revision(),
                contact.brokenAt().map(stage -> stage.word()).orElse(""),
                target.hasCredentials(),
                contact.log().exchanges(),
                findings,
                Stream.concat(
                                results.stream()
                                        .filter(result -> !result.isFinding())
                                        .flatMap(result -> result.exchanges().stream())
                                        .distinct(),
                                seen.stream())
                        .toList());
    }

    private static CheckResult explain(CheckResult result, List<CauseFinding> causes, Catalogue catalogue) {
        String id = result.check().id();
        if (result.outcome() == Outcome.BLOCKED && !causes.isEmpty()) {
            return result.explained("", "", "", causes.get(0).cause().id());
        }
        if (!result.isFinding()) {
            return result;
        }
        Cause cause = causes.stream()
                .filter(found -> found.checks().contains(id))
                .map(CauseFinding::cause)
                .findFirst()
                .orElse(null);
        Requirement requirement = catalogue.requirement(id).orElse(null);
        String because = requirement == null || requirement.because().isEmpty()
                ? cause == null ? "" : cause.because()
                : requirement.because();
        String fix = requirement == null || requirement.fix().isEmpty()
                ? cause == null ? "" : cause.fix()
                : requirement.fix();
        return result.explained(
                because, fix, requirement == null ? "" : requirement.source(), cause == null ? "" : cause.id());
    }
}

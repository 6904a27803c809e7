package dev.mcppreflight.conformance.watch;

import dev.mcppreflight.conformance.Preflight;
import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.catalogue.Check;
import dev.mcppreflight.conformance.catalogue.Client;
import dev.mcppreflight.conformance.catalogue.Level;
import dev.mcppreflight.conformance.catalogue.Revision;
import dev.mcppreflight.conformance.catalogue.Stage;
import dev.mcppreflight.conformance.diagnosis.Diagnosis;
import dev.mcppreflight.conformance.diagnosis.Diagnostician;
import dev.mcppreflight.conformance.diagnosis.Evidence;
import dev.mcppreflight.conformance.diagnosis.Overheard;
import dev.mcppreflight.conformance.readiness.Readiness;
import dev.mcppreflight.conformance.readiness.Situation;
import dev.mcppreflight.conformance.report.Advice;
import dev.mcppreflight.conformance.report.Baseline;
import dev.mcppreflight.conformance.report.CauseFinding;
import dev.mcppreflight.conformance.report.CheckResult;
import dev.mcppreflight.conformance.report.ClientReadiness;
import dev.mcppreflight.conformance.report.Outcome;
import dev.mcppreflight.conformance.report.Report;
import dev.mcppreflight.conformance.wire.Exchange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What was seen of clients in the form of a report: each attempt of a client is a check of the server, and the last attempt of
 * each client says how things stand.
 */
public final class VisitReport {

    private final Catalogue catalogue = new Catalogue();
    private final String address;
    private final Instant startedAt;

    private VisitReport(String address, Instant startedAt) {
        this.address = address;
        this.startedAt = startedAt;
    }

    /**
     * The report about these attempts.
     *
     * @param address of the server, without secrets
     * @param startedAt when watching began
     */
    public static Report of(List<Watched.Visit> visits, String address, Instant startedAt) {
        return new VisitReport(address, startedAt).report(visits);
    }

    private Report report(List<Watched.Visit> visits) {
        Map<String, Watched.Visit> latest = new LinkedHashMap<>();
        visits.forEach(visit -> latest.put(visit.client().title(), visit));
        Map<String, CauseFinding> causes = new LinkedHashMap<>();
        List<Advice> advice = new ArrayList<>();
        List<ClientReadiness> clients = new ArrayList<>();
        latest.values().forEach(visit -> {
            List<CauseFinding> found = causes(visit);
            found.forEach(each -> causes.putIfAbsent(each.cause().id(), each));
            readiness(visit, found).forEach(clients::add);
        });
        List<CheckResult> checks = visits.stream().map(this::check).toList();
        Overheard last = visits.isEmpty()
                ? Overheard.of(List.of())
                : visits.get(visits.size() - 1).overheard();
        return new Report(
                Preflight.VERSION,
                address,
                visits.isEmpty() ? "auto" : last.transport(),
                last.revision(),
                false,
                startedAt,
                Duration.between(startedAt, Instant.now()).toMillis(),
                List.copyOf(causes.values()),
                advice,
                clients,
                checks,
                Baseline.Standing.NONE);
    }

    /** The causes of one attempt, the root first. */
    List<CauseFinding> causes(Watched.Visit visit) {
        List<CauseFinding> causes = new ArrayList<>();
        for (Diagnosis found : Diagnostician.diagnose(visit.overheard().evidence())) {
            catalogue
                    .cause(found.cause())
                    .ifPresent(cause -> causes.add(new CauseFinding(cause, found.evidence(), List.of(id(visit)), 0)));
        }
        return causes;
    }

    private static String id(Watched.Visit visit) {
        return String.format(Locale.ROOT, "WATCH-%03d", visit.number());
    }

    private CheckResult check(Watched.Visit visit) {
        List<CauseFinding> causes = causes(visit);
        Overheard overheard = visit.overheard();
        Stage stage = overheard.brokenAt().isEmpty() ? Stage.CLIENTS : Stage.of(overheard.brokenAt());
        Check check = new Check(
                id(visit),
                visit.client().title() + " connects",
                stage.word() + "/watch",
                stage,
                Level.MUST,
                List.of(id(visit)),
                Set.of(overheard.transport()),
                Revision.ALL.get(0),
                Revision.newest());
        Outcome outcome = outcome(overheard, causes);
        boolean finding = outcome == Outcome.FAILED || outcome == Outcome.WARNED;
        Cause cause = causes.isEmpty() ? null : causes.get(0).cause();
        List<Exchange> exchanges = overheard.exchanges();
        long millis = visit.taken().isEmpty()
                ? 0
                : Duration.between(
                                visit.taken().get(0).at(),
                                visit.taken().get(visit.taken().size() - 1).at())
                        .toMillis();
        return new CheckResult(
                check,
                outcome,
                finding || outcome == Outcome.PASSED ? "" : reason(overheard),
                finding ? visit.client().title() + " to see the tools" : "",
                finding ? observed(overheard, causes) : "",
                finding && cause != null ? cause.because() : "",
                finding && cause != null ? cause.fix() : "",
                finding && cause != null && !cause.sources().isEmpty()
                        ? cause.sources().get(0)
                        : "",
                finding && cause != null ? cause.id() : "",
                exchanges,
                millis);
    }

    private static Outcome outcome(Overheard overheard, List<CauseFinding> causes) {
        boolean grave = causes.stream()
                .map(found -> found.cause().severity())
                .anyMatch(severity -> severity == Cause.Severity.BLOCKER);
        boolean minded = causes.stream()
                .map(found -> found.cause().severity())
                .anyMatch(severity -> severity != Cause.Severity.INFO);
        if (overheard.isThrough() && !grave) {
            return minded ? Outcome.WARNED : Outcome.PASSED;
        }
        return minded ? Outcome.FAILED : Outcome.NOT_TESTED;
    }

    private static String reason(Overheard overheard) {
        return overheard.brokenAt().equals(Stage.AUTHORIZATION.word())
                ? "the server asked for a sign-in, and the client did not come back with one"
                : "the client did not go on, and nothing that was seen says why";
    }

    private static String observed(Overheard overheard, List<CauseFinding> causes) {
        return causes.isEmpty() || causes.get(0).evidence().isEmpty()
                ? "the attempt ended at " + overheard.brokenAt()
                : causes.get(0).evidence().get(0);
    }

    /** How the client that it looks like judges what it met. */
    private List<ClientReadiness> readiness(Watched.Visit visit, List<CauseFinding> causes) {
        Overheard overheard = visit.overheard();
        // Who stopped for reasons of its own says nothing about the server.
        boolean telling = overheard.isThrough() || !causes.isEmpty();
        Evidence evidence = overheard.evidence();
        Situation situation = new Situation(
                Client.Kind.ADDRESS,
                address,
                List.of(),
                evidence.hasCredentials(),
                overheard.transport(),
                overheard.revision(),
                causes,
                List.of(),
                List.of(),
                evidence.contact());
        return visit.client().clients().stream()
                .limit(telling ? 1 : 0)
                .flatMap(name -> catalogue.client(name).stream())
                .map(client -> Readiness.of(client, false, situation, overheard.exchanges(), catalogue))
                // Who got through was not kept out, whatever is known of others of its kind.
                .filter(readiness -> !overheard.isThrough()
                        || !causes.isEmpty()
                        || !readiness.verdict().equals("not-ready"))
                .toList();
    }
}

package dev.mcppreflight.conformance;

import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.catalogue.Client;
import dev.mcppreflight.conformance.catalogue.Requirement;
import dev.mcppreflight.conformance.catalogue.Revision;
import dev.mcppreflight.conformance.catalogue.Stage;
import dev.mcppreflight.conformance.conversation.Contact;
import dev.mcppreflight.conformance.diagnosis.Diagnosis;
import dev.mcppreflight.conformance.diagnosis.Diagnostician;
import dev.mcppreflight.conformance.diagnosis.Evidence;
import dev.mcppreflight.conformance.diagnosis.Hint;
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
import dev.mcppreflight.conformance.wire.Redactor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What a run amounts to: the causes behind its findings, the advice, and how ready the target is for each client. */
final class Judgement {

    /** The revision that a server may speak beside an older one. */
    private static final List<String> MODERN_ONLY = List.of(Revision.MODERN);

    private final Target target;
    private final Contact contact;
    private final Catalogue catalogue;

    /**
     * Prepares it.
     *
     * @param target as the operator named it
     * @param contact as it was met, perhaps with a token that signing in brought
     */
    Judgement(Target target, Contact contact, Catalogue catalogue) {
        this.target = target;
        this.contact = contact;
        this.catalogue = catalogue;
    }

    /** A rule of another revision than the negotiated one says nothing about this server. */
    CheckResult withinRevision(CheckResult result) {
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
                "the rule holds for " + window.get(0) + " to " + window.get(window.size() - 1) + ", " + basis()
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

    private String basis() {
        return contact.isModern()
                ? "the server speaks only "
                : contact.revision().isEmpty() ? "the sign-in is that of " : "negotiated was ";
    }

    /**
     * The report of a run.
     *
     * @param visits what each client met that was asked for by name
     * @param seen what was seen beside the checks
     */
    Report report(
            List<CheckResult> results,
            Map<String, List<Exchange>> visits,
            List<Exchange> seen,
            Instant startedAt,
            long millis) {
        Evidence evidence = evidence(results, seen);
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
        List<CheckResult> explained =
                results.stream().map(result -> explain(result, causes)).toList();
        List<Hint> hints = Diagnostician.advice(evidence, diagnoses);
        List<Advice> advice = hints.stream()
                .flatMap(hint ->
                        catalogue
                                .cause(hint.cause())
                                .map(cause -> new Advice(cause.id(), cause.title(), hint.when()))
                                .stream())
                .toList();
        return new Report(
                Preflight.VERSION,
                new Redactor(target.secrets()).text(target.address()),
                contact.transport().word(),
                contact.revision(),
                target.insecure(),
                startedAt,
                millis,
                causes,
                advice,
                readiness(situation(causes, deployment(hints), explained), visits),
                explained,
                Baseline.Standing.NONE);
    }

    /** The causes that matter to a client once it can reach the target. */
    private List<Cause> deployment(List<Hint> hints) {
        return hints.stream()
                .map(Hint::cause)
                .filter(Situation.DEPLOYMENT::contains)
                .flatMap(id -> catalogue.cause(id).stream())
                .toList();
    }

    private Situation situation(List<CauseFinding> causes, List<Cause> deployment, List<CheckResult> results) {
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
    private List<ClientReadiness> readiness(Situation situation, Map<String, List<Exchange>> visits) {
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

    private Evidence evidence(List<CheckResult> results, List<Exchange> seen) {
        Map<String, List<Exchange>> findings = new LinkedHashMap<>();
        results.stream()
                .filter(CheckResult::isFinding)
                .forEach(result -> findings.put(result.check().id(), result.exchanges()));
        Target played = contact.target();
        return new Evidence(
                played.isCommand() ? "" : played.url().toString(),
                contact.transport().word(),
                contact.revision(),
                contact.brokenAt().map(stage -> stage.word()).orElse(""),
                played.hasCredentials(),
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

    private CheckResult explain(CheckResult result, List<CauseFinding> causes) {
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

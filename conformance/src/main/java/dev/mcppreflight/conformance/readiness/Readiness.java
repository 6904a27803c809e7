package dev.mcppreflight.conformance.readiness;

import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.catalogue.Client;
import dev.mcppreflight.conformance.catalogue.Client.Basis;
import dev.mcppreflight.conformance.catalogue.Client.Kind;
import dev.mcppreflight.conformance.catalogue.Client.Reach;
import dev.mcppreflight.conformance.catalogue.Client.Rule;
import dev.mcppreflight.conformance.catalogue.Client.Weight;
import dev.mcppreflight.conformance.catalogue.DiscoverAnswer;
import dev.mcppreflight.conformance.catalogue.Requirement;
import dev.mcppreflight.conformance.diagnosis.Diagnostician;
import dev.mcppreflight.conformance.report.CauseFinding;
import dev.mcppreflight.conformance.report.CheckResult;
import dev.mcppreflight.conformance.report.ClientReadiness;
import dev.mcppreflight.conformance.report.ClientReadiness.Measured;
import dev.mcppreflight.conformance.report.Outcome;
import dev.mcppreflight.conformance.wire.Exchange;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The judgement about one client: from the causes that were found, from what its own sequence met, and from what is known of
 * it. Where nobody knows, that is said, and warned of.
 */
public final class Readiness {

    /** How the absence of a sign-in shows. A client whose user enters a key does without. */
    private static final Set<String> SIGN_IN =
            Set.of("AUTH-001", "AUTH-002", "AUTH-006", "AUTH-007", "AUTH-008", "AUTH-009", "AUTH-037");

    private static final Basis OBSERVED = new Basis("measured", "", List.of());
    private static final Basis UNKNOWN = new Basis("unknown", "", List.of());

    private final Client client;
    private final Situation situation;
    private final List<Exchange> visit;
    private final Sightings seen;
    private final Optional<Reach> reach;
    private final SignIn signIn;
    private final Reasons reasons;

    private Readiness(Client client, Situation situation, List<Exchange> visit, Catalogue catalogue) {
        this.client = client;
        this.reasons = new Reasons(id -> catalogue
                .cause(id)
                .map(Cause::fix)
                .or(() -> catalogue.requirement(id).map(Requirement::fix))
                .orElse(""));
        this.situation = situation;
        this.visit = visit;
        this.seen = new Sightings(situation, visit);
        this.reach = client.reach(situation.kind());
        this.signIn = SignIn.of(seen, situation.kind() == Kind.ADDRESS && client.asksDiscoverFirst());
    }

    /**
     * The judgement about a client.
     *
     * @param asked whether the operator asked for it
     * @param visit what its own sequence met; none when it was not played
     * @param catalogue where it stands what to do about the reasons
     */
    public static ClientReadiness of(
            Client client, boolean asked, Situation situation, List<Exchange> visit, Catalogue catalogue) {
        return new Readiness(client, situation, visit, catalogue).judge(asked);
    }

    private ClientReadiness judge(boolean asked) {
        if (reach.isEmpty()) {
            unreachable();
        } else {
            answerToDiscover();
            revision();
            causes();
            checks();
            signIn();
            end();
            listening();
            contract();
            deployment();
        }
        List<Measured> limits = reach.isEmpty() ? List.of() : limits();
        String verdict = verdict();
        boolean nextIsDue = reach.isPresent() && (asked || !verdict.equals("not-ready"));
        return new ClientReadiness(
                client.name(),
                client.title(),
                client.date(),
                asked,
                verdict,
                reasons.ids(),
                reasons.sorted(),
                limits,
                nextIsDue ? Optional.of(new NextSteps(client, situation, seen, signIn.way()).next()) : Optional.empty(),
                visit);
    }

    private String verdict() {
        if (reasons.has(Weight.BLOCKS)) {
            return "not-ready";
        }
        if (reach.filter(Reach::hosted).isPresent() && situation.isPrivate()) {
            return "ready-when-public";
        }
        return reasons.has(Weight.WARNS) ? "ready-with-warnings" : "ready";
    }

    private void unreachable() {
        reasons.add(
                situation.kind() == Kind.COMMAND ? Situation.LOCAL : "",
                Weight.BLOCKS,
                situation.kind() == Kind.COMMAND
                        ? client.title() + " starts no command: it takes an address."
                        : client.title() + " takes no address.",
                OBSERVED,
                List.of(situation.address()));
    }

    // ---- what its sequence met

    private void answerToDiscover() {
        if (!client.asksDiscoverFirst()) {
            return;
        }
        seen.discover().ifPresent(exchange -> {
            DiscoverAnswer answer = DiscoverAnswer.of(exchange);
            // After 400 it was seen to go on, so that there is nothing to say.
            if (exchange.status() != 400) {
                client.discoverRule(answer.word())
                        .ifPresent(rule -> reasons.add(
                                rule.weight() == Weight.NOTES ? "" : "MCP-001",
                                rule.weight(),
                                rule.says(),
                                rule.basis(),
                                List.of(Diagnostician.line(exchange))));
            }
        });
    }

    /** Who begins with initialize gets no further with a server that knows only the revision without it. */
    private void revision() {
        if (situation.speaksModernOnly() && !client.asksDiscoverFirst()) {
            reasons.add(
                    "MCP-002",
                    Weight.BLOCKS,
                    "Its first message is initialize, and the server speaks only the revision that has none.",
                    OBSERVED,
                    seen.refusedHandshake().map(Diagnostician::line).stream().toList());
        }
    }

    /** Where the sequence ended before the tools, and no reason says why, the last exchange does. */
    private void end() {
        if (seen.visitReachedTools() || reasons.has(Weight.BLOCKS) || signIn.isClosed()) {
            return;
        }
        if (!visit.isEmpty()) {
            Exchange last = visit.get(visit.size() - 1);
            reasons.add(
                    causeOfEnd(last),
                    Weight.BLOCKS,
                    "Played in its place, the sequence of " + client.name() + " ended before the tools were listed.",
                    OBSERVED,
                    List.of(Diagnostician.line(last)));
        } else if (!situation.isOpened() && discovers()) {
            reasons.add(
                    "",
                    Weight.WARNS,
                    "server/discover was answered well; what comes after it was not tried: --client " + client.name()
                            + ".",
                    UNKNOWN,
                    seen.discover().map(Diagnostician::line).stream().toList());
        } else if (!situation.isOpened()) {
            CauseFinding root = situation.causes().stream().findFirst().orElse(null);
            if (root != null) {
                reasons.add(root.cause(), Weight.BLOCKS.word(), root.evidence());
            } else {
                List<String> evidence = situation.contact().stream()
                        .limit(1)
                        .map(Diagnostician::line)
                        .toList();
                reasons.add("", Weight.BLOCKS, "No handshake came about.", OBSERVED, evidence);
            }
        }
    }

    /** Whether it speaks the modern revision with a client that asks for it. */
    private boolean discovers() {
        return client.asksDiscoverFirst()
                && seen.discover()
                        .filter(exchange -> DiscoverAnswer.of(exchange) == DiscoverAnswer.RESULT)
                        .isPresent();
    }

    private String causeOfEnd(Exchange last) {
        boolean othersGotIn = situation.isOpened();
        if (othersGotIn && last.status() == 403) {
            return "NET-023";
        }
        boolean silent = last.status() == 0 || last.failure() != null;
        if (othersGotIn && silent && !client.manner().encodings().isEmpty()) {
            return "SSE-005";
        }
        if (Sightings.method(last).equals("tools/list") && discovers()) {
            return "MCP-022";
        }
        boolean noFallBack =
                situation.transport().equals("sse") && last.method().equals("POST");
        return noFallBack && client.rule("MCPR-003").isPresent() ? "MCPR-003" : "";
    }

    private void listening() {
        seen.listening()
                .filter(exchange -> client.manner().listens().equals("when-announced"))
                .filter(exchange -> exchange.status() == 0)
                .ifPresent(exchange -> reasons.add(
                        "HTTP-010",
                        Weight.WARNS,
                        "It announces changes, and answers the request for their stream by nothing, not even headers.",
                        UNKNOWN,
                        List.of(Diagnostician.line(exchange))));
    }

    // ---- what the run found

    private void causes() {
        for (CauseFinding found : situation.causes()) {
            Cause cause = found.cause();
            Optional<Rule> rule = ruleOfChecks(found).or(() -> client.rule(cause.id()));
            Optional<Weight> weight =
                    rule.map(Rule::weight).or(() -> minds(cause) ? severity(cause) : Optional.empty());
            if (weight.isEmpty() || SIGN_IN.contains(cause.id()) && signIn.isKey() && entersKeys()) {
                continue;
            }
            if (rule.isPresent()) {
                reasons.add(
                        cause.id(), weight.get(), rule.get().says(), rule.get().basis(), found.evidence());
            } else {
                reasons.add(cause, weight.get().word(), found.evidence());
            }
        }
    }

    /** Where the client has a rule for every check that shows a cause, the gravest of these says more than that of the cause. */
    private Optional<Rule> ruleOfChecks(CauseFinding found) {
        List<Optional<Rule>> rules = found.checks().stream().map(client::rule).toList();
        return rules.stream().allMatch(Optional::isPresent)
                ? rules.stream().flatMap(Optional::stream).min(Comparator.comparing(Rule::weight))
                : Optional.empty();
    }

    private boolean minds(Cause cause) {
        return cause.clients().contains("any")
                || cause.clients().stream().anyMatch(reach.orElseThrow().causes()::contains);
    }

    private static Optional<Weight> severity(Cause cause) {
        return switch (cause.severity()) {
            case BLOCKER -> Optional.of(Weight.BLOCKS);
            case MAJOR -> Optional.of(Weight.WARNS);
            default -> Optional.empty();
        };
    }

    private void checks() {
        for (CheckResult result : situation.checks()) {
            if (result.isFinding()) {
                client.rule(result.check().id()).ifPresent(rule -> {
                    String id = result.cause().isEmpty() ? result.check().id() : result.cause();
                    reasons.add(id, rule.weight(), rule.says(), rule.basis(), List.of(result.observed()));
                });
            }
        }
    }

    /** Deep research uses two tools alone, and what could not be tried of them is open. */
    private void contract() {
        if (!client.needsSearchAndFetch() || seen.tools().isEmpty()) {
            return;
        }
        if (!SearchAndFetch.isOffered(seen.tools())) {
            client.rule("TOOL-019")
                    .ifPresent(rule -> reasons.add(
                            rule.id(),
                            rule.weight(),
                            rule.says(),
                            rule.basis(),
                            List.of("tools/list has " + String.join(", ", SearchAndFetch.names(seen.tools())))));
            return;
        }
        situation.checks().stream()
                .filter(result -> result.outcome() == Outcome.NOT_TESTED)
                .filter(result -> client.rule(result.check().id()).isPresent())
                .findFirst()
                .ifPresent(result -> reasons.add(
                        "",
                        Weight.WARNS,
                        "What search and fetch return was not tried: " + result.reason(),
                        UNKNOWN,
                        List.of()));
    }

    // ---- the way in

    private void signIn() {
        if (!signIn.isClosed()) {
            return;
        }
        Exchange challenge = signIn.challenge().orElseThrow();
        List<String> evidence = List.of(Diagnostician.line(challenge));
        boolean gotIn = situation.credentials() && situation.isOpened();
        if (signIn.isKey() && !entersKeys()) {
            String id = challenge.header("WWW-Authenticate").isPresent() ? "AUTH-006" : "AUTH-001";
            reasons.add(
                    id,
                    Weight.BLOCKS,
                    "It asks for a credential and publishes no way to sign in; " + client.name()
                            + " sends no key of its user's.",
                    client.rule("AUTH-037").map(Rule::basis).orElse(OBSERVED),
                    evidence);
        } else if (signIn.isKey()) {
            client.rule("AUTH-037")
                    .ifPresent(rule -> reasons.add(rule.id(), rule.weight(), rule.says(), rule.basis(), evidence));
        }
        if (!gotIn && !reasons.has(Weight.BLOCKS)) {
            reasons.add(
                    "",
                    Weight.WARNS,
                    "What lies behind the credential was not tried: --bearer TOKEN or --header 'NAME: VALUE'.",
                    UNKNOWN,
                    evidence);
        }
    }

    private boolean entersKeys() {
        return client.authentication("key").isPresent();
    }

    // ---- where the target is

    private void deployment() {
        boolean hosted = reach.orElseThrow().hosted();
        for (Cause cause : situation.deployment()) {
            if (hosted && (minds(cause) || cause.id().equals(Situation.LOCAL))) {
                Optional<Rule> rule = client.rule(cause.id());
                List<String> evidence = List.of(situation.address());
                if (situation.isPrivate()
                        && rule.filter(it -> it.weight() == Weight.NOTES).isEmpty()) {
                    reasons.add(cause, Reasons.LATER, evidence);
                } else if (rule.isPresent()) {
                    reasons.add(
                            cause.id(),
                            rule.get().weight(),
                            rule.get().says(),
                            rule.get().basis(),
                            evidence);
                } else {
                    severity(cause).ifPresent(weight -> reasons.add(cause, weight.word(), evidence));
                }
            }
        }
    }

    private List<Measured> limits() {
        return client.limits().stream()
                .map(limit -> {
                    Optional<Long> value = seen.measured(limit.measure());
                    if (limit.most().isPresent()
                            && value.filter(it -> it > limit.most().get()).isPresent()) {
                        String id = limit.measure().equals("tool-name") ? "TOOL-002" : "";
                        Weight weight = limit.measure().equals("instructions") ? Weight.NOTES : Weight.WARNS;
                        reasons.add(id, weight, Limits.words(limit, value.get()), limit.basis(), List.of());
                    }
                    return new Measured(limit.measure(), limit.most(), value, limit.says());
                })
                .toList();
    }
}

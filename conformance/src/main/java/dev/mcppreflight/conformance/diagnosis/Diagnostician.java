package dev.mcppreflight.conformance.diagnosis;

import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.wire.Exchange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** From evidence to causes. Pure: the same evidence gives the same answer, and nobody is asked. */
public final class Diagnostician {

    private static final int MOST_LINES = 3;

    private Diagnostician() {}

    /**
     * The causes that the evidence shows, the root cause first: what blocks or hurts clients in the order of the ladder,
     * then the rest in the same order. What follows from another cause is left out, and its checks are put down to that.
     */
    public static List<Diagnosis> diagnose(Evidence evidence) {
        if (evidence.contact().isEmpty()) {
            return List.of();
        }
        Map<String, Finding> found = new LinkedHashMap<>();
        Case it = new Case(evidence);
        for (Rule rule : Rules.all()) {
            Exchanges shown = rule.signature().apply(it);
            if (shown.any()) {
                found.merge(rule.cause(), finding(rule, shown, evidence), Finding::with);
            }
        }
        return roots(ordered(List.copyOf(found.values())), it.isBroken()).stream()
                .map(Finding::diagnosis)
                .toList();
    }

    /** Every cause that can be found in evidence, in the order of the ladder. */
    public static List<String> findable() {
        return Rules.all().stream().map(Rule::cause).distinct().toList();
    }

    /** One line for people about an exchange. */
    public static String line(Exchange exchange) {
        return EvidenceLine.of(new Sight(exchange, ""));
    }

    /** Every cause that can be hinted at. */
    public static List<String> advisable() {
        return Hints.causes();
    }

    /**
     * What was not found and can matter for this target all the same: what matters only once it is public, and, after a
     * pass, what nobody can see from here.
     *
     * @param diagnoses what was found
     */
    public static List<Hint> advice(Evidence evidence, List<Diagnosis> diagnoses) {
        if (evidence.contact().isEmpty()) {
            return List.of();
        }
        Catalogue catalogue = new Catalogue();
        boolean passed = evidence.brokenAt().isEmpty()
                && diagnoses.stream()
                        .allMatch(found -> weight(catalogue.cause(found.cause())) > Cause.Severity.MAJOR.ordinal());
        return Hints.of(new Case(evidence), passed);
    }

    /** A cause with everything that shows it. */
    private record Finding(String cause, List<Sight> sights, Set<String> checks) {

        Finding with(Finding other) {
            List<Sight> allSights = new ArrayList<>(sights);
            allSights.addAll(other.sights);
            return new Finding(cause, allSights, union(checks, other.checks));
        }

        Finding answeringFor(Finding consequence) {
            return new Finding(cause, sights, union(checks, consequence.checks));
        }

        Diagnosis diagnosis() {
            List<String> lines = sights.stream()
                    .map(EvidenceLine::of)
                    .distinct()
                    .limit(MOST_LINES)
                    .toList();
            return new Diagnosis(cause, lines, List.copyOf(checks));
        }

        private static Set<String> union(Set<String> some, Set<String> more) {
            Set<String> both = new LinkedHashSet<>(some);
            both.addAll(more);
            return both;
        }
    }

    private static Finding finding(Rule rule, Exchanges shown, Evidence evidence) {
        Set<String> checks = new LinkedHashSet<>();
        evidence.findings().forEach((check, exchanges) -> {
            boolean rests = exchanges.stream()
                    .anyMatch(exchange -> shown.sights().stream().anyMatch(sight -> sight.isOf(exchange)));
            if (rule.provers().map(provers -> provers.contains(check)).orElse(rests)) {
                checks.add(check);
            }
        });
        return new Finding(rule.cause(), shown.sights(), checks);
    }

    /** What is no consequence of another cause. Where the first contact broke, nearly everything is one of the first. */
    private static List<Finding> roots(List<Finding> found, boolean broken) {
        List<Finding> roots = new ArrayList<>();
        for (Finding candidate : found) {
            int hider = hider(candidate, found);
            boolean follows = broken && !roots.isEmpty() && !Precedence.isIndependent(candidate.cause());
            if (hider < 0 && !follows) {
                roots.add(candidate);
            } else if (!roots.isEmpty()) {
                String cause =
                        hider < 0 ? roots.get(0).cause() : found.get(hider).cause();
                roots.replaceAll(root -> root.cause().equals(cause) ? root.answeringFor(candidate) : root);
            }
        }
        return roots;
    }

    private static int hider(Finding candidate, List<Finding> found) {
        for (int i = 0; i < found.size(); i++) {
            if (Precedence.hides(found.get(i).cause(), candidate.cause())) {
                return i;
            }
        }
        return -1;
    }

    /** A trifle at a low rung is not the root of a blocker above it. */
    private static List<Finding> ordered(List<Finding> found) {
        if (found.size() < 2) {
            return found;
        }
        Catalogue catalogue = new Catalogue();
        return found.stream()
                .sorted(Comparator.comparingInt(finding -> weight(catalogue.cause(finding.cause()))))
                .toList();
    }

    /** What blocks and what hurts are one: there the ladder decides. */
    private static int weight(Optional<Cause> cause) {
        return cause.map(Cause::severity)
                .map(severity -> Math.max(severity.ordinal(), Cause.Severity.MAJOR.ordinal()))
                .orElse(Integer.MAX_VALUE);
    }
}

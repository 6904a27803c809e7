package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Findings that are known and accepted for now, so that a build stops only at new ones. It is a YAML file that people keep
 * beside their code, with a reason in a comment; what it accepts has to stay true, or it is stale.
 *
 * @param checks the accepted outcome of each check, FAILED or WARNED
 * @param causes the accepted causes that show in no check
 */
public record Baseline(Map<String, Outcome> checks, Set<String> causes) {

    /** Copies the collections. */
    public Baseline {
        checks = new LinkedHashMap<>(checks);
        causes = new LinkedHashSet<>(causes);
    }

    /** Everything that this report finds. */
    public static Baseline of(Report report) {
        Map<String, Outcome> checks = new LinkedHashMap<>();
        report.checks().stream()
                .filter(CheckResult::isFinding)
                .forEach(result -> checks.put(result.check().id(), result.outcome()));
        Set<String> causes = report.causes().stream()
                .filter(found -> found.checks().isEmpty())
                .map(CauseFinding::cause)
                .filter(cause -> cause.severity() != Cause.Severity.INFO)
                .map(Cause::id)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new Baseline(checks, causes);
    }

    /**
     * Reads a baseline.
     *
     * @param name what to call it in an error message
     * @throws IllegalArgumentException when it is none, with one line that says why
     */
    public static Baseline parse(String text, String name) {
        Json file = Yaml.parse(text, name);
        if (!file.isObject() || !Set.of("checks", "causes").containsAll(file.names())) {
            throw new IllegalArgumentException(name + " is no baseline: it takes 'checks' and 'causes'");
        }
        Map<String, Outcome> checks = new LinkedHashMap<>();
        for (String id : file.get("checks").names()) {
            checks.put(id, outcome(id, file.get("checks").get(id).text(), name));
        }
        return new Baseline(
                checks,
                file.get("causes").items().stream()
                        .map(Json::text)
                        .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    private static Outcome outcome(String id, String word, String name) {
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "FAILED" -> Outcome.FAILED;
            case "WARNED" -> Outcome.WARNED;
            default ->
                throw new IllegalArgumentException(
                        name + " accepts " + id + " as '" + word + "': it takes FAILED or WARNED");
        };
    }

    /** The file for this report, with the name of each check beside it. */
    public String text(Report report) {
        Map<String, String> names = report.checks().stream()
                .collect(Collectors.toMap(
                        result -> result.check().id(), result -> result.check().name(), (a, b) -> a));
        StringBuilder text = new StringBuilder()
                .append("# What is known to be wrong with ")
                .append(Printable.line(report.address(), 200))
                .append(
                        ",\n# accepted for now: say why beside it. An entry that is no longer true fails the check: delete it.\n")
                .append(checks.isEmpty() ? "checks: {}\n" : "checks:\n");
        checks.forEach((id, outcome) -> text.append("  ")
                .append(id)
                .append(": ")
                .append(outcome)
                .append(" # ")
                .append(Printable.line(names.getOrDefault(id, "")))
                .append('\n'));
        if (!causes.isEmpty()) {
            text.append("causes: [").append(String.join(", ", causes)).append("]\n");
        }
        return text.toString();
    }

    /** What of it still holds for this report. */
    public Standing against(Report report) {
        Map<String, Outcome> outcomes = report.checks().stream()
                .collect(Collectors.toMap(
                        result -> result.check().id(), CheckResult::outcome, (a, b) -> a, LinkedHashMap::new));
        List<String> known = new ArrayList<>();
        List<Stale> stale = new ArrayList<>();
        checks.forEach((id, accepted) -> {
            Outcome now = outcomes.get(id);
            if (now == accepted) {
                known.add(id);
            } else if (now != null && mended(accepted, now)) {
                stale.add(new Stale(id, now));
            }
        });
        causes(report, known, stale);
        return new Standing(true, known, stale);
    }

    /** A cause is known when it is accepted itself, or with all checks that it shows in. */
    private void causes(Report report, List<String> known, List<Stale> stale) {
        Set<String> found = new LinkedHashSet<>();
        for (CauseFinding finding : report.causes()) {
            String id = finding.cause().id();
            found.add(id);
            boolean byChecks = !finding.checks().isEmpty() && known.containsAll(finding.checks());
            if (causes.contains(id) || byChecks) {
                known.add(id);
            }
        }
        // Where a lower rung broke, nobody knows whether it is still there.
        boolean judged = report.totals().get(Outcome.BLOCKED) == 0;
        causes.stream()
                .filter(id -> judged && !found.contains(id))
                .forEach(id -> stale.add(new Stale(id, Outcome.PASSED)));
    }

    private static boolean mended(Outcome accepted, Outcome now) {
        return switch (now) {
            case PASSED, NOT_APPLICABLE -> true;
            case WARNED -> accepted == Outcome.FAILED;
            // Worse than accepted is a new finding; what could not be judged proves nothing.
            default -> false;
        };
    }

    /**
     * An entry that is no longer true.
     *
     * @param id of the check or cause
     * @param now what has become of it
     */
    public record Stale(String id, Outcome now) {}

    /**
     * A baseline beside a report.
     *
     * @param given whether there is a baseline at all
     * @param known the ids of findings and causes that it accepts
     * @param stale its entries that are no longer true
     */
    public record Standing(boolean given, List<String> known, List<Stale> stale) {

        /** No baseline. */
        public static final Standing NONE = new Standing(false, List.of(), List.of());

        /** Copies the lists. */
        public Standing {
            known = List.copyOf(known);
            stale = List.copyOf(stale);
        }

        /** Whether the finding or cause of this id is accepted. */
        public boolean accepts(String id) {
            return known.contains(id);
        }
    }
}

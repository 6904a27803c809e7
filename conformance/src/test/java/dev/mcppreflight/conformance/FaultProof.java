package dev.mcppreflight.conformance;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.report.Advice;
import dev.mcppreflight.conformance.report.CauseFinding;
import dev.mcppreflight.conformance.report.CheckResult;
import dev.mcppreflight.conformance.report.Outcome;
import dev.mcppreflight.conformance.report.Report;
import dev.mcppreflight.conformance.report.Verdict;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the reports about a fault have to say, and those about a healthy server must not. */
final class FaultProof {

    private FaultProof() {}

    /** The faults that {@code -Dpreflight.fault=ID,ID} names, or all of them. */
    static Stream<Fault> faults() {
        Set<String> named = Set.of(System.getProperty("preflight.fault", "").split(","));
        return Fault.all().stream().filter(fault -> named.contains("") || named.contains(fault.id()));
    }

    /** The first cause is the fault's, nobody else is blamed, and what has to fail has failed. */
    static void prove(String what, Fault fault, List<Report> reports) {
        Report report = reports.get(reports.size() - 1);
        List<String> causes = reports.stream().map(FaultProof::first).toList();
        Set<String> findings = reports.stream()
                .flatMap(each -> each.checks().stream())
                .filter(CheckResult::isFinding)
                .map(result -> result.check().id())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> advice = reports.stream()
                .flatMap(each -> each.advice().stream())
                .map(Advice::id)
                .collect(Collectors.toCollection(TreeSet::new));
        assertAll(
                what,
                () -> fault.cause()
                        .ifPresent(cause ->
                                assertTrue(causes.contains(cause), "the first cause is " + causes + ", not " + cause)),
                () -> assertEquals(Set.of(), unrelated(fault, reports), "nobody else is to be blamed"),
                () -> assertTrue(
                        findings.containsAll(fault.fails()), "wanted " + fault.fails() + ", failed were " + findings),
                () -> assertTrue(advice.containsAll(fault.advice()), "wanted " + fault.advice() + ", got " + advice),
                () -> assertNoErrorsOfOurs(report));
    }

    private static String first(Report report) {
        return report.causes().isEmpty() ? "" : report.causes().get(0).cause().id();
    }

    /** The blockers and major causes that are neither the fault's own nor a known effect of it. */
    private static Set<String> unrelated(Fault fault, List<Report> reports) {
        return fault.cause().isEmpty()
                ? Set.of()
                : reports.stream()
                        .flatMap(each -> each.causes().stream())
                        .map(CauseFinding::cause)
                        .filter(cause -> cause.severity().compareTo(Cause.Severity.MAJOR) <= 0)
                        .map(Cause::id)
                        .filter(id -> !fault.cause().get().equals(id))
                        .filter(id -> !fault.beside().contains(id))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Nothing is said against a healthy server. */
    static void acquit(String what, List<Report> reports) {
        for (Report report : reports) {
            assertAll(
                    what,
                    () -> assertEquals(
                            List.of(),
                            report.checks().stream()
                                    .filter(CheckResult::isFinding)
                                    .map(result -> result.check().id() + ": " + result.observed())
                                    .toList()),
                    () -> assertEquals(
                            List.of(),
                            report.causes().stream()
                                    .map(found -> found.cause().id())
                                    .toList()),
                    () -> assertEquals(Verdict.READY, report.verdict()),
                    () -> assertNoErrorsOfOurs(report));
        }
    }

    private static void assertNoErrorsOfOurs(Report report) {
        assertEquals(
                List.of(),
                report.checks().stream()
                        .filter(result -> result.outcome() == Outcome.HARNESS_ERROR)
                        .map(result -> result.check().id() + ": " + result.reason())
                        .toList());
    }
}

package dev.mcppreflight.conformance;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.catalogue.Check;
import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.report.Advice;
import dev.mcppreflight.conformance.report.CauseFinding;
import dev.mcppreflight.conformance.report.CheckResult;
import dev.mcppreflight.conformance.report.Outcome;
import dev.mcppreflight.conformance.report.Report;
import dev.mcppreflight.conformance.report.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Every check has been seen to fail, every cause to be named, and a healthy server to be left in peace. */
@Execution(ExecutionMode.CONCURRENT)
class FaultProofTest {

    /** Long enough for a busy machine, short enough for the faults that never answer. */
    private static final Duration TIMEOUT = Duration.ofSeconds(4);

    /** A virtual machine has to start within it, while other tests are running. */
    private static final Duration PROCESS_TIMEOUT = Duration.ofSeconds(9);

    private static final FaultRun RUN = new FaultRun(TIMEOUT, PROCESS_TIMEOUT);

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> everyFaultIsNamed() {
        return overTheNetwork()
                .filter(fault -> !fault.isHealthy())
                .map(fault -> DynamicTest.dynamicTest(fault.id() + ": " + fault.title(), () -> prove(fault)));
    }

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> everyHealthyServerIsReady() {
        return overTheNetwork()
                .filter(Fault::isHealthy)
                .map(fault -> DynamicTest.dynamicTest(fault.id() + ": " + fault.title(), () -> acquit(fault)));
    }

    /** Every process is a virtual machine of its own, so that these go one after the other. */
    @TestFactory
    @Execution(ExecutionMode.SAME_THREAD)
    Stream<DynamicTest> everyFaultOfAProcessIsNamed() {
        return faults().filter(fault -> fault.transport() == Fault.Transport.STDIO)
                .map(fault -> DynamicTest.dynamicTest(fault.id() + ": " + fault.title(), () -> {
                    if (fault.isHealthy()) {
                        acquit(fault);
                    } else {
                        prove(fault);
                    }
                }));
    }

    private static Stream<Fault> overTheNetwork() {
        return faults().filter(fault -> fault.transport() != Fault.Transport.STDIO);
    }

    /** All of them, or those that {@code -Dpreflight.fault=ID,ID} names. */
    private static Stream<Fault> faults() {
        Set<String> named = Set.of(System.getProperty("preflight.fault", "").split(","));
        return Fault.all().stream().filter(fault -> named.contains("") || named.contains(fault.id()));
    }

    @Test
    void everyCheckHasAFaultThatFailsIt() {
        Set<String> proven = Fault.all().stream()
                .flatMap(fault -> fault.fails().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> checks = Preflight.checks().stream().map(Check::id).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(checks, proven);
    }

    private void prove(Fault fault) throws Exception {
        List<Report> reports = RUN.play(fault);
        Report report = reports.get(reports.size() - 1);
        List<String> causes = reports.stream().map(FaultProofTest::first).toList();
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
                fault.id(),
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

    private void acquit(Fault fault) throws Exception {
        for (Report report : RUN.play(fault)) {
            assertAll(
                    fault.id(),
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

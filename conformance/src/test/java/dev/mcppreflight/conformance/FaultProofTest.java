package dev.mcppreflight.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mcppreflight.conformance.catalogue.Check;
import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.report.Report;
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

    private static final FaultRun RUN = new FaultRun(TIMEOUT, TIMEOUT.multipliedBy(2));

    /** Who always answers costs no time-out, and may be given a long one. */
    private static final FaultRun UNHURRIED = new FaultRun(TIMEOUT.multipliedBy(5), TIMEOUT.multipliedBy(5));

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> everyFaultIsNamed() {
        return FaultProof.faults().filter(fault -> !fault.isHealthy()).map(FaultProofTest::test);
    }

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> everyHealthyServerIsReady() {
        return FaultProof.faults().filter(Fault::isHealthy).map(FaultProofTest::test);
    }

    private static DynamicTest test(Fault fault) {
        return DynamicTest.dynamicTest(fault.id() + ": " + fault.title(), () -> {
            if (fault.isHealthy()) {
                FaultProof.acquit(fault.id(), UNHURRIED.play(fault));
            } else {
                List<Report> reports = RUN.play(fault);
                FaultProof.prove(fault.id(), fault, reports);
                ReportedTable.compare(fault, reports);
            }
        });
    }

    @Test
    void theTableHasEveryFault() {
        assertEquals(
                Fault.all().stream()
                        .filter(fault -> !fault.isHealthy())
                        .map(Fault::id)
                        .collect(Collectors.toCollection(TreeSet::new)),
                ReportedTable.ids());
    }

    @Test
    void everyCheckHasAFaultThatFailsIt() {
        Set<String> proven = Fault.all().stream()
                .flatMap(fault -> fault.fails().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> checks = Preflight.checks().stream().map(Check::id).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(checks, proven);
    }
}

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

    /** A virtual machine has to start within it, while other tests are running. */
    private static final Duration PROCESS_TIMEOUT = Duration.ofSeconds(9);

    private static final FaultRun RUN = new FaultRun(TIMEOUT, PROCESS_TIMEOUT);

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> everyFaultIsNamed() {
        return FaultProof.overTheNetwork().filter(fault -> !fault.isHealthy()).map(FaultProofTest::test);
    }

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> everyHealthyServerIsReady() {
        return FaultProof.overTheNetwork().filter(Fault::isHealthy).map(FaultProofTest::test);
    }

    /** Every process is a virtual machine of its own, so that these go one after the other. */
    @TestFactory
    @Execution(ExecutionMode.SAME_THREAD)
    Stream<DynamicTest> everyFaultOfAProcessIsNamed() {
        return FaultProof.faults()
                .filter(fault -> fault.transport() == Fault.Transport.STDIO)
                .map(FaultProofTest::test);
    }

    private static DynamicTest test(Fault fault) {
        return DynamicTest.dynamicTest(fault.id() + ": " + fault.title(), () -> {
            if (fault.isHealthy()) {
                FaultProof.acquit(fault.id(), RUN.play(fault));
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

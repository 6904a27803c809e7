package dev.mcppreflight.conformance;

import dev.mcppreflight.conformance.fault.DisguisedServer;
import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.report.Report;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A fault is known by what it is, not by how our example of it looks: every server is played once more at other paths, with
 * other names and words, behind another framework. By default those that have a cause, and the healthy ones, in one disguise
 * each; {@code -Dpreflight.disguises=N} plays all of them, each in N.
 */
@Execution(ExecutionMode.CONCURRENT)
class DisguisedFaultTest {

    private static final FaultRun RUN = new FaultRun(Duration.ofSeconds(4), Duration.ofSeconds(8));

    private static final int DISGUISES = Integer.getInteger("preflight.disguises", 0);

    /** One in so many faults is played by default, always the same ones; {@code preflight.disguises} plays all. */
    private static final int ONE_IN = 3;

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> everyFaultIsKnownInDisguise() {
        return FaultProof.faults()
                .filter(fault ->
                        fault.configuration().isEmpty() && fault.command().isEmpty())
                .filter(fault -> DISGUISES > 0
                        || fault.isHealthy()
                        || fault.cause().isPresent() && Math.floorMod(fault.id().hashCode(), ONE_IN) == 0)
                .flatMap(DisguisedFaultTest::tests);
    }

    private static Stream<DynamicTest> tests(Fault fault) {
        return LongStream.range(0, Math.max(1, DISGUISES))
                .map(number -> fault.id().hashCode() + 7_919 * number)
                .mapToObj(
                        seed -> DynamicTest.dynamicTest(fault.id() + " in disguise " + seed, () -> play(fault, seed)));
    }

    private static void play(Fault fault, long seed) throws Exception {
        String what = fault.id() + ", " + DisguisedServer.description(fault, seed);
        List<Report> reports = RUN.playDisguised(fault, seed);
        if (fault.isHealthy()) {
            FaultProof.acquit(what, reports);
        } else {
            FaultProof.prove(what, fault, reports);
        }
    }
}

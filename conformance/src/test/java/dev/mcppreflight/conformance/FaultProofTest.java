package dev.mcppreflight.conformance;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.catalogue.Check;
import dev.mcppreflight.conformance.cli.Main;
import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.fault.FaultyServer;
import dev.mcppreflight.conformance.report.CheckResult;
import dev.mcppreflight.conformance.report.Outcome;
import dev.mcppreflight.conformance.report.Report;
import dev.mcppreflight.conformance.report.Verdict;
import dev.mcppreflight.conformance.target.Target;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
    private static final Duration PROCESS_TIMEOUT = Duration.ofSeconds(6);

    private static final Path AUTHORITY = Path.of("..", "fixtures", "tls", "ca.pem");

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
        return Fault.all().stream()
                .filter(fault -> fault.transport() == Fault.Transport.STDIO)
                .map(fault -> DynamicTest.dynamicTest(fault.id() + ": " + fault.title(), () -> {
                    if (fault.isHealthy()) {
                        acquit(fault);
                    } else {
                        prove(fault);
                    }
                }));
    }

    private static Stream<Fault> overTheNetwork() {
        return Fault.all().stream().filter(fault -> fault.transport() != Fault.Transport.STDIO);
    }

    @Test
    void everyCheckHasAFaultThatFailsIt() {
        Set<String> proven = Fault.all().stream()
                .flatMap(fault -> fault.fails().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> checks = Preflight.checks().stream().map(Check::id).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(checks, proven);
    }

    private static void prove(Fault fault) throws Exception {
        List<Report> reports = check(fault);
        Report report = reports.get(reports.size() - 1);
        List<String> causes = reports.stream()
                .map(each -> each.causes().isEmpty()
                        ? ""
                        : each.causes().get(0).cause().id())
                .toList();
        Set<String> findings = reports.stream()
                .flatMap(each -> each.checks().stream())
                .filter(CheckResult::isFinding)
                .map(result -> result.check().id())
                .collect(Collectors.toCollection(TreeSet::new));
        assertAll(
                fault.id(),
                () -> fault.cause()
                        .ifPresent(cause ->
                                assertTrue(causes.contains(cause), "the first cause is " + causes + ", not " + cause)),
                () -> assertTrue(
                        findings.containsAll(fault.fails()), "wanted " + fault.fails() + ", failed were " + findings),
                () -> assertNoErrorsOfOurs(report));
    }

    private static void acquit(Fault fault) throws Exception {
        for (Report report : check(fault)) {
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

    /** As a stranger, and, where there is a credential, with it too. */
    private static List<Report> check(Fault fault) throws Exception {
        if (fault.transport() == Fault.Transport.STDIO) {
            Target target = Target.of(fault.command().orElseGet(() -> commandOf(fault)));
            return List.of(Preflight.of(target.withTimeout(PROCESS_TIMEOUT)).run());
        }
        try (FaultyServer server = FaultyServer.start(fault)) {
            Target target = Target.of(URI.create(server.url())).withAuthority(AUTHORITY);
            List<Report> reports = new ArrayList<>(List.of(run(target)));
            fault.credential().ifPresent(key -> reports.add(run(target.withBearer(key))));
            return reports;
        }
    }

    private static Report run(Target target) {
        return Preflight.of(target.withTimeout(TIMEOUT)).run();
    }

    private static List<String> commandOf(Fault fault) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "fault",
                fault.id());
    }
}

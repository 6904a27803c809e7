package dev.mcppreflight.conformance;

import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.report.CauseFinding;
import dev.mcppreflight.conformance.report.CheckResult;
import dev.mcppreflight.conformance.report.Report;
import dev.mcppreflight.conformance.target.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * The checks as tests of JUnit, one for each check, for use in other people's builds:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> connects() {
 *     return PreflightTests.of(Target.of(URI.create("http://localhost:3000/mcp")));
 * }
 * }</pre>
 *
 * <p>A broken MUST and a blocker fail their test. What is not applicable, not tested or blocked is reported as aborted, with
 * the reason. A broken SHOULD passes: use {@link Preflight} and the report where it should not.
 */
public final class PreflightTests {

    private PreflightTests() {}

    /** Runs all checks and answers a test for each, those for the causes first. */
    public static Stream<DynamicTest> of(Target target) {
        return of(Preflight.of(target));
    }

    /** Runs the selected checks and answers a test for each, those for the causes first. */
    public static Stream<DynamicTest> of(Preflight preflight) {
        Report report = preflight.run();
        Stream<DynamicTest> causes = report.causes().stream()
                .filter(found -> found.cause().severity() == Cause.Severity.BLOCKER)
                .map(found -> DynamicTest.dynamicTest(
                        found.cause().id() + " " + found.cause().title(), () -> fail(found)));
        Stream<DynamicTest> checks = report.checks().stream()
                .map(result -> DynamicTest.dynamicTest(
                        result.check().id() + " " + result.check().name(), () -> judge(result)));
        return Stream.concat(causes, checks);
    }

    private static void fail(CauseFinding found) {
        throw new AssertionFailedError(String.join(
                "\n",
                found.cause().title(),
                "because  " + found.cause().because(),
                "evidence " + String.join("; ", found.evidence()),
                "fix      " + found.cause().fix()));
    }

    private static void judge(CheckResult result) {
        switch (result.outcome()) {
            case FAILED ->
                throw new AssertionFailedError(
                        String.join(
                                "\n",
                                "",
                                "expected " + result.expected(),
                                "observed " + result.observed(),
                                "because  " + result.because(),
                                "fix      " + result.fix(),
                                "read     " + result.source()),
                        result.expected(),
                        result.observed());
            case HARNESS_ERROR -> throw new IllegalStateException(result.reason());
            case NOT_APPLICABLE, NOT_TESTED, BLOCKED ->
                throw new TestAbortedException(result.outcome() + ": " + result.reason());
            default -> {
                // Passed, or warned.
            }
        }
    }
}

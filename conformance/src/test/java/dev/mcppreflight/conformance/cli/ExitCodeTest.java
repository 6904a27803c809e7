package dev.mcppreflight.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.catalogue.Check;
import dev.mcppreflight.conformance.catalogue.Level;
import dev.mcppreflight.conformance.catalogue.Stage;
import dev.mcppreflight.conformance.report.Baseline;
import dev.mcppreflight.conformance.report.CauseFinding;
import dev.mcppreflight.conformance.report.CheckResult;
import dev.mcppreflight.conformance.report.Outcome;
import dev.mcppreflight.conformance.report.Report;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {

    @ParameterizedTest(name = "{0}, cause {1}: {2}, with --require-all {3}")
    @CsvSource({
        "PASSED,                '',      0, 0",
        "PASSED WARNED,         '',      0, 0",
        "PASSED NOT_APPLICABLE, '',      0, 0",
        "PASSED FAILED,         '',      1, 1",
        "PASSED NOT_TESTED,     '',      0, 1",
        "PASSED BLOCKED,        '',      0, 1",
        "PASSED WARNED,         INFO,    0, 0",
        "PASSED WARNED,         MINOR,   0, 0",
        "PASSED WARNED,         MAJOR,   1, 1",
        "PASSED,                BLOCKER, 1, 1",
        "PASSED HARNESS_ERROR,  '',      3, 3",
        "FAILED HARNESS_ERROR,  '',      1, 1",
        "NOT_TESTED,            '',      1, 1",
        "NOT_APPLICABLE,        '',      1, 1",
        "BLOCKED,               '',      1, 1"
    })
    void followsFromTheReport(String outcomes, String severity, int plain, int requireAll) {
        Report report = report(outcomes, severity);
        assertEquals(plain, ExitCode.of(report, Threshold.MAJOR, false));
        assertEquals(requireAll, ExitCode.of(report, Threshold.MAJOR, true));
    }

    @ParameterizedTest(name = "{0}, cause {1}: {2} for a blocker, {3} for a warning, {4} never")
    @CsvSource({
        "PASSED,               '',      0, 0, 0",
        "PASSED FAILED,        '',      1, 1, 0",
        "PASSED WARNED,        '',      0, 1, 0",
        "PASSED WARNED,        MAJOR,   0, 1, 0",
        "PASSED,               BLOCKER, 1, 1, 0",
        "PASSED,               INFO,    0, 0, 0",
        "PASSED HARNESS_ERROR, '',      3, 3, 3",
        "BLOCKED,              '',      1, 1, 0"
    })
    void followsFromWhatItFailsOn(String outcomes, String severity, int blocker, int warning, int never) {
        Report report = report(outcomes, severity);
        assertEquals(blocker, ExitCode.of(report, Threshold.BLOCKER, false));
        assertEquals(warning, ExitCode.of(report, Threshold.WARNING, false));
        assertEquals(never, ExitCode.of(report, Threshold.NEVER, false));
    }

    private static Report report(String outcomes, String severity) {
        Check check = new Check(
                "MCP-X-001",
                "",
                "reach/x",
                Stage.REACH,
                Level.MUST,
                List.of("MCP-X-001"),
                Set.of(),
                "2024-11-05",
                "2025-11-25");
        List<CheckResult> results = Arrays.stream(outcomes.split(" "))
                .map(word -> new CheckResult(check, Outcome.valueOf(word), "", "", "", "", "", "", "", List.of(), 0))
                .toList();
        List<CauseFinding> causes = severity.isEmpty()
                ? List.of()
                : List.of(new CauseFinding(
                        new Cause(
                                "X-001",
                                "",
                                Cause.Severity.valueOf(severity),
                                Stage.REACH,
                                "",
                                "",
                                "",
                                "",
                                List.of(),
                                List.of()),
                        List.of(),
                        List.of(),
                        0));
        return new Report(
                "0",
                "",
                "auto",
                "",
                false,
                Instant.EPOCH,
                0,
                causes,
                List.of(),
                List.of(),
                results,
                Baseline.Standing.NONE);
    }
}

package dev.mcppreflight.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.catalogue.Check;
import dev.mcppreflight.conformance.catalogue.Level;
import dev.mcppreflight.conformance.catalogue.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaselineTest {

    @ParameterizedTest(name = "{0} was accepted, {1} is {2}")
    @CsvSource({
        "FAILED, FAILED,         known",
        "WARNED, WARNED,         known",
        "FAILED, PASSED,         stale",
        "FAILED, WARNED,         stale",
        "FAILED, NOT_APPLICABLE, stale",
        "WARNED, PASSED,         stale",
        "WARNED, FAILED,         new",
        "FAILED, BLOCKED,        open",
        "FAILED, NOT_TESTED,     open",
        "FAILED, HARNESS_ERROR,  open"
    })
    void anEntryIsKnownOrStaleOrCannotBeJudged(Outcome accepted, Outcome now, String verdict) {
        Baseline.Standing standing = new Baseline(Map.of("MCP-X-001", accepted), Set.of()).against(report(now));
        assertEquals(verdict.equals("known"), standing.accepts("MCP-X-001"));
        assertEquals(verdict.equals("stale") ? 1 : 0, standing.stale().size());
    }

    @Test
    void whatWasNotSelectedIsNotStale() {
        Baseline.Standing standing =
                new Baseline(Map.of("MCP-Y-001", Outcome.FAILED), Set.of()).against(report(Outcome.PASSED));
        assertEquals(List.of(), standing.stale());
    }

    @Test
    void aReportAcceptsItself() {
        Report report = SampleReports.everything();
        Baseline baseline = Baseline.of(report);
        Baseline read = Baseline.parse(baseline.text(report), "a baseline");
        assertEquals(baseline, read);
        Baseline.Standing standing = read.against(report);
        assertEquals(List.of(), standing.stale());
        report.checks().stream()
                .filter(CheckResult::isFinding)
                .forEach(result -> assertTrue(standing.accepts(result.check().id())));
        report.causes()
                .forEach(found -> assertTrue(standing.accepts(found.cause().id())));
    }

    @Test
    void aCauseWithoutChecksIsAcceptedByItsName() {
        Report report = SampleReports.refused();
        CauseFinding found = report.causes().get(0);
        Report bare = new Report(
                "0",
                "http://a/",
                "auto",
                "",
                false,
                Instant.EPOCH,
                0,
                List.of(new CauseFinding(found.cause(), List.of(), List.of(), 0)),
                List.of(),
                List.of(),
                List.of(),
                Baseline.Standing.NONE);
        Baseline baseline = Baseline.of(bare);
        assertTrue(baseline.text(bare).contains("causes: [NET-005]"));
        assertTrue(baseline.against(bare).accepts("NET-005"));
        assertEquals(1, baseline.against(report(Outcome.PASSED)).stale().size());
        assertEquals(0, baseline.against(report(Outcome.BLOCKED)).stale().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"just text", "- a\n- list", "surprise: 1", "checks: {MCP-X-001: PASSED}", "checks: [", "a: b: c"
            })
    void whatIsNoBaselineIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Baseline.parse(text, "it"));
    }

    private static Report report(Outcome outcome) {
        Check check = new Check(
                "MCP-X-001",
                "A check",
                "reach/x",
                Stage.REACH,
                Level.MUST,
                List.of("MCP-X-001"),
                Set.of(),
                "2024-11-05",
                "2025-11-25");
        return new Report(
                "0",
                "http://a/",
                "auto",
                "",
                false,
                Instant.EPOCH,
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(new CheckResult(check, outcome, "", "", "", "", "", "", "", List.of(), 0)),
                Baseline.Standing.NONE);
    }
}

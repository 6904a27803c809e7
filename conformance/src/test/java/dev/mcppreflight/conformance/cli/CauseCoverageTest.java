package dev.mcppreflight.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.data.Json;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every cause that can be seen is detected, and proven by a fault, or says why it is not. */
class CauseCoverageTest {

    private static final Set<String> WORDS =
            Set.of("outside", "local", "login-or-call", "public-vantage", "not-from-outside");

    private final CauseCoverage coverage = new CauseCoverage();

    @Test
    void everyObservableCauseIsDetectedOrSaysWhyNot() {
        assertAll(coverage.observable().stream()
                .map(row -> () -> assertEquals(
                        row.isDetected(),
                        row.visible().undetected().isEmpty(),
                        row.id()
                                + (row.isDetected()
                                        ? " is detected, and says why not"
                                        : " is neither detected, by " + row.found() + " and " + row.proofs()
                                                + ", nor says why not"))));
    }

    @Test
    void everyCauseSaysFromWhereItIsSeen() {
        coverage.rows().forEach(row -> assertTrue(WORDS.contains(row.visible().from()), row.id()));
    }

    @Test
    void whatNobodyCanSeeIsHintedAt() {
        assertAll(coverage.rows().stream()
                .filter(row -> !row.visible().isObservable())
                .map(row -> () -> assertFalse(row.found().isEmpty(), row.id())));
    }

    @Test
    void theTableIsPrinted() {
        Run run = Run.of("list", "causes", "--coverage");
        assertEquals(0, run.exit(), run.err());
        assertTrue(run.out().contains(coverage.summary()), run.out());
        Json rows = Json.parse(
                Run.of("list", "causes", "--coverage", "--format", "json").out());
        assertEquals(coverage.rows().size(), rows.size());
        assertEquals(
                List.of("id", "visible", "detected", "proven by", "title"),
                List.copyOf(rows.at(0).names()));
    }
}

package dev.mcppreflight.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.catalogue.Check;
import dev.mcppreflight.conformance.catalogue.Level;
import dev.mcppreflight.conformance.catalogue.Uncovered;
import dev.mcppreflight.conformance.fault.Fault;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every requirement has a check or a reason, and never both. */
class CoverageTest {

    /** Where connections fail most, everything that can be seen from outside is looked at. */
    private static final Set<String> WHOLE = Set.of("AUTH", "PRM", "AUTH25", "AS", "SEC");

    private final Catalogue catalogue = new Catalogue();
    private final Set<String> covered = Preflight.checks().stream()
            .flatMap(check -> check.requirements().stream())
            .collect(Collectors.toCollection(TreeSet::new));

    @Test
    void aCheckStandsOnRowsThatAreThere() {
        assertEquals(new TreeSet<>(catalogue.requirements().keySet()), covered);
    }

    @Test
    void whatHasNoCheckHasAReason() {
        for (Uncovered row : catalogue.uncovered()) {
            assertFalse(row.reason().isBlank(), row::id);
            assertFalse(covered.contains(row.id()), () -> row.id() + " has a check: take it out of uncovered.yaml");
        }
    }

    /** A row that stands beside the id of a check is broken by some fault of that check, or was never tried. */
    @Test
    void everyRowOfAuthorizationHasAFaultThatBreaksIt() {
        Map<String, Set<String>> rows = Preflight.checks().stream()
                .collect(Collectors.toMap(Check::id, check -> Set.copyOf(check.requirements())));
        Set<String> broken = new TreeSet<>();
        for (Fault fault : Fault.all()) {
            Set<String> touched = fault.fails().stream()
                    .flatMap(check -> rows.get(check).stream())
                    .collect(Collectors.toSet());
            for (String row : fault.rows()) {
                boolean permission = catalogue.requirement(row).orElseThrow().level() == Level.MAY;
                assertTrue(fault.isHealthy() ? permission : touched.contains(row), fault.id() + " and " + row);
            }
            broken.addAll(fault.fails());
            broken.addAll(fault.rows());
        }
        assertEquals(
                List.of(),
                covered.stream()
                        .filter(row -> WHOLE.contains(row.split("-")[1]))
                        .filter(row -> !broken.contains(row))
                        .toList());
    }

    /** A check judges nobody by a row of revisions in which it is not played. */
    @Test
    void aCheckIsPlayedInSomeRevisionOfEachOfItsRows() {
        for (Check check : Preflight.checks()) {
            for (String row : check.requirements()) {
                List<String> revisions =
                        catalogue.requirement(row).orElseThrow().revisions();
                assertTrue(revisions.stream().anyMatch(check.revisions()::contains), check.id() + " and " + row);
            }
        }
    }

    @Test
    void authorizationIsCoveredAsFarAsItCanBeSeen() {
        assertEquals(
                List.of(),
                catalogue.uncovered().stream()
                        .filter(row -> row.testable().equals("black-box"))
                        .map(Uncovered::id)
                        .filter(id -> WHOLE.contains(id.split("-")[1]))
                        .toList());
    }
}

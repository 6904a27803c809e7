package dev.mcppreflight.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.catalogue.Uncovered;
import java.util.List;
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

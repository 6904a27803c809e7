package dev.mcppreflight.conformance.diagnosis;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.catalogue.Cause;
import dev.mcppreflight.conformance.catalogue.Stage;
import dev.mcppreflight.conformance.conversation.Caller;
import dev.mcppreflight.conformance.conversation.Message;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The catalogue of causes is complete, and the rules keep to it and to the vocabulary of scenarios. */
class CausesTest {

    private final Map<String, Cause> causes = new Catalogue().causes();

    @Test
    void everyCauseNamedByARuleIsThere() {
        Stream.concat(Rules.all().stream().map(Rule::cause), Precedence.named().stream())
                .forEach(id -> assertTrue(causes.containsKey(id), id));
        for (String id : List.of("HOST-005", "NET-007", "NET-008")) {
            assertTrue(causes.containsKey(id), id);
        }
    }

    @Test
    void everyCauseIsComplete() {
        causes.values()
                .forEach(cause -> assertAll(
                        cause.id(),
                        () -> assertTrue(cause.id().matches("[A-Z]+-\\d{3}")),
                        () -> assertFalse(cause.title().isBlank()),
                        () -> assertTrue(cause.title().length() <= 70, cause.title()),
                        () -> assertFalse(cause.title().endsWith(".")),
                        () -> assertFalse(cause.symptom().isBlank()),
                        () -> assertFalse(cause.because().isBlank()),
                        () -> assertFalse(cause.signature().isBlank()),
                        () -> assertFalse(cause.fix().isBlank()),
                        () -> assertFalse(cause.clients().isEmpty()),
                        () -> assertFalse(cause.sources().isEmpty()),
                        () -> assertTrue(cause.sources().stream().noneMatch(String::isBlank))));
    }

    @Test
    void titlesAreUnique() {
        Set<String> titles = new HashSet<>();
        causes.values().forEach(cause -> assertTrue(titles.add(cause.title()), cause.title()));
    }

    @Test
    void rulesStandInTheOrderOfTheLadder() {
        Stage last = Stage.REACH;
        for (Rule rule : Rules.all()) {
            Stage stage = causes.get(rule.cause()).stage();
            assertTrue(stage.compareTo(last) >= 0, rule.cause() + " is of " + stage + " and stands behind " + last);
            last = stage;
        }
    }

    @Test
    void noCauseHasTwoRules() {
        List<String> ids = Rules.all().stream().map(Rule::cause).toList();
        assertEquals(new HashSet<>(ids).size(), ids.size());
        assertTrue(ids.size() >= 100, ids.size() + " rules");
    }

    @Test
    void purposesAndClientsAreThoseOfScenarios() throws IllegalAccessException {
        Set<String> spoken = new HashSet<>(Message.phrases());
        spoken.addAll(Caller.phrases());
        // Not messages of scenarios but words of the engine itself.
        Set<String> own = Set.of(Sent.BY, Sent.STILL_SERVING, Sent.SERVING_OTHERS, Sent.REAL_CLIENT);
        for (Field field : Sent.class.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                String words = (String) field.get(null);
                assertTrue(own.contains(words) || spoken.contains(words), words);
            }
        }
    }
}

package dev.mcppreflight.conformance;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.catalogue.Catalogue;
import dev.mcppreflight.conformance.catalogue.Check;
import dev.mcppreflight.conformance.catalogue.Level;
import dev.mcppreflight.conformance.catalogue.Requirement;
import dev.mcppreflight.conformance.catalogue.Revision;
import dev.mcppreflight.conformance.conversation.Answer;
import dev.mcppreflight.conformance.conversation.Caller;
import dev.mcppreflight.conformance.conversation.Crowd;
import dev.mcppreflight.conformance.conversation.Message;
import dev.mcppreflight.conformance.conversation.Quality;
import dev.mcppreflight.conformance.conversation.Reading;
import dev.mcppreflight.conformance.conversation.Trait;
import dev.mcppreflight.conformance.steps.ListSteps;
import dev.mcppreflight.conformance.steps.MessageSteps;
import dev.mcppreflight.conformance.steps.TargetSteps;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The features keep the rules of the house, and stand on requirements. */
class FeatureStyleTest {

    private static final Path FEATURES = Path.of("..", "features");
    private static final List<Check> CHECKS = Preflight.checks();
    private static final Pattern STEP = Pattern.compile("\\s+(Given|When|Then|And) (.+)");

    private final Catalogue catalogue = new Catalogue();

    @Test
    void everyScenarioHasAnIdOfItsOwn() {
        Set<String> seen = new HashSet<>();
        CHECKS.forEach(check -> assertTrue(seen.add(check.id()), check.id() + " stands twice"));
        assertTrue(CHECKS.size() >= 100, CHECKS.size() + " checks");
    }

    @Test
    void everyCheckStandsOnItsRequirement() {
        for (Check check : CHECKS) {
            Requirement requirement = catalogue.requirement(check.id()).orElseThrow(() -> missing(check.id()));
            assertAll(
                    check.id(),
                    () -> assertEquals(requirement.effectiveLevel(), check.level(), "level"),
                    () -> assertEquals(requirement.revisions().get(0), check.since(), "since"),
                    () -> assertEquals(
                            requirement.revisions().get(requirement.revisions().size() - 1), check.until(), "until"),
                    () -> assertTrue(!requirement.says().isBlank(), "says"),
                    () -> assertTrue(!requirement.because().isBlank(), "because"),
                    () -> assertTrue(!requirement.fix().isBlank(), "fix"),
                    () -> assertTrue(requirement.source().startsWith("https://"), "source"),
                    () -> assertTrue(Revision.isPublished(check.since()), "revision"));
            check.requirements().forEach(id -> catalogue.requirement(id).orElseThrow(() -> missing(id)));
        }
    }

    @Test
    void everyRequirementHasACheck() {
        Set<String> checked = new HashSet<>();
        CHECKS.forEach(check -> checked.addAll(check.requirements()));
        Set<String> idle = new TreeSet<>(catalogue.requirements().keySet());
        idle.removeAll(checked);
        assertEquals(Set.of(), idle);
    }

    @Test
    void nobodyFailsOnOurReadingAlone() {
        CHECKS.stream().filter(check -> check.level() == Level.MUST).forEach(check -> {
            String basis = catalogue.requirement(check.id()).orElseThrow().basis();
            assertTrue(List.of("keyword", "schema", "rfc").contains(basis), check.id() + " fails on " + basis);
        });
    }

    @Test
    void everyPhraseIsKnown() {
        for (Path feature : features()) {
            for (String line : lines(feature)) {
                Matcher step = STEP.matcher(line);
                if (step.matches()) {
                    requireKnown(step.group(2), feature);
                }
            }
        }
    }

    @Test
    void scenariosAreShortAndAskOneThing() {
        for (Path feature : features()) {
            Set<String> titles = new HashSet<>();
            int steps = 0;
            int whens = 0;
            for (String line : lines(feature)) {
                if (line.strip().startsWith("Scenario:") || line.strip().startsWith("Background:")) {
                    assertTrue(titles.add(line.strip()), feature + ": " + line.strip() + " stands twice");
                    steps = 0;
                    whens = 0;
                }
                steps += STEP.matcher(line).matches() ? 1 : 0;
                whens += line.strip().startsWith("When ") ? 1 : 0;
                assertTrue(steps <= 7 && whens <= 1, feature + ": " + line);
                assertTrue(!line.strip().startsWith("#"), feature + ": scenarios are not commented out");
                assertTrue(!line.contains("@wip") && !line.contains("@ignore"), feature + ": " + line);
            }
        }
    }

    @Test
    void wireWordsStayOutOfSentences() {
        Pattern wire = Pattern.compile("\\b[45]\\d\\d\\b|\\{|https?:|\\bPOST\\b");
        for (Path feature : features()) {
            for (String line : lines(feature)) {
                Matcher step = STEP.matcher(line);
                assertTrue(
                        !step.matches() || !wire.matcher(step.group(2)).find(),
                        feature + " speaks of the wire: " + line);
            }
        }
    }

    @Test
    void thePhrasebookHasEveryWordAndNoOther() throws IOException {
        String phrasebook = Files.readString(FEATURES.resolve("README.md"));
        Set<String> written = new TreeSet<>();
        Matcher row = Pattern.compile("(?m)^\\| `([^`]+)` \\|").matcher(phrasebook);
        while (row.find()) {
            written.add(row.group(1));
        }
        Set<String> known = new TreeSet<>(sentences());
        known.addAll(Message.phrases());
        known.addAll(Caller.phrases());
        known.addAll(Reading.phrases());
        known.addAll(Answer.phrases());
        known.addAll(Crowd.phrases());
        known.addAll(Quality.phrases());
        known.addAll(Trait.phrases());
        assertEquals(known, written);
        assertTrue(!phrasebook.contains("` | 0 |"), "a phrase that no scenario uses is dead");
    }

    @Test
    void fewSentencesSayMuch() {
        double ratio = (double) CHECKS.size() / sentences().size();
        System.out.printf(
                "%d scenarios on %d step definitions: %.1f scenarios per step definition%n",
                CHECKS.size(), sentences().size(), ratio);
        assertTrue(ratio >= 3, "scenarios per step definition: " + ratio);
    }

    private static IllegalStateException missing(String id) {
        return new IllegalStateException(id + " has no row in features/requirements.yaml");
    }

    private static void requireKnown(String step, Path feature) {
        try {
            if (step.startsWith("a target that ")) {
                Trait.of(step.substring("a target that ".length()));
            } else if (step.startsWith("it gets ")) {
                Answer.of(step.substring("it gets ".length()));
            } else if (step.startsWith("a crowd ")) {
                Crowd.of(step.substring("a crowd ".length()));
            } else if (step.startsWith("a client reads ")) {
                Reading.of(step.substring("a client reads ".length()));
            } else if (step.startsWith("the list has ")) {
                Quality.of(step.substring("the list has ".length()));
            } else if (step.contains(" sends ")) {
                Caller.of(step.substring(0, step.indexOf(" sends ")));
                Message.of(step.substring(step.indexOf(" sends ") + " sends ".length()));
            } else if (step.contains(" at once ask for ")) {
                Message.of(step.substring(step.indexOf(" ask for ") + " ask for ".length()));
            }
        } catch (IllegalArgumentException e) {
            throw new AssertionError(feature + ": " + step + ": " + e.getMessage(), e);
        }
    }

    private static List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        for (Class<?> steps : List.of(TargetSteps.class, MessageSteps.class, ListSteps.class)) {
            for (Method method : steps.getDeclaredMethods()) {
                Stream.of(
                                Arrays.stream(method.getAnnotationsByType(Given.class))
                                        .map(Given::value),
                                Arrays.stream(method.getAnnotationsByType(When.class))
                                        .map(When::value),
                                Arrays.stream(method.getAnnotationsByType(Then.class))
                                        .map(Then::value))
                        .flatMap(each -> each)
                        .forEach(sentences::add);
            }
        }
        return sentences;
    }

    private static List<Path> features() {
        try (Stream<Path> files = Files.walk(FEATURES)) {
            return files.filter(file -> file.toString().endsWith(".feature"))
                    // What only our own server promises has words of its own.
                    .filter(file -> !file.startsWith(FEATURES.resolve("reference")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path feature) {
        try {
            return Files.readAllLines(feature);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.mcppreflight.conformance.catalogue;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.Preflight;
import dev.mcppreflight.conformance.catalogue.Client.Basis;
import dev.mcppreflight.conformance.data.Resources;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is known of clients is dated and has a source, and what they mind exists. */
class ClientFilesTest {

    private static final Set<String> GRADES =
            Set.of("documented", "reported", "measured", "specification", "inferred", "unknown");
    private static final Set<String> MEASURES =
            Set.of("tools", "tool-name", "tool-description", "instructions", "result", "seconds");
    private static final Set<String> WAYS = Set.of("never", "when-announced", "always");

    private final Catalogue catalogue = new Catalogue();

    static Stream<Client> clients() {
        return new Catalogue().clients().stream();
    }

    @Test
    void everyFileIsAClient() {
        List<String> files = Resources.list("clients", ".yaml").stream()
                .map(path -> path.substring("clients/".length(), path.length() - ".yaml".length()))
                .sorted()
                .toList();
        assertEquals(files, Catalogue.clientNames().stream().sorted().toList());
        clients().forEach(client -> assertTrue(files.contains(client.name()), client.name()));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void everyStatementHasADateAndASource(Client client) {
        Stream<Basis> all = Stream.of(
                        client.facts().stream().map(Client.Fact::basis),
                        client.rules().stream().map(Client.Rule::basis),
                        client.discoverRules().stream().map(Client.DiscoverRule::basis),
                        client.limits().stream().map(Client.Limit::basis),
                        client.steps().stream().map(Client.Step::basis))
                .flatMap(Function.identity());
        assertAll(client.name(), all.map(basis -> () -> {
            assertTrue(GRADES.contains(basis.grade()), basis::toString);
            LocalDate.parse(basis.date());
            assertTrue(basis.isUnknown() || !basis.sources().isEmpty(), basis::toString);
            basis.sources()
                    .forEach(
                            source -> assertTrue(source.matches("https://\\S+|github:[\\w.-]+/[\\w.-]+:\\S+"), source));
        }));
        LocalDate.parse(client.date());
    }

    @ParameterizedTest
    @MethodSource("clients")
    void everyRuleIsAboutSomethingThatExists(Client client) {
        Set<String> checks = Preflight.checks().stream().map(Check::id).collect(Collectors.toSet());
        assertAll(
                client.name(),
                client.rules().stream()
                        .map(rule -> () -> assertTrue(
                                catalogue.cause(rule.id()).isPresent() || checks.contains(rule.id()), rule.id())));
        assertAll(client.rules().stream().map(rule -> () -> {
            assertTrue(!rule.says().isBlank(), rule.id());
            assertEquals(rule.id(), client.rule(rule.id()).orElseThrow().id());
        }));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void noRuleStandsTwiceInOneFile(Client client) {
        String text = Resources.text("clients/" + client.name() + ".yaml");
        Set<String> seen = new HashSet<>();
        text.lines()
                .filter(line -> line.matches("  - \\{(cause|check|answer): .*"))
                .map(line -> line.substring(0, line.indexOf(',')))
                .forEach(row -> assertTrue(seen.add(row), row));
    }

    /** Rows are found by how their line begins, so that a file is not read as a whole. */
    @ParameterizedTest
    @MethodSource("clients")
    void everyRowStandsOnALine(Client client) {
        String text = Resources.text("clients/" + client.name() + ".yaml");
        text.lines().filter(line -> line.startsWith("  - {")).forEach(line -> assertTrue(line.endsWith("}"), line));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void everyClientCanBePlayedAndUsed(Client client) {
        assertTrue(Arrays.stream(Client.Kind.values())
                .anyMatch(kind -> client.reach(kind).isPresent()));
        Client.Manner manner = client.manner();
        assertTrue(!manner.userAgent().isBlank() && !manner.clientName().isBlank());
        assertTrue(Revision.isPublished(manner.revision()), manner.revision());
        assertTrue(WAYS.contains(manner.listens()), manner.listens());
        assertTrue(client.authentication("none").isPresent());
        assertTrue(!client.question().isBlank() && !client.fields().isEmpty());
        assertTrue(!client.steps().isEmpty() && !client.facts().isEmpty());
        client.limits().forEach(limit -> assertTrue(MEASURES.contains(limit.measure()), limit.measure()));
        Set<String> words =
                Arrays.stream(DiscoverAnswer.values()).map(DiscoverAnswer::word).collect(Collectors.toSet());
        client.discoverRules().forEach(rule -> assertTrue(words.contains(rule.answer()), rule.answer()));
        assertEquals(manner.discovers(), !client.discoverRules().isEmpty());
    }

    /** What nobody knows is as much worth saying as what somebody does. */
    @Test
    void theUnknownIsSaid() {
        long unknown = clients()
                .flatMap(client -> Stream.concat(
                        client.facts().stream().map(Client.Fact::basis),
                        client.limits().stream().map(Client.Limit::basis)))
                .filter(Basis::isUnknown)
                .count();
        assertTrue(unknown >= 10, unknown + " statements");
    }
}

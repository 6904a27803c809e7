package dev.mcppreflight.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.data.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceTest {

    private static Json report(String outcome) {
        return Json.object(
                "preflight",
                "0.1.0",
                "verdict",
                "ready",
                "causes",
                List.of(),
                "clients",
                List.of(),
                "checks",
                outcome.isEmpty()
                        ? List.of()
                        : List.of(Json.object("id", "MCP-X-001", "name", "A name", "outcome", outcome)));
    }

    @ParameterizedTest(name = "from {0} to {1} is {2}")
    @CsvSource({
        "PASSED, FAILED, broken",
        "PASSED, WARNED, broken",
        "PASSED, BLOCKED, broken",
        "WARNED, FAILED, broken",
        "NOT_APPLICABLE, FAILED, broken",
        "NOT_TESTED, FAILED, broken",
        "FAILED, PASSED, mended",
        "WARNED, PASSED, mended",
        "FAILED, WARNED, mended",
        "BLOCKED, PASSED, mended",
        "PASSED, NOT_TESTED, changed",
        "PASSED, NOT_APPLICABLE, changed",
        "PASSED, HARNESS_ERROR, changed",
        "'', FAILED, changed",
        "FAILED, '', changed",
        "FAILED, FAILED, same"
    })
    void isJudgedByWhatIsWorse(String before, String after, String kind) {
        Difference difference = Difference.between(report(before), report(after));
        assertEquals(kind.equals("broken") ? 1 : 0, difference.broken().size());
        assertEquals(kind.equals("mended") ? 1 : 0, difference.mended().size());
        assertEquals(kind.equals("changed") ? 1 : 0, difference.changed().size());
    }

    @Test
    void causesAndClientsCountAsWell() {
        Json healthy = Json.parse(new JsonRenderer().render(SampleReports.healthy()));
        Json refused = Json.parse(new JsonRenderer().render(SampleReports.refused()));
        Difference worse = Difference.between(healthy, refused);
        Difference better = Difference.between(refused, healthy);
        assertEquals(worse.broken().size(), better.mended().size());
        assertTrue(worse.broken().stream().anyMatch(change -> change.id().equals("NET-005")));
        assertTrue(worse.broken().stream().anyMatch(change -> change.id().equals("chatgpt")));
        assertEquals(List.of(), Difference.between(healthy, healthy).broken());
    }

    @Test
    void whatIsNoReportIsRefused() {
        Json report = report("PASSED");
        assertThrows(IllegalArgumentException.class, () -> Difference.between(Json.object(), report));
        assertThrows(IllegalArgumentException.class, () -> Difference.between(report, Json.array()));
    }

    @Test
    void aNameOfAServerStaysAName() {
        Json before = Json.parse(new JsonRenderer().render(SampleReports.healthy()));
        Json after = Json.parse(new JsonRenderer().render(SampleReports.everything()));
        Difference difference = Difference.between(before, after);
        for (Language language : Language.values()) {
            DifferenceRenderer renderer = new DifferenceRenderer(Words.in(language));
            Page page = new Page(false, 80);
            renderer.print(difference, page);
            String markdown = renderer.markdown(difference);
            (page.text() + markdown).codePoints().filter(c -> c != '\n').forEach(c -> assertTrue(Printable.isPlain(c)));
            assertTrue(!markdown.contains("<"), markdown);
        }
    }
}

package dev.mcppreflight.conformance.report;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Resources;
import dev.mcppreflight.conformance.data.Schemas;
import java.io.StringReader;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class RenderersTest {

    private static final Json SCHEMA = Json.parse(Resources.text("report.schema.json"));

    static Stream<Report> reports() {
        return Stream.of(
                SampleReports.healthy(), SampleReports.refused(), SampleReports.unknown(), SampleReports.everything());
    }

    @Test
    void theSchemaIsASchema() {
        assertEquals(Optional.empty(), Schemas.problemOf(SCHEMA));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void jsonIsValidAgainstItsSchema(Report report) {
        Json json = Json.parse(new JsonRenderer().render(report));
        assertEquals(Optional.empty(), Schemas.problemOf(json, SCHEMA));
    }

    @Test
    void theSchemaRefusesWhatIsNoReport() {
        Json json = Json.parse(new JsonRenderer().render(SampleReports.refused()));
        assertTrue(Schemas.problemOf(json.with("verdict", "fine"), SCHEMA).isPresent());
        assertTrue(Schemas.problemOf(json.with("surprise", 1), SCHEMA).isPresent());
        assertTrue(Schemas.problemOf(json.without("totals"), SCHEMA).isPresent());
        Json failedWithoutObservation = json.get("checks").at(0).without("observed");
        assertTrue(Schemas.problemOf(json.with("checks", List.of(failedWithoutObservation)), SCHEMA)
                .isPresent());
    }

    @ParameterizedTest
    @MethodSource("reports")
    void jsonKeepsWhatTheServerSaid(Report report) {
        Json checks = Json.parse(new JsonRenderer().render(report)).get("checks");
        for (int i = 0; i < report.checks().size(); i++) {
            String observed = report.checks().get(i).observed();
            String shown = checks.at(i).get("observed").text();
            assertEquals(
                    observed.substring(0, Math.min(100, observed.length())),
                    shown.substring(0, Math.min(100, shown.length())));
        }
    }

    @ParameterizedTest
    @MethodSource("reports")
    void xmlCanBeRead(Report report) throws Exception {
        String xml = new JUnitXmlRenderer().render(report);
        Document document = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)));
        int stale = report.baseline().stale().size();
        int failures = report.totals().get(Outcome.FAILED) + stale;
        assertEquals(
                report.checks().size() + stale,
                document.getElementsByTagName("testcase").getLength());
        assertEquals(failures, document.getElementsByTagName("failure").getLength());
        assertEquals(String.valueOf(failures), document.getDocumentElement().getAttribute("failures"));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void nothingThatAServerSaysMovesTheTerminal(Report report) {
        for (String text : List.of(
                new ConsoleRenderer(Words.ENGLISH, ConsoleRenderer.Detail.NORMAL, false, 80).render(report),
                new JsonRenderer().render(report),
                new JUnitXmlRenderer().render(report),
                new SarifRenderer().render(report),
                new AnnotationsRenderer().render(report),
                new HtmlRenderer(Words.in(Language.FRENCH)).render(report),
                new MarkdownRenderer(Words.in(Language.FRENCH)).render(report),
                Badge.of(report).svg(),
                Badge.of(report).endpoint())) {
            text.codePoints()
                    .filter(c -> c != '\n')
                    .forEach(c -> assertTrue(Printable.isPlain(c), () -> "U+" + Integer.toHexString(c)));
        }
    }

    @ParameterizedTest
    @MethodSource("reports")
    void nothingThatAServerSaysIsMarkdown(Report report) {
        // Outside code there is no tag, no link and no mention that we did not write.
        String outside = new MarkdownRenderer(Words.ENGLISH)
                .render(report)
                .replaceAll("(?s)```text\n.*?\n```", "")
                .replaceAll("(?s)(`+)(?!`).*?(?<!`)\\1(?!`)", "")
                .replaceAll("(?m)^\\*\\*Read\\*\\* <https://[^<> ]+>$", "");
        assertFalse(outside.matches("(?s).*[<>@`].*"), outside);
        assertFalse(outside.contains("://"), outside);
    }

    @ParameterizedTest
    @MethodSource("reports")
    void codeScanningTakesEveryPlace(Report report) {
        for (Json result : Json.parse(new SarifRenderer().render(report))
                .get("runs")
                .at(0)
                .get("results")
                .items()) {
            Json location = result.get("locations").at(0);
            String place = location.get("physicalLocation")
                    .get("artifactLocation")
                    .get("uri")
                    .text();
            URI uri = URI.create(place);
            assertFalse(uri.isAbsolute() || place.startsWith("/") || place.contains(":"), place);
            assertEquals(
                    report.address(),
                    location.get("logicalLocations")
                            .at(0)
                            .get("fullyQualifiedName")
                            .text());
        }
    }

    @ParameterizedTest
    @MethodSource("reports")
    void nothingThatAServerSaysIsACommand(Report report) {
        new AnnotationsRenderer()
                .render(report)
                .lines()
                .forEach(line -> assertTrue(line.matches("::(error|warning|notice) title=[^:,]+::.+"), line));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void theBadgeIsAPictureOfTheVerdict(Report report) throws Exception {
        Badge badge = Badge.of(report);
        Document svg = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(badge.svg())));
        assertEquals(
                "MCP preflight: " + badge.message(), svg.getDocumentElement().getAttribute("aria-label"));
        Json endpoint = Json.parse(badge.endpoint());
        assertEquals(1, endpoint.get("schemaVersion").number(0));
        assertEquals(badge.message(), endpoint.get("message").text());
        assertTrue(badge.message().startsWith(report.verdict().word().replace('-', ' ')));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void theConsoleStaysWithinItsWidth(Report report) {
        for (Language language : Language.values()) {
            for (ConsoleRenderer.Detail detail : ConsoleRenderer.Detail.values()) {
                new ConsoleRenderer(Words.in(language), detail, false, 80)
                        .render(report)
                        .lines()
                        .filter(line -> line.codePointCount(0, line.length()) > 80)
                        // An address stays whole, so that it can be copied.
                        .forEach(line -> assertTrue(line.matches(" {2}\\S* +https?://\\S+"), line));
            }
        }
    }

    @Test
    void aHealthyTargetFitsOnHalfAScreen() {
        assertTrue(new ConsoleRenderer(Words.ENGLISH, ConsoleRenderer.Detail.NORMAL, false, 80)
                        .render(SampleReports.healthy())
                        .lines()
                        .count()
                <= 18);
    }

    @Test
    void theRootCauseComesFirst() {
        String text = new ConsoleRenderer(Words.ENGLISH, ConsoleRenderer.Detail.NORMAL, false, 80)
                .render(SampleReports.everything());
        assertTrue(text.startsWith("NOT READY"));
        assertTrue(text.indexOf("SSE-024") < text.indexOf("SEC-003"));
        assertTrue(text.indexOf("SEC-003") < text.indexOf("MCP-SSE-004"));
    }

    @Test
    void colourIsOnlyWhereItIsWanted() {
        assertTrue(new ConsoleRenderer(Words.ENGLISH, ConsoleRenderer.Detail.NORMAL, true, 80)
                .render(SampleReports.refused())
                .contains("\u001b["));
        assertFalse(new ConsoleRenderer(Words.ENGLISH, ConsoleRenderer.Detail.NORMAL, false, 80)
                .render(SampleReports.refused())
                .contains("\u001b["));
    }

    @Test
    void aTinyTerminalIsNoReasonToFail() {
        assertDoesNotThrow(() -> new ConsoleRenderer(Words.ENGLISH, ConsoleRenderer.Detail.NORMAL, true, 1)
                .render(SampleReports.everything()));
    }

    @Test
    void fleetsAreAsSafeAndAsValidAsReports() {
        Fleet fleet = SampleReports.fleet();
        for (String text : List.of(
                new FleetConsole(Words.ENGLISH, ConsoleRenderer.Detail.EXCHANGES, false, 80).render(fleet),
                new FleetJson().render(fleet),
                new FleetPage(Words.in(Language.FRENCH)).render(fleet),
                new FleetMarkdown(Words.ENGLISH).render(fleet))) {
            text.codePoints()
                    .filter(c -> c != '\n')
                    .forEach(c -> assertTrue(Printable.isPlain(c), () -> "U+" + Integer.toHexString(c)));
        }
        Json schema = Json.parse(Resources.text("fleet.schema.json"));
        assertEquals(Optional.empty(), Schemas.problemOf(schema));
        Json json = Json.parse(new FleetJson().render(fleet));
        assertEquals(Optional.empty(), Schemas.problemOf(json, schema));
        assertTrue(Schemas.problemOf(json.with("worst", "fine"), schema).isPresent());
        json.get("targets").items().stream()
                .map(target -> target.get("report"))
                .filter(Json::isPresent)
                .forEach(report -> assertEquals(Optional.empty(), Schemas.problemOf(report, SCHEMA)));
    }
}

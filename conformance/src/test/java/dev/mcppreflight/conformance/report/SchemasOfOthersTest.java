package dev.mcppreflight.conformance.report;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.Preflight;
import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Schemas;
import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.fault.FaultyServer;
import dev.mcppreflight.conformance.target.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.SAXException;

/** The forms that other programs read are what their schemas say: SARIF by the schema of OASIS, JUnit's XML by ours. */
class SchemasOfOthersTest {

    private static Json sarif;
    private static Schema junit;
    private static List<Report> real;

    @BeforeAll
    static void load() throws IOException, SAXException {
        try (InputStream in = SchemasOfOthersTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            sarif = Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        junit = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(SchemasOfOthersTest.class.getResource("/junit.xsd"));
        real = Stream.of("healthy-streamable", "HTTP-006", "SSE-003")
                .map(SchemasOfOthersTest::run)
                .toList();
    }

    private static Report run(String fault) {
        try (FaultyServer server = FaultyServer.start(Fault.load(fault))) {
            return Preflight.of(Target.of(URI.create(server.url())).withTimeout(java.time.Duration.ofSeconds(2)))
                    .run();
        }
    }

    static Stream<Report> reports() {
        return Stream.concat(
                real.stream(),
                Stream.of(
                        SampleReports.healthy(),
                        SampleReports.refused(),
                        SampleReports.everything(),
                        real.get(1).against(Baseline.of(real.get(1))),
                        real.get(0).against(Baseline.of(real.get(1)))));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void sarifIsValid(Report report) {
        Json log = Json.parse(new SarifRenderer().render(report));
        assertEquals(Optional.empty(), Schemas.problemOf(log, sarif));
        Json run = log.get("runs").at(0);
        long findings = report.checks().stream().filter(CheckResult::isFinding).count();
        assertEquals(findings + report.causes().size(), run.get("results").size());
        List<String> rules = run.get("tool").get("driver").get("rules").items().stream()
                .map(rule -> rule.get("id").text())
                .toList();
        run.get("results").items().forEach(result -> {
            assertTrue(rules.contains(result.get("ruleId").text()));
            Json place = result.get("locations").at(0).get("physicalLocation").get("artifactLocation");
            assertDoesNotThrow(() -> new URI(place.get("uri").text()));
        });
    }

    @Test
    void theSchemaOfSarifRefusesWhatIsNone() {
        Json log = Json.parse(new SarifRenderer().render(SampleReports.refused()));
        assertTrue(Schemas.problemOf(log.with("surprise", 1), sarif).isPresent());
        assertTrue(Schemas.problemOf(log.without("runs"), sarif).isPresent());
    }

    @Test
    void whatTheBaselineAcceptsIsSuppressed() {
        Report report = SampleReports.everything();
        Json results =
                Json.parse(new SarifRenderer().render(report)).get("runs").at(0).get("results");
        results.items().forEach(result -> {
            boolean known = result.get("ruleId").text().equals("MCP-SSE-010");
            assertEquals(
                    known ? "unchanged" : "new", result.get("baselineState").text());
            assertEquals(known, result.get("suppressions").isPresent());
        });
    }

    @ParameterizedTest
    @MethodSource("reports")
    void junitXmlIsValid(Report report) throws IOException, SAXException {
        validate(new JUnitXmlRenderer().render(report));
    }

    @Test
    void theSchemaOfJunitRefusesWhatIsNone() {
        String xml = new JUnitXmlRenderer().render(SampleReports.refused());
        assertThrows(SAXException.class, () -> validate(xml.replace(" failures=\"1\"", "")));
        assertThrows(
                SAXException.class,
                () -> validate(xml.replaceFirst("<failure", "<mishap").replace("</failure>", "</mishap>")));
    }

    private static void validate(String xml) throws IOException, SAXException {
        junit.newValidator().validate(new StreamSource(new StringReader(xml)));
    }
}

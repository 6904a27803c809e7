package dev.mcppreflight.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.fault.FaultyServer;
import dev.mcppreflight.conformance.report.CheckResult;
import dev.mcppreflight.conformance.report.Outcome;
import dev.mcppreflight.conformance.report.Report;
import dev.mcppreflight.conformance.target.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Features of somebody else, beside ours. */
class OwnFeaturesTest {

    private static final String FEATURE = """
            @sse @streamable @stdio
            Feature: Ours

              Background:
                Given a target that declares tools

              @ACME-001 @must
              Scenario: The tools are there
                When a client lists the tools
                Then the list has a name and an input schema for each

              @ACME-002 @should
              Scenario: Nobody knows this sentence
                When the moon is full
            """;

    @TempDir
    private Path folder;

    @Test
    void arePlayedBesideOurs() throws IOException {
        write("discovery/my own.feature", FEATURE);
        try (FaultyServer server = FaultyServer.start(Fault.load("healthy-streamable"))) {
            Report report = Preflight.of(Target.of(URI.create(server.url())))
                    .tags("@ACME-001 or @ACME-002 or @MCP-TOOLS-006")
                    .features(folder)
                    .run();
            assertEquals(3, report.checks().size());
            assertEquals(Outcome.PASSED, result(report, "ACME-001").outcome());
            CheckResult unknown = result(report, "ACME-002");
            assertEquals(Outcome.HARNESS_ERROR, unknown.outcome());
            assertTrue(unknown.reason().contains("phrasebook"), unknown.reason());
        }
    }

    @Test
    void findWhatOursFind() throws IOException {
        write("discovery/own.feature", FEATURE);
        try (FaultyServer server = FaultyServer.start(Fault.load("NET-005"))) {
            Report report = Preflight.of(Target.of(URI.create(server.url())))
                    .tags("@ACME-001")
                    .features(folder)
                    .run();
            assertEquals(Outcome.BLOCKED, result(report, "ACME-001").outcome());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "own.feature           | @ACME-001 @must | folder named after its stage",
                "somewhere/own.feature | @ACME-001 @must | folder named after its stage",
                "calls/own.feature     | @must           | no id",
                "calls/own.feature     | @ACME-001       | no level",
                "calls/own.feature     | @MCP-BASE-001 @must | two checks",
                "calls/own.feature     | nonsense        | cannot be played",
                "calls/own.txt         | @ACME-001 @must | no feature file"
            })
    void mistakesAreToldBeforeTheRun(String file, String tags, String why) throws IOException {
        write(file, FEATURE.replace("@ACME-001 @must", tags));
        Preflight preflight = Preflight.of(Target.of(URI.create("http://127.0.0.1:1/mcp")));
        String message = assertThrows(IllegalArgumentException.class, () -> preflight.features(folder))
                .getMessage();
        assertTrue(message.contains(why), message);
    }

    private static CheckResult result(Report report, String id) {
        return report.checks().stream()
                .filter(result -> result.check().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}

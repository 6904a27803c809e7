package example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.Preflight;
import dev.mcppreflight.conformance.PreflightTests;
import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.fault.FaultyServer;
import dev.mcppreflight.conformance.target.Target;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class OwnFeatureTest {

    @TestFactory
    Stream<DynamicTest> fitsOurCatalogue() {
        try (FaultyServer server = FaultyServer.start(Fault.load(System.getProperty("fault", "healthy-streamable")))) {
            List<DynamicTest> tests = PreflightTests.of(Preflight.of(Target.of(URI.create(server.url())))
                            .features(Path.of("src/test/features")))
                    .toList();
            assertTrue(tests.stream().anyMatch(test -> test.getDisplayName().startsWith("ACME-001")));
            return tests.stream();
        }
    }
}

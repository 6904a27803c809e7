package example;

import dev.mcppreflight.conformance.PreflightTests;
import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.fault.FaultyServer;
import dev.mcppreflight.conformance.target.Target;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ServerTest {

    @TestFactory
    Stream<DynamicTest> connects() {
        // A stand-in; yours is started here, and its address is all that is needed.
        try (FaultyServer server = FaultyServer.start(Fault.load(System.getProperty("fault", "healthy-streamable")))) {
            return PreflightTests.of(Target.of(URI.create(server.url())));
        }
    }
}

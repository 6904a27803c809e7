package dev.mcppreflight.server.everything;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mcppreflight.conformance.Preflight;
import dev.mcppreflight.conformance.report.CheckResult;
import dev.mcppreflight.conformance.report.Outcome;
import dev.mcppreflight.conformance.report.Report;
import dev.mcppreflight.conformance.target.HandleTools;
import dev.mcppreflight.conformance.target.OtherTokens;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.server.app.EverythingServer;
import dev.mcppreflight.server.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The baskets of the profile {@code everything}, looked at by the checks of handles. */
class HandlesTest {

    @Test
    void aBasketIsItsOwnersAlone() throws IOException {
        try (HttpServer server = new EverythingServer().http(StatelessConversationTest.withKeys())) {
            int port = server.start();
            Target target = Target.of(URI.create("http://127.0.0.1:" + port + "/mcp"))
                    .withBearer(StatelessConversationTest.ANN)
                    .withOtherTokens(new OtherTokens(null, null, null, StatelessConversationTest.BOB, null, null, null))
                    .withHandles(new HandleTools(
                            "open_basket", "add_to_basket", "{\"basket\":\"{handle}\",\"item\":\"a pear\"}"));
            Report report = Preflight.of(target)
                    .tags("@MCP-SEC-007 or @MCP-SEC-008 or @MCP-SEC-009")
                    .run();
            List<String> outcomes =
                    report.checks().stream().map(HandlesTest::told).collect(Collectors.toList());
            assertEquals(List.of("MCP-SEC-007 PASSED", "MCP-SEC-008 PASSED", "MCP-SEC-009 PASSED"), outcomes);
        }
    }

    private static String told(CheckResult result) {
        String why = result.outcome() == Outcome.PASSED ? "" : ": " + result.reason() + result.observed();
        return result.check().id() + " " + result.outcome() + why;
    }
}

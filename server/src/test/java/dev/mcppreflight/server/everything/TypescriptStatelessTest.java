package dev.mcppreflight.server.everything;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.server.NpmPackages;
import dev.mcppreflight.server.TestServer;
import dev.mcppreflight.server.app.EverythingServer;
import dev.mcppreflight.server.app.ServerConfig;
import dev.mcppreflight.server.http.HttpServer;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** An independent witness: version 2 of the official TypeScript client finds 2026-07-28, and all that it needs in it. */
class TypescriptStatelessTest {

    private static final long RUN_SECONDS = 60;

    private static NpmPackages install() {
        try {
            return NpmPackages.install("typescript-client-v2");
        } catch (IOException e) {
            String reason = "the TypeScript client cannot be installed: " + e.getMessage();
            throw System.getenv("CI") != null
                    ? new IllegalStateException(reason, e)
                    : new TestAbortedException("NO INDEPENDENT CLIENT OF 2026-07-28: " + reason, e);
        }
    }

    @Test
    void theOfficialClientGoesWithoutASession() throws IOException {
        NpmPackages client = install();
        try (TestServer documents = TestServer.local();
                HttpServer everything = new EverythingServer().http(ServerConfig.local())) {
            String fixtures = "http://127.0.0.1:" + everything.start() + "/mcp";
            NpmPackages.Run run = client.node(RUN_SECONDS, "visit.mjs", documents.url() + "/mcp", fixtures);
            assertEquals(0, run.exit(), run::output);
            JsonPath seen =
                    JsonPath.from(run.output().lines().reduce((a, b) -> b).orElse(""));
            assertAll(
                    () -> assertEquals("2026-07-28", seen.getString("revision")),
                    () -> assertEquals("preflight-server", seen.getString("server")),
                    () -> assertEquals(7, seen.getList("tools").size()),
                    () -> assertTrue(seen.getInt("resources") > 10, run::output),
                    () -> assertTrue(seen.getInt("found") > 0, run::output),
                    () -> assertEquals(-32602, seen.getInt("missing")),
                    () -> assertEquals("Ada likes blue.", seen.getString("rounds")),
                    () -> assertEquals("Region: Zürich", seen.getString("mirrored")),
                    () -> assertEquals(List.of(0, 50, 100), seen.getList("progress")),
                    () -> assertEquals("test://watched-resource", seen.getString("changed")),
                    () -> assertEquals(0, documents.http().sessionCount()),
                    () -> assertEquals(0, everything.sessionCount()));
        }
    }
}

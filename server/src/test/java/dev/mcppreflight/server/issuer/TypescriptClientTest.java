package dev.mcppreflight.server.issuer;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mcppreflight.server.NpmPackages;
import dev.mcppreflight.server.SignInServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

/** An independent witness: the official TypeScript client signs in by its own code, and calls a tool. */
@TestInstance(Lifecycle.PER_CLASS)
class TypescriptClientTest {

    private static final long RUN_SECONDS = 60;

    private NpmPackages client;
    private SignInServer signIn;

    @BeforeAll
    void start() {
        client = install();
        signIn = new SignInServer();
    }

    @AfterAll
    void stop() {
        if (signIn != null) {
            signIn.close();
        }
    }

    private static NpmPackages install() {
        try {
            return NpmPackages.install("typescript-client");
        } catch (IOException e) {
            String reason = "the TypeScript client cannot be installed: " + e.getMessage();
            throw System.getenv("CI") != null
                    ? new IllegalStateException(reason, e)
                    : new TestAbortedException("NO INDEPENDENT WITNESS OF THE SIGN-IN: " + reason, e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"streamable", "sse"})
    void signsInAndCallsATool(String kind) throws IOException {
        String url = signIn.server().url() + (kind.equals("sse") ? "/sse" : "/mcp");
        NpmPackages.Run run = client.node(RUN_SECONDS, "sign-in.mjs", kind, url);
        String said = run.output();
        assertEquals(0, run.exit(), said);
        assertThat(said, containsString("\"resource\":\"" + url + "\""));
        assertThat(said, containsString("\"method\":\"S256\""));
        assertThat(said, containsString("\"iss\":\"" + signIn.issuer() + "\""));
        assertThat(said, containsString("\"state\":\"state-of-the-test\""));
        assertThat(said, containsString("\"registered\":true,\"refresh\":true"));
        assertThat(said, containsString("\"isError\":false"));
        assertThat(said, org.hamcrest.Matchers.matchesPattern("(?s).*\"found\":[1-9]\\d*}.*"));
    }
}

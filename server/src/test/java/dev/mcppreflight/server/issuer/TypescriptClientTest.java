package dev.mcppreflight.server.issuer;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.mcppreflight.server.SignInServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
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

    private static final Path FIXTURE = Path.of("..", "fixtures", "typescript-client");
    private static final Path HOME = Path.of("target", "typescript-client").toAbsolutePath();
    private static final String SCRIPT = "sign-in.mjs";
    private static final long INSTALL_SECONDS = 240;
    private static final long RUN_SECONDS = 60;

    private SignInServer signIn;

    @BeforeAll
    void start() {
        install();
        signIn = new SignInServer();
    }

    @AfterAll
    void stop() {
        if (signIn != null) {
            signIn.close();
        }
    }

    /** Installs the client that the lock file pins, unless it is there. */
    private static void install() {
        try {
            Path installed = HOME.resolve("installed-lock.json");
            Path lock = FIXTURE.resolve("package-lock.json");
            if (!Files.exists(installed) || Files.mismatch(installed, lock) >= 0) {
                Files.createDirectories(HOME);
                for (String manifest : List.of("package.json", "package-lock.json")) {
                    Files.copy(FIXTURE.resolve(manifest), HOME.resolve(manifest), StandardCopyOption.REPLACE_EXISTING);
                }
                boolean windows =
                        System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
                run(INSTALL_SECONDS, windows ? "npm.cmd" : "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
                Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.copy(FIXTURE.resolve(SCRIPT), HOME.resolve(SCRIPT), StandardCopyOption.REPLACE_EXISTING);
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
        String said = run(RUN_SECONDS, "node", SCRIPT, kind, url);
        assertThat(said, containsString("\"resource\":\"" + url + "\""));
        assertThat(said, containsString("\"method\":\"S256\""));
        assertThat(said, containsString("\"iss\":\"" + signIn.issuer() + "\""));
        assertThat(said, containsString("\"state\":\"state-of-the-test\""));
        assertThat(said, containsString("\"registered\":true,\"refresh\":true"));
        assertThat(said, containsString("\"isError\":false"));
        assertThat(said, org.hamcrest.Matchers.matchesPattern("(?s).*\"found\":[1-9]\\d*}.*"));
    }

    private static String run(long seconds, String... command) throws IOException {
        File log = HOME.resolve(command[1] + "-" + command[command.length - 2].replace('/', '-') + ".log")
                .toFile();
        Process process = new ProcessBuilder(command)
                .directory(HOME.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new IOException(command[0] + " took more than " + seconds + " s, see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command[0] + " was interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String said = Files.readString(log.toPath());
        if (process.exitValue() != 0) {
            throw new IOException(command[0] + " ended with " + process.exitValue() + ": "
                    + said.substring(0, Math.min(said.length(), 2000)));
        }
        return said;
    }
}

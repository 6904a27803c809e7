package dev.mcppreflight.conformance.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Resources;
import dev.mcppreflight.conformance.data.Schemas;
import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.fault.FaultyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many targets: {@code check --targets}. */
class FleetCheckTest {

    private static final String FEW = "@MCP-REACH-001 or @MCP-REACH-005 or @MCP-LIFE-001";

    @TempDir
    private Path folder;

    private Path list(String... lines) throws IOException {
        return Files.write(folder.resolve("servers.txt"), List.of(lines));
    }

    @Test
    void eachTargetHasItsLineInTheOrderOfTheFile() throws IOException {
        try (FaultyServer healthy = FaultyServer.start(Fault.load("healthy-streamable"));
                FaultyServer login = FaultyServer.start(Fault.load("HTTP-006"));
                FaultyServer old = FaultyServer.start(Fault.load("healthy-sse"))) {
            Path file = list(
                    "# our servers",
                    "",
                    "login page = " + login.url() + "  # guarded",
                    healthy.url(),
                    "old = " + old.url());
            Path out = folder.resolve("out");
            Run run = Run.of(
                    "check",
                    "--targets",
                    file.toString(),
                    "--json",
                    "--format",
                    "console=" + out.resolve("all.txt"),
                    "--format",
                    "html=" + out.resolve("all.html"),
                    "--format",
                    "html=" + out.resolve("{target}.html"),
                    "--format",
                    "junit=" + out.resolve("{target}.xml"));
            assertEquals(1, run.exit(), run.err());

            Json json = Json.parse(run.out());
            Json schema = Json.parse(Resources.text("fleet.schema.json"));
            assertEquals(Optional.empty(), Schemas.problemOf(json, schema));
            assertEquals("not-ready", json.get("worst").text());
            List<Json> targets = json.get("targets").items();
            assertEquals(
                    List.of("login page", healthy.url(), "old"),
                    targets.stream().map(target -> target.get("name").text()).toList());
            Json one = Json.parse(Resources.text("report.schema.json"));
            targets.forEach(target -> assertEquals(Optional.empty(), Schemas.problemOf(target.get("report"), one)));
            assertEquals(
                    "HTTP-006",
                    targets.get(0).get("report").get("causes").at(0).get("id").text());
            assertEquals(0, targets.get(1).get("report").get("causes").size());

            String table = Files.readString(out.resolve("all.txt"));
            assertTrue(table.contains("✗ login page"), table);
            assertTrue(table.contains("HTTP-006 The endpoint redirects"), table);
            assertTrue(table.lines().allMatch(line -> line.length() <= 80), table);
            String page = Files.readString(out.resolve("all.html"));
            assertTrue(page.contains("href=\"login-page.html\""), page);
            assertTrue(Files.readString(out.resolve("login-page.html")).contains("HTTP-006"));
            try (Stream<Path> files = Files.list(out)) {
                assertEquals(8, files.count());
            }
        }
    }

    @Test
    void whatHangsHoldsUpNobody() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                FaultyServer healthy = FaultyServer.start(Fault.load("healthy-streamable"))) {
            Path file = list("mute = http://127.0.0.1:" + mute.getLocalPort() + "/mcp", "well = " + healthy.url());
            Run run = Run.of(
                    "check",
                    "--targets",
                    file.toString(),
                    "--timeout",
                    "2",
                    "--parallel",
                    "2",
                    "--json",
                    "--tags",
                    FEW);
            assertEquals(1, run.exit(), run.err());
            Json targets = Json.parse(run.out()).get("targets");
            assertEquals("not-ready", targets.at(0).get("state").text());
            assertEquals("ready", targets.at(1).get("state").text());
        }
    }

    /** Those of one host one after the other, and no more at once than were asked for. */
    @Test
    void hostsAreTreatedPolitely() {
        List<TargetList.Entry> entries = IntStream.range(0, 30)
                .mapToObj(i -> new TargetList.Entry(
                        i + 1, "t" + i, java.net.URI.create("https://host" + i % 5 + ".example/" + i), List.of()))
                .toList();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();
        java.util.Map<String, AtomicInteger> perHost = new java.util.concurrent.ConcurrentHashMap<>();
        AtomicInteger rude = new AtomicInteger();
        java.util.Set<String> seen = java.util.concurrent.ConcurrentHashMap.newKeySet();
        new FleetRun(3).each(entries, entry -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            AtomicInteger host = perHost.computeIfAbsent(entry.host(), name -> new AtomicInteger());
            rude.addAndGet(host.incrementAndGet() > 1 ? 1 : 0);
            Thread.yield();
            seen.add(entry.name());
            host.decrementAndGet();
            now.decrementAndGet();
        });
        assertEquals(30, seen.size());
        assertEquals(0, rude.get());
        assertTrue(most.get() <= 3, "at once: " + most);
    }

    /** With one place the order is known: the second stops the run and hangs, and nobody waits for it. */
    @Test
    void aStopKeepsWhatIsDone() {
        FleetRun run = new FleetRun(1);
        List<TargetList.Entry> entries = IntStream.range(0, 6)
                .mapToObj(i -> new TargetList.Entry(i + 1, "t" + i, null, List.of("x" + i)))
                .toList();
        java.util.Set<String> begun = java.util.concurrent.ConcurrentHashMap.newKeySet();
        CountDownLatch never = new CountDownLatch(1);
        run.each(entries, entry -> {
            begun.add(entry.name());
            if (entry.name().equals("t1")) {
                run.stop();
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        never.countDown();
        assertEquals(java.util.Set.of("t0", "t1"), begun);
    }

    /** As a person does it, with Ctrl-C. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void whoInterruptsFindsWhatWasDone() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                FaultyServer healthy = FaultyServer.start(Fault.load("healthy-streamable"))) {
            Path file = list("mute = http://127.0.0.1:" + mute.getLocalPort() + "/mcp", "well = " + healthy.url());
            Path one = folder.resolve("well.json");
            Path all = folder.resolve("all.json");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "dev.mcppreflight.conformance.cli.Main",
                            "check",
                            "--targets",
                            file.toString(),
                            "--timeout",
                            "10m",
                            "--tags",
                            FEW,
                            "--format",
                            "json=" + folder.resolve("{target}.json"),
                            "--format",
                            "json=" + all)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            try {
                for (int i = 0; i < 1200 && !Files.exists(one) && process.isAlive(); i++) {
                    process.waitFor(50, TimeUnit.MILLISECONDS);
                }
                assertTrue(Files.exists(one), () -> log());
                process.waitFor(200, TimeUnit.MILLISECONDS);
                // Not INT, which a process started in the background ignores; both end it by the same way.
                new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid()))
                        .start()
                        .waitFor();
                assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends");
            } finally {
                process.destroyForcibly();
            }
            Json targets = Json.parse(Files.readString(all)).get("targets");
            assertEquals("not-checked", targets.at(0).get("state").text());
            assertEquals("ready", targets.at(1).get("state").text());
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void commandsAreTargetsToo() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path file = list("nobody = -- \"" + java + "\" -version", "-- no-such-program --flag 'two words'");
        Run run = Run.of("check", "--targets", file.toString(), "--timeout", "20", "--tags", FEW, "--json");
        assertEquals(1, run.exit(), run.err());
        Json targets = Json.parse(run.out()).get("targets");
        assertEquals("not-ready", targets.at(0).get("state").text());
        assertEquals(
                "no-such-program --flag two words", targets.at(1).get("name").text());
        assertFalse(
                targets.at(1).get("report").get("causes").at(0).get("id").text().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "-",
            value = {
                "localhost:3000/mcp | servers.txt:2: 'localhost:3000/mcp' is not a URL",
                "ftp://example.com/ | servers.txt:2: an address with the scheme 'ftp' cannot be checked",
                "docs = | servers.txt:2: there is no target behind the name",
                "-- | servers.txt:2: no command after --",
                "-- node 'server.js | servers.txt:2: the quote ' is left open",
                "http://a.example/ http://b.example/ | servers.txt:2: one address is a target",
                "http://one.example/mcp | servers.txt:2: the same target as in line 1",
                "one = http://two.example/ | servers.txt:2: the same name as in line 1"
            })
    void whatCannotBeReadIsNamedByItsLine(String line, String message) throws IOException {
        Run run = Run.of(
                "check", "--targets", list("one = http://one.example/mcp", line).toString());
        assertEquals(2, run.exit());
        assertTrue(run.err().contains(message), run.err());
        assertEquals("", run.out());
    }

    @Test
    void whatDoesNotGoTogetherIsWrongUsage() throws IOException {
        String file = list("http://one.example/mcp", "http://two.example/mcp").toString();
        for (List<String> more : List.of(
                List.of("http://127.0.0.1:1/"),
                List.of("--bearer", "secret-token"),
                List.of("--header", "X-Api-Key: secret-token"),
                List.of("--parallel", "0"),
                List.of("--soak", "10"),
                List.of("--baseline", file),
                List.of("--format", "junit"),
                List.of("--format", "sarif=" + folder.resolve("all.sarif")))) {
            Run run = Run.of(Stream.concat(Stream.of("check", "--targets", file), more.stream())
                    .toArray(String[]::new));
            assertEquals(2, run.exit(), more + ": " + run.err());
            assertFalse(run.err().contains("secret-token"), run.err());
        }
        assertEquals(
                2,
                Run.of("check", "--targets", folder.resolve("none").toString()).exit());
        assertEquals(
                2, Run.of("check", "--parallel", "2", "http://127.0.0.1:1/").exit());
        assertEquals(
                2,
                Run.of("check", "--format", "json=" + folder.resolve("{target}.json"), "http://127.0.0.1:1/")
                        .exit());
        Files.writeString(folder.resolve("empty.txt"), "# nothing\n\n");
        assertEquals(
                2,
                Run.of("check", "--targets", folder.resolve("empty.txt").toString())
                        .exit());
    }
}

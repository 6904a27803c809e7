package dev.mcppreflight.conformance.innocents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.diagnosis.Diagnosis;
import dev.mcppreflight.conformance.diagnosis.Diagnostician;
import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.fault.FaultyServer;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.watch.Watch;
import dev.mcppreflight.conformance.watch.WatchOptions;
import dev.mcppreflight.conformance.watch.Watched;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients as they are published on npm go through a watch: each is known, and hears nothing but the truth. */
class PublishedClientsTest {

    private static final long SECONDS = 60;

    @TempDir
    static Path folder;

    /** The packages are installed once for all tests, whoever comes first. */
    @BeforeAll
    static void install() {
        NpmServers.install();
    }

    /** Who visits, as a watch calls it. */
    private enum Visitor {
        SDK("a client on the TypeScript SDK"),
        MCP_REMOTE("mcp-remote, the bridge for clients of stdio"),
        INSPECTOR("MCP Inspector");

        private final String title;

        Visitor(String title) {
            this.title = title;
        }

        /** Calls the tool echo, which wants a text. */
        List<String> calling(URI server, String text) {
            String arguments = text.isEmpty() ? "{}" : "{\"text\":\"" + text + "\"}";
            return switch (this) {
                case SDK -> NpmServers.command("client.mjs", "echo", arguments, server.toString());
                case MCP_REMOTE -> {
                    List<String> bridge =
                            NpmServers.command("node_modules/mcp-remote/dist/proxy.js", server.toString());
                    List<String> command = new ArrayList<>(NpmServers.command("client.mjs", "echo", arguments));
                    command.addAll(bridge);
                    yield command;
                }
                case INSPECTOR -> {
                    List<String> command = new ArrayList<>(NpmServers.command(
                            "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js",
                            "--cli",
                            server.toString(),
                            "--transport",
                            "http",
                            "--method",
                            "tools/call",
                            "--tool-name",
                            "echo"));
                    if (!text.isEmpty()) {
                        command.addAll(List.of("--tool-arg", "text=" + text));
                    }
                    yield command;
                }
            };
        }
    }

    @Test
    void eachIsKnownByItsNameAndGetsThrough() throws Exception {
        Map<Visitor, Seen> seen = allAtOnce("healthy-streamable", "hello", "tools/call echo -> 200");
        for (Visitor visitor : Visitor.values()) {
            Seen its = seen.get(visitor);
            assertTrue(its.titles().contains(visitor.title), its::toString);
            assertEquals(List.of(), its.causes(), its::toString);
        }
        // The bridge looks around in the name of nobody before it speaks; nobody is taken for one of the others.
        assertEquals(
                List.of(Visitor.INSPECTOR.title), seen.get(Visitor.INSPECTOR).titles());
        assertEquals(List.of(Visitor.SDK.title), seen.get(Visitor.SDK).titles());
    }

    @Test
    void aCallThatFailsIsExplainedWhileTheClientIsThere() throws Exception {
        Map<Visitor, Seen> seen = allAtOnce("TOOL-022", "", "✗ TOOL-022");
        for (Visitor visitor : Visitor.values()) {
            Seen its = seen.get(visitor);
            assertEquals(List.of("TOOL-022"), its.causes(), its::toString);
        }
    }

    private record Seen(List<String> titles, List<String> causes, List<String> lines) {

        @Override
        public String toString() {
            return titles + " " + causes + "\n" + String.join("\n", lines);
        }
    }

    private static Map<Visitor, Seen> allAtOnce(String fault, String text, String awaited) throws Exception {
        Map<Visitor, CompletableFuture<Seen>> visits = new TreeMap<>();
        try (FaultyServer server = FaultyServer.start(Fault.load(fault))) {
            for (Visitor visitor : Visitor.values()) {
                visits.put(
                        visitor,
                        CompletableFuture.supplyAsync(
                                () -> visit(visitor, URI.create(server.url()), text, awaited),
                                task -> new Thread(task, visitor.name()).start()));
            }
            Map<Visitor, Seen> seen = new TreeMap<>();
            for (Visitor visitor : Visitor.values()) {
                seen.put(visitor, visits.get(visitor).get(2 * SECONDS, TimeUnit.SECONDS));
            }
            return seen;
        }
    }

    private static Seen visit(Visitor visitor, URI server, String text, String awaited) {
        List<String> lines = new ArrayList<>();
        CountDownLatch said = new CountDownLatch(1);
        Target upstream = Target.of(server.resolve("/"));
        try (Watch watch = Watch.start(WatchOptions.of(upstream), line -> {
            synchronized (lines) {
                lines.add(line);
            }
            if (line.contains(awaited)) {
                said.countDown();
            }
        })) {
            File log = folder.resolve(visitor + "-" + server.getPort() + ".log").toFile();
            ProcessBuilder client = new ProcessBuilder(
                            visitor.calling(watch.address().resolve(server.getPath()), text))
                    .redirectErrorStream(true)
                    .redirectOutput(log);
            client.environment()
                    .put("MCP_REMOTE_CONFIG_DIR", folder.resolve("mcp-remote").toString());
            Process process = client.start();
            try {
                said.await(SECONDS, TimeUnit.SECONDS);
                process.getOutputStream().close();
                process.waitFor(SECONDS, TimeUnit.SECONDS);
            } finally {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
            }
            return seen(watch.watched(), lines);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(visitor + "\n" + lines, e);
        }
    }

    private static Seen seen(Watched watched, List<String> lines) {
        synchronized (lines) {
            return new Seen(
                    watched.visits().stream()
                            .map(visit -> visit.client().title())
                            .distinct()
                            .toList(),
                    watched.visits().stream()
                            .flatMap(visit ->
                                    Diagnostician.diagnose(visit.overheard().evidence()).stream())
                            .map(Diagnosis::cause)
                            .distinct()
                            .toList(),
                    List.copyOf(lines));
        }
    }
}

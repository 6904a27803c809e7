package dev.mcppreflight.conformance.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.fault.http.EventStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifecycleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"healthy-sse", "SSE-024", "SSE-005", "healthy-tls", "MCP-006-sse", "NET-014-old-tls", "NET-005"})
    void closesAtOnceWithAllThreads(String id) throws IOException, InterruptedException {
        FaultyServer server = FaultyServer.start(Fault.load(id));
        List<Socket> clients = new ArrayList<>();
        if (!id.equals("NET-005")) {
            for (int i = 0; i < 5; i++) {
                Socket client = new Socket("127.0.0.1", server.port());
                clients.add(client);
                Wire.send(client, server.url(), "GET", "", "Accept: text/event-stream", "Accept-Encoding: gzip");
            }
            Thread.sleep(50);
        }
        long start = System.nanoTime();
        server.close();
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(millis < EventStream.HEARTBEAT.toMillis(), "it waits for nobody: " + millis + " ms");
        assertEquals(0, threads(server.port()));
        for (Socket client : clients) {
            client.close();
        }
        server.close();
    }

    /** Threads of this server that are still there after the time that a close may take. */
    private static long threads(int port) throws InterruptedException {
        long left = Long.MAX_VALUE;
        for (int i = 0; i < 10 && left > 0; i++) {
            left = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("fault-" + port))
                    .count();
            Thread.sleep(10);
        }
        return left;
    }

    @Test
    void aStreamThatIsDroppedFreesItsThread() throws IOException, InterruptedException {
        try (FaultyServer server = FaultyServer.start(Fault.load("healthy-sse"))) {
            for (int i = 0; i < 50; i++) {
                try (Socket client = Wire.connect(server.url())) {
                    Wire.send(client, server.url(), "GET", "", "Accept: text/event-stream");
                    assertEquals('H', client.getInputStream().read());
                }
            }
            try (SseWire client = new SseWire(server.url())) {
                assertTrue(client.received().contains("event: endpoint"));
            }
        }
    }

    @Test
    void aStdioFaultHasNoAddress() {
        assertThrows(IllegalArgumentException.class, () -> FaultyServer.start(Fault.load("STDIO-001")));
    }

    @Test
    void aCommandThatIsTheFaultIsGiven() {
        assertEquals(
                List.of("preflight-no-such-command", "--stdio"),
                Fault.load("STDIO-003").command().orElseThrow());
        assertTrue(Fault.load("STDIO-001").command().isEmpty());
    }
}

package dev.mcppreflight.conformance.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However much passes, no more than was said is kept, and all of it is forwarded. */
@Timeout(120)
class BoundsTest {

    private static final int MUCH = 64 * 1024 * 1024;
    private static final int KEPT = 100_000;

    @Test
    void anEndlessBodyIsForwardedAndKeptInPart() throws Exception {
        forwards("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", "x".repeat(8_192));
    }

    @Test
    void anEndlessStreamIsForwardedAndKeptInPart() throws Exception {
        String event = "data: " + "x".repeat(8_000) + "\n\n";
        forwards("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n", event);
    }

    @Test
    void aLineThatNeverEndsIsForwardedAndKeptInPart() throws Exception {
        forwards("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n", "y".repeat(8_192));
    }

    @Test
    void aHeadThatNeverEndsIsForwarded() throws Exception {
        forwards("HTTP/1.1 200 OK\r\n", "X-Line: " + "z".repeat(8_000) + "\r\n");
    }

    private static void forwards(String head, String part) throws IOException {
        byte[] octets = part.getBytes(StandardCharsets.US_ASCII);
        RawServer server = RawServer.answering(out -> {
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            for (int sent = 0; sent < MUCH; sent += octets.length) {
                out.write(octets);
            }
        });
        try (Session session = Session.before(server, server.url(), options -> options.withMost(10, KEPT))) {
            long read = 0;
            try (Socket client = new Socket("127.0.0.1", session.watch().port())) {
                client.setSoTimeout(60_000);
                client.getOutputStream()
                        .write("GET /mcp HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\r\n".getBytes());
                InputStream in = client.getInputStream();
                byte[] buffer = new byte[64 * 1024];
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    read += count;
                }
            }
            assertTrue(read >= MUCH, "only " + read + " octets arrived");
            Watched.Taken taken = session.seen().visits().get(0).taken().get(0);
            long kept = taken.exchange().body().length()
                    + taken.exchange().stream().pending().length()
                    + taken.exchange().stream().events().stream()
                            .mapToLong(event -> event.data().length())
                            .sum();
            assertTrue(kept <= 2 * KEPT + 8_192 || head.endsWith("OK\r\n"), kept + " characters are kept");
        }
    }

    @Test
    void noMoreExchangesAreRecordedThanWasSaidAndThatIsSaid() throws Exception {
        RawServer server =
                RawServer.answering(out -> out.write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n".getBytes()));
        try (Session session = Session.before(server, server.url(), options -> options.withMost(2, KEPT))) {
            for (int i = 0; i < 5; i++) {
                assertEquals(202, post(session.watch().port()));
            }
            Watched seen = session.seen();
            assertEquals(5, seen.asked());
            assertEquals(
                    2,
                    seen.visits().stream()
                            .mapToInt(visit -> visit.taken().size())
                            .sum());
            assertTrue(
                    session.lines().stream().anyMatch(line -> line.contains("2 exchanges are recorded; what follows")),
                    () -> session.lines().toString());
        }
    }

    @Test
    void noMoreClientsAreServedAtOnceThanWasSaid() throws Exception {
        RawServer server =
                RawServer.answering(out -> out.write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n".getBytes()));
        List<Socket> idle = new ArrayList<>();
        try (Session session = Session.before(server, server.url(), options -> options.withMostConnections(2))) {
            for (int i = 0; i < 2; i++) {
                idle.add(new Socket("127.0.0.1", session.watch().port()));
            }
            assertEquals(503, post(session.watch().port()));
            for (Socket each : idle) {
                each.close();
            }
        }
    }

    private static int post(int port) throws IOException {
        try (Socket client = new Socket("127.0.0.1", port)) {
            client.setSoTimeout(20_000);
            client.getOutputStream()
                    .write(("POST /mcp HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 46\r\n\r\n"
                                    + "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"}")
                            .getBytes());
            byte[] start = client.getInputStream().readNBytes(12);
            client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            return Integer.parseInt(new String(start, 9, 3, StandardCharsets.US_ASCII));
        }
    }
}

package dev.mcppreflight.conformance.watch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes the watch arrives as it was sent: octet by octet, at once, and each end sees when the other is gone. */
@Timeout(60)
class TransparencyTest {

    private static final Map<String, byte[]> ANSWERS = answers();

    private static Map<String, byte[]> answers() {
        Map<String, byte[]> answers = new TreeMap<>();
        String json = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"a\":\"é\"}}";
        answers.put("json", whole("Content-Type: application/json\r\n", json.getBytes(StandardCharsets.UTF_8)));
        answers.put(
                "odd-names", whole("cOnTent-tYpe:application/json\r\nX-Twice: 1\r\nX-Twice: 2\r\n", json.getBytes()));
        answers.put(
                "sse",
                text("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "A\r\ndata: {}\n\n\r\n4;x=y\r\n: b\n\r\n0\r\nTrailer: 1\r\n\r\n"));
        answers.put(
                "sse-to-the-end", text("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\ndata"));
        answers.put("gzip", whole("Content-Encoding: gzip\r\nContent-Type: application/json\r\n", zipped(json)));
        answers.put("brotli", whole("Content-Encoding: br\r\n", new byte[] {1, 2, 3, (byte) 0xFF}));
        answers.put("no-content", text("HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n"));
        answers.put("accepted", text("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"));
        answers.put("large", whole("", noise(3 * 1024 * 1024)));
        answers.put("cut", text("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"));
        answers.put(
                "broken-chunks",
                text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\nnonsense\r\nxyz"));
        answers.put("no-http", text("SSH-2.0-OpenSSH_9.6\r\n"));
        answers.put("long-head", text("HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(300_000) + "\r\n\r\nbody"));
        answers.put("nothing", new byte[0]);
        return answers;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "json",
                "odd-names",
                "sse",
                "sse-to-the-end",
                "gzip",
                "brotli",
                "no-content",
                "accepted",
                "large",
                "cut",
                "broken-chunks",
                "no-http",
                "long-head",
                "nothing"
            })
    void everyAnswerArrivesAsItWasSent(String kind) throws Exception {
        byte[] answer = ANSWERS.get(kind);
        RawServer server = RawServer.answering(out -> out.write(answer));
        try (Session session = Session.before(server, server.url())) {
            String request =
                    "POST /mcp HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip, br\r\nContent-Length: 2\r\n\r\n{}";
            assertArrayEquals(ask(server.port(), request), ask(session.watch().port(), request));
        }
    }

    @Test
    void aHeadIsAnsweredWithoutABody() throws Exception {
        RawServer server = RawServer.answering(out -> out.write(text("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n")));
        try (Session session = Session.before(server, server.url())) {
            String request = "HEAD /mcp HTTP/1.1\r\nHost: a\r\n\r\n";
            assertArrayEquals(ask(server.port(), request), ask(session.watch().port(), request));
        }
    }

    @Test
    void theServerGetsTheBodyAsItWasSentAndTheHeadersThatAProxyOwes() throws Exception {
        RawServer server = RawServer.answering(out -> out.write(text("HTTP/1.1 204 No Content\r\n\r\n")));
        try (Session session = Session.before(server, server.url())) {
            String body = "3;a=b\r\n{\r\n\r\n1\r\n}\r\n0\r\n\r\n";
            ask(
                    session.watch().port(),
                    "POST /a%20b?c=%2F HTTP/1.1\r\nHost: public.example\r\nX-Odd:  two  \r\nX-Forwarded-For: 9.9.9.9\r\n"
                            + "X-Forwarded-Proto: https\r\nConnection: close, X-Mine\r\nX-Mine: 1\r\nKeep-Alive: 5\r\n"
                            + "Upgrade: h2c\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
            String asked = server.asked();
            assertTrue(
                    asked.startsWith("POST /a%20b?c=%2F HTTP/1.1\r\nHost: public.example\r\nX-Odd:  two  \r\n"), asked);
            assertTrue(asked.endsWith("\r\n\r\n" + body), asked);
            assertTrue(asked.contains("X-Forwarded-For: 9.9.9.9, 127.0.0.1\r\n"), asked);
            assertTrue(asked.contains("X-Forwarded-Proto: https\r\n"), asked);
            assertTrue(asked.contains("X-Forwarded-Host: public.example\r\n"), asked);
            assertTrue(asked.contains("Connection: close\r\n"), asked);
            assertFalse(asked.contains("X-Mine") || asked.contains("Keep-Alive") || asked.contains("h2c"), asked);
        }
    }

    @Test
    void theHostIsRewrittenAndThePrefixTakenOffOnDemand() throws Exception {
        RawServer server = RawServer.answering(out -> out.write(text("HTTP/1.1 204 No Content\r\n\r\n")));
        try (Session session =
                Session.before(server, server.url(), options -> options.withHost(WatchOptions.HostPolicy.REWRITE)
                        .withPathPrefix("/team"))) {
            ask(session.watch().port(), "GET /team/mcp?x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            String asked = server.asked();
            assertTrue(asked.startsWith("GET /mcp?x HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n"), asked);
            assertTrue(asked.contains("X-Forwarded-Prefix: /team\r\n"), asked);
        }
    }

    @Test
    void eventsArriveOneByOneWhileTheServerIsStillWriting() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        RawServer server = RawServer.answering(out -> {
            out.write(text("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n"));
            out.flush();
            // The second event is written only when the first has arrived.
            await(seen);
            out.write(text("data: 2\n\n"));
        });
        try (Session session = Session.before(server, server.url());
                Socket client = new Socket("127.0.0.1", session.watch().port())) {
            client.getOutputStream().write(text("GET /sse HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\r\n"));
            readUntil(client.getInputStream(), "data: 1\n\n");
            seen.countDown();
            readUntil(client.getInputStream(), "data: 2\n\n");
        }
    }

    @Test
    void aClientThatLeavesTakesItsConnectionToTheServerWithIt() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        RawServer server = RawServer.serving(socket -> {
            socket.getOutputStream()
                    .write(text("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n"));
            // Nothing is written any more: only reading can tell.
            while (socket.getInputStream().read() >= 0) {
                continue;
            }
            gone.countDown();
        });
        try (Session session = Session.before(server, server.url())) {
            try (Socket client = new Socket("127.0.0.1", session.watch().port())) {
                client.getOutputStream().write(text("GET /sse HTTP/1.1\r\nHost: a\r\n\r\n"));
                readUntil(client.getInputStream(), "data: 1\n\n");
            }
            await(gone);
        }
    }

    @Test
    void aServerThatIsDownIsABadGatewayWithItsReason() throws Exception {
        RawServer server = RawServer.answering(out -> {});
        try (Session session = Session.before(() -> {}, server.url())) {
            server.close();
            String answer = new String(
                    ask(session.watch().port(), "POST /mcp HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}"),
                    StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 502 Bad Gateway\r\nContent-Type: application/json\r\n"), answer);
            assertTrue(
                    answer.contains("\"message\":\"preflight watch gets no connection to http://127.0.0.1:"), answer);
            session.seen();
            assertTrue(
                    session.lines().stream().anyMatch(line -> line.contains("POST /mcp -> refused")),
                    () -> session.lines().toString());
        }
    }

    @Test
    void severalRequestsShareAConnectionAsTheyDoWithoutIt() throws Exception {
        try (Session session = Session.before("healthy-streamable");
                Socket client = new Socket("127.0.0.1", session.watch().port())) {
            String message = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                    + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"a\",\"version\":\"1\"}}}";
            client.setSoTimeout(20_000);
            for (int i = 0; i < 3; i++) {
                client.getOutputStream()
                        .write(text("POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                                + "Accept: application/json, text/event-stream\r\nContent-Length: " + message.length()
                                + "\r\n\r\n" + message));
                String head = readUntil(client.getInputStream(), "\r\n\r\n");
                assertTrue(head.startsWith("HTTP/1.1 200 "), head);
                String length = head.replaceAll("(?is).*content-length: (\\d+).*", "$1");
                client.getInputStream().readNBytes(Integer.parseInt(length));
            }
            assertEquals(3, session.seen().asked());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECT a:1 HTTP/1.1\r\n\r\n",
                "nonsense\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n",
                "GET / HTTP/2.0\r\n\r\n"
            })
    void whatCannotBeForwardedSafelyIsRefused(String request) throws Exception {
        RawServer server = RawServer.answering(out -> out.write(text("HTTP/1.1 204 No Content\r\n\r\n")));
        try (Session session = Session.before(server, server.url())) {
            String answer = new String(ask(session.watch().port(), request), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 400 Bad Request"), answer);
        }
    }

    // ---- octets

    private static byte[] ask(int port, String request) throws IOException {
        try (Socket client = new Socket("127.0.0.1", port)) {
            client.setSoTimeout(20_000);
            client.getOutputStream().write(text(request.replace("Host: a\r\n", "Host: a\r\nConnection: close\r\n")));
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            client.getInputStream().transferTo(all);
            String answer = all.toString(StandardCharsets.ISO_8859_1);
            // What concerns one connection alone is the watch's own.
            return answer.replaceFirst("(?i)\r\nConnection: close(?=\r\n)", "").getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private static String readUntil(InputStream in, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int octet = in.read();
            assertTrue(octet >= 0, () -> "the end came before '" + end + "': " + read);
            read.append((char) octet);
        }
        return read.toString();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS), "what should happen did not");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] whole(String headers, byte[] body) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(text("HTTP/1.1 200 Fine\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n"));
        answer.writeBytes(body);
        return answer.toByteArray();
    }

    private static byte[] zipped(String text) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return zipped.toByteArray();
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(1).nextBytes(noise);
        return noise;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

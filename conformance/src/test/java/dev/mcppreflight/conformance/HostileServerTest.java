package dev.mcppreflight.conformance;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.report.Outcome;
import dev.mcppreflight.conformance.report.Report;
import dev.mcppreflight.conformance.report.Verdict;
import dev.mcppreflight.conformance.target.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that mean harm get a verdict in bounded time and memory, never an error of ours. Loopback only. */
@Timeout(60)
class HostileServerTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";

    @Test
    void aBodyWithoutEnd() throws Exception {
        judge(out -> {
            write(out, OK + "Content-Type: application/json\r\n\r\n");
            forEver(out, "[\"harmless\"],\n".repeat(500));
        });
    }

    @Test
    void aStreamWithoutEnd() throws Exception {
        judge(out -> {
            write(out, OK + "Content-Type: text/event-stream\r\n\r\n");
            forEver(out, "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}\n\n".repeat(100));
        });
    }

    @Test
    void anEventWithoutEnd() throws Exception {
        judge(out -> {
            write(out, OK + "Content-Type: text/event-stream\r\n\r\ndata: ");
            forEver(out, "x".repeat(10_000));
        });
    }

    @Test
    void headersWithoutEnd() throws Exception {
        judge(out -> {
            write(out, OK);
            forEver(out, ("X-Header: " + "y".repeat(500) + "\r\n").repeat(20));
        });
    }

    @Test
    void aHeaderOfAMegabyte() throws Exception {
        judge(out -> write(out, OK + "X-Header: " + "z".repeat(1024 * 1024) + "\r\n\r\n{}"));
    }

    @Test
    void aChallengeThatIsNoEndOfQuotes() throws Exception {
        judge(out -> write(
                out,
                "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer "
                        + "a=\"\\\"\\\"\\\", ".repeat(6_000)
                        + "\r\nContent-Length: 0\r\n\r\n"));
    }

    @Test
    void jsonOfTenThousandLevels() throws Exception {
        judge(out -> answer(out, "[".repeat(10_000) + "]".repeat(10_000)));
    }

    @Test
    void aNumberOfAMillionDigits() throws Exception {
        judge(out -> answer(out, "{\"jsonrpc\":\"2.0\",\"id\":" + "9".repeat(1_000_000) + ",\"result\":{}}"));
    }

    @Test
    void aBombOfZeroes() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            byte[] zeroes = new byte[1024 * 1024];
            for (int i = 0; i < 200; i++) {
                gzip.write(zeroes);
            }
        }
        judge(out -> {
            write(
                    out,
                    OK + "Content-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: " + bomb.size()
                            + "\r\n\r\n");
            out.write(bomb.toByteArray());
        });
    }

    @Test
    void pagesWithoutEnd() throws Exception {
        String tool = "{\"name\":\"tool\",\"inputSchema\":{\"type\":\"object\"}}";
        String page = tool + ("," + tool).repeat(2_000);
        AtomicInteger cursor = new AtomicInteger();
        Report report = judge((request, out) -> {
            String id = request.replaceAll("(?s).*\"id\":(\"[^\"]*\"|[0-9]+).*", "$1");
            String result = request.contains("\"initialize\"")
                    ? "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
                            + "\"serverInfo\":{\"name\":\"x\",\"version\":\"1\"}}"
                    : request.contains("tools/list")
                            ? "{\"tools\":[" + page + "],\"nextCursor\":\"" + cursor.incrementAndGet() + "\"}"
                            : "{}";
            answer(out, "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}");
        });
        assertNotEquals(Verdict.READY, report.verdict());
        // A large body is recorded in part, which is no reason to call it cut.
        assertTrue(
                report.causes().stream().noneMatch(found -> found.cause().id().equals("HTTP-019")));
    }

    /** Lines of seven million octets, one after the other; all of them together would fill the memory. */
    @Test
    void aProcessThatFloods() {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Flood.class.getName());
        Report report = Preflight.of(Target.of(command).withTimeout(Duration.ofSeconds(4)))
                .run();
        assertEquals(Verdict.NOT_READY, report.verdict());
        assertEquals(0, report.totals().get(Outcome.HARNESS_ERROR));
        // It runs, and it is not its end that keeps a client from an answer.
        assertEquals("STDIO-001", report.causes().get(0).cause().id());
    }

    static final class Flood {

        private Flood() {}

        public static void main(String[] arguments) throws IOException {
            byte[] line = ("y".repeat(7_000_000) + "\n").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 200; i++) {
                System.out.write(line);
                System.out.flush();
            }
        }
    }

    @Test
    void oneOctetASecond() throws Exception {
        judge(out -> {
            for (char c : (OK + "Content-Type: application/json\r\n\r\n{}").toCharArray()) {
                write(out, String.valueOf(c));
                pause(200);
            }
        });
    }

    @Test
    void redirectsInACircle() throws Exception {
        judge(out -> write(out, "HTTP/1.1 307 Temporary Redirect\r\nLocation: /mcp\r\nContent-Length: 0\r\n\r\n"));
    }

    @Test
    void aTextOfTwoThousandMillionLetters() throws Exception {
        Report report = judge((request, out) -> {
            String id = request.replaceAll("(?s).*\"id\":(\"[^\"]*\"|[0-9]+).*", "$1");
            String result = request.contains("\"initialize\"")
                    ? "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
                            + "\"serverInfo\":{\"name\":\"x\",\"version\":\"1\"}}"
                    : request.contains("tools/list")
                            ? "{\"tools\":[{\"name\":\"t\",\"annotations\":{\"readOnlyHint\":true},\"inputSchema\":{\"type\":"
                                    + "\"object\",\"required\":[\"q\",\"r\"],\"properties\":{\"q\":{\"type\":\"string\",\"minLength\":"
                                    + "2000000000},\"r\":{\"type\":\"string\",\"minLength\":-2000000000}}}}]}"
                            : "{\"content\":[]}";
            answer(out, "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}");
        });
        assertNotEquals(Verdict.READY, report.verdict());
    }

    @Test
    void tenThousandToolsWithEscapes() throws Exception {
        StringBuilder tools = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            tools.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"t\\u001b[2J<script>")
                    .append(i)
                    .append("\",\"inputSchema\":{\"type\":\"object\"}}");
        }
        String list = tools.toString();
        Report report = judge((request, out) -> {
            String id = request.replaceAll("(?s).*\"id\":(\"[^\"]*\"|[0-9]+).*", "$1");
            String result = request.contains("\"initialize\"")
                    ? "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
                            + "\"serverInfo\":{\"name\":\"x\",\"version\":\"1\"}}"
                    : request.contains("tools/list") ? "{\"tools\":[" + list + "]}" : "{}";
            answer(out, "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}");
        });
        assertNotEquals(Verdict.READY, report.verdict());
    }

    private interface Behaviour {
        void answer(OutputStream out) throws IOException;
    }

    private interface Dialogue {
        void answer(String request, OutputStream out) throws IOException;
    }

    private static Report judge(Behaviour behaviour) throws IOException {
        Report report = judge((request, out) -> behaviour.answer(out));
        assertEquals(Verdict.NOT_READY, report.verdict());
        return report;
    }

    private static Report judge(Dialogue dialogue) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread acceptor = new Thread(() -> accept(server, dialogue));
            acceptor.setDaemon(true);
            acceptor.start();
            URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/mcp");
            Report report = Preflight.of(Target.of(url).withTimeout(Duration.ofSeconds(2)))
                    .run();
            assertAll(
                    () -> assertEquals(0, report.totals().get(Outcome.HARNESS_ERROR), () -> report.checks().stream()
                            .filter(result -> result.outcome() == Outcome.HARNESS_ERROR)
                            .map(result -> result.check().id() + " " + result.reason())
                            .toList()
                            .toString()),
                    () -> assertTrue(report.durationMillis() < 30_000, report.durationMillis() + " ms"));
            return report;
        }
    }

    private static void accept(ServerSocket server, Dialogue dialogue) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> serve(socket, dialogue));
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Socket socket, Dialogue dialogue) {
        try (socket) {
            socket.setSoTimeout(5_000);
            String request = read(socket.getInputStream());
            dialogue.answer(request, socket.getOutputStream());
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // The client has heard enough.
        }
    }

    /** One request: its head, and as much body as it announces. */
    private static String read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                return head.toString();
            }
            head.append((char) octet);
        }
        String length = head.toString().replaceAll("(?is).*content-length: *([0-9]+).*", "$1");
        int octets = length.matches("[0-9]{1,6}") ? Integer.parseInt(length) : 0;
        return head + new String(in.readNBytes(octets), StandardCharsets.UTF_8);
    }

    private static void answer(OutputStream out, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        write(out, OK + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n");
        out.write(body);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Until the client hangs up, and for ten seconds at the most. */
    private static void forEver(OutputStream out, String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < end) {
            out.write(octets);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

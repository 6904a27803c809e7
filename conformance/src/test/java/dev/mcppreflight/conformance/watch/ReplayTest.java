package dev.mcppreflight.conformance.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.Schemas;
import dev.mcppreflight.conformance.fault.Fault;
import dev.mcppreflight.conformance.fault.FaultyServer;
import dev.mcppreflight.conformance.report.CauseFinding;
import dev.mcppreflight.conformance.target.Target;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was recorded can be kept without its secrets, read again, and played against any server. */
class ReplayTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"healthy-streamable", "healthy-streaming", "healthy-sse", "healthy-stateless", "healthy-full"})
    void aServerOfTheSameKindAnswersAsRecorded(String server) {
        Replays replays = replayed(recorded(server), server);
        assertEquals(List.of(), replays.differences());
        assertEquals(List.of(), replays.report().causes());
    }

    @ParameterizedTest
    @CsvSource({
        "healthy-streamable, HTTP-006, HTTP-006",
        "healthy-streamable, MCP-002, MCP-002",
        "healthy-streamable, TOOL-032, TOOL-032",
        "healthy-sse, SSE-003, SSE-003",
    })
    void aServerThatIsWrongAnswersOtherwiseAndIsDiagnosed(String recorded, String fault, String cause) {
        Replays replays = replayed(recorded(recorded), fault);
        assertFalse(replays.differences().isEmpty());
        List<String> causes = replays.report().causes().stream()
                .map(CauseFinding::cause)
                .map(each -> each.id())
                .toList();
        assertTrue(causes.contains(cause), () -> causes + " " + replays.differences());
    }

    @Test
    void theRecordingOfAFaultIsPlayedAlike() {
        Replays replays = replayed(recorded("HTTP-006"), "HTTP-006");
        assertEquals(List.of(), replays.differences());
        assertEquals("HTTP-006", replays.report().causes().get(0).cause().id());
    }

    @Test
    void noSecretIsKept() throws IOException {
        String body =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"x\",\"arguments\":"
                        + "{\"password\":\"pl4nted-password\",\"note\":\"again pl4nted-bearer\"}}}";
        RawServer server = RawServer.answering(out -> {
            String answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"access_token\":\"pl4nted-access\","
                    + "\"echo\":\"pl4nted-cookie \\u001b[2J pl4nted-key\"}}";
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nSet-Cookie: s=pl4nted-set; Path=/\r\n"
                            + "X-Session-Token: pl4nted-answer\r\nContent-Length: " + answer.length() + "\r\n\r\n"
                            + answer)
                    .getBytes(StandardCharsets.UTF_8));
        });
        try (Session session = Session.before(server, server.url())) {
            for (String message : List.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"}", body)) {
                post(session, message);
            }
            String kept = SessionFile.of(session.seen(), "http://localhost", Instant.EPOCH)
                    .text();
            String told = String.join("\n", session.lines());
            assertFalse(kept.contains("pl4nted"), kept);
            assertFalse(told.contains("pl4nted"), told);
            assertTrue(kept.contains("Bearer [redacted]"), kept);
            assertTrue(told.chars().allMatch(each -> each == '\n' || each >= ' '), told);
        }
    }

    private static void post(Session session, String message) throws IOException {
        try (Socket client = new Socket("127.0.0.1", session.watch().port())) {
            client.setSoTimeout(20_000);
            client.getOutputStream()
                    .write(("POST /mcp?api_key=pl4nted-query HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                                    + "Authorization: Bearer pl4nted-bearer\r\nCookie: a=pl4nted-cookie; b=1\r\n"
                                    + "X-Api-Key: pl4nted-key\r\nX-Amz-Security-Token: pl4nted-amazon\r\n"
                                    + "Content-Type: application/json\r\nContent-Length: " + message.length()
                                    + "\r\n\r\n"
                                    + message)
                            .getBytes(StandardCharsets.UTF_8));
            client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    @Test
    void whatIsNoRecordingIsSaidToBeNone() {
        assertThrows(IllegalArgumentException.class, () -> SessionFile.read("x"));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> SessionFile.read("{\"a\":1}"));
        assertTrue(e.getMessage().startsWith("it is no recording: "), e.getMessage());
    }

    private static SessionFile recorded(String server) {
        try (Session session = Session.before(server)) {
            Watched seen = session.visitedBy("mcp-remote").seen();
            String text =
                    SessionFile.of(seen, "http://localhost", Instant.now()).text();
            assertEquals(Optional.empty(), Schemas.problemOf(Json.parse(text), SessionFile.schema()));
            return SessionFile.read(text);
        }
    }

    private static Replays replayed(SessionFile session, String server) {
        try (FaultyServer running = FaultyServer.start(Fault.load(server))) {
            Target target = Target.of(URI.create(running.url())).withTimeout(Duration.ofSeconds(3));
            return Replays.of(session, target, false, line -> {});
        }
    }
}

package dev.mcppreflight.conformance;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.probe.HttpProbe;
import dev.mcppreflight.conformance.probe.HttpRequest;
import dev.mcppreflight.conformance.probe.Names;
import dev.mcppreflight.conformance.probe.Patience;
import dev.mcppreflight.conformance.probe.Trust;
import dev.mcppreflight.conformance.target.Limits;
import dev.mcppreflight.conformance.target.Target;
import dev.mcppreflight.conformance.wire.Challenge;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.Redactor;
import dev.mcppreflight.conformance.wire.SseEvent;
import dev.mcppreflight.conformance.wire.SseFacts;
import dev.mcppreflight.conformance.wire.SseParser;
import dev.mcppreflight.conformance.wire.WireLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * What a server sends is read whatever it is: octets of honest answers, bent at random, make no reader throw, hang or invent.
 * About a minute of it; loopback only.
 */
class ReaderFuzzTest {

    private static final List<String> STREAMS = List.of(
            "event: endpoint\ndata: /messages?sessionId=1\n\n",
            "event: message\r\nid: 7\r\nretry: 3000\r\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\r\n\r\n",
            ": heartbeat\n\ndata: é\ndata: two\n\nid: 1\ndata:\n\n");
    private static final List<String> MESSAGES = List.of(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[{\"name\":\"a\",\"inputSchema\":{\"type\":\"object\"}}]}}",
            "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}",
            "[{\"jsonrpc\":\"2.0\",\"id\":9007199254740993,\"result\":{\"a\":[1e3,-0.5,true,null,\"\\u00e9\\ud83c\\udfe0\"]}}]");
    private static final List<String> CHALLENGES = List.of(
            "Bearer realm=\"mcp\", error=\"invalid_token\", resource_metadata=\"https://a.example/.well-known/x\"",
            "Basic realm=\"a \\\"b\\\" c\", Bearer scope=\"a b\", error=insufficient_scope",
            "Negotiate, Digest nonce=abc==, qop=\"auth,auth-int\"");
    private static final List<String> ANSWERS = List.of(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
            "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer realm=\"a\"\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/event-stream\r\n\r\n"
                    + "10\r\ndata: {\"id\":1}\n\n\r\n0\r\n\r\n",
            "HTTP/1.0 302 Found\r\nLocation: /login\r\nSet-Cookie: a=b; Path=/\r\n\r\n<html></html>",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202 Accepted\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\u001f\u008b\b\u0000");
    private static final List<String> SPLINTERS = List.of(
            "\r",
            "\n",
            "\r\n",
            "\r\n\r\n",
            "\u0000",
            ":",
            " ",
            "\"",
            "\\",
            "\\\"",
            ",",
            "=",
            "{",
            "}",
            "[",
            "]",
            "\u00ef\u00bb\u00bf",
            "\u00c3\u00a9",
            "\u00c3",
            "\u00ff",
            "data:",
            "event: ",
            "id: ",
            "-1",
            "99999999999999999999",
            "0x",
            "chunked",
            "HTTP/1.1 ",
            "Content-Length: ",
            "\u001b[2J",
            "Bearer ",
            "null",
            "1e999");

    private static ServerSocket server;
    private static volatile byte[] answer = {};

    /** An honest text, as octets in Latin-1, with up to a dozen places cut out, doubled, replaced or splintered. */
    private static Arbitrary<byte[]> bent(List<String> honest) {
        Arbitrary<Bend> bends = Combinators.combine(
                        Arbitraries.integers().between(0, 4_000),
                        Arbitraries.integers().between(0, 12),
                        Arbitraries.oneOf(
                                Arbitraries.of(SPLINTERS),
                                Arbitraries.integers().between(0, 255).map(octet -> String.valueOf((char) (int) octet)),
                                Arbitraries.just("")))
                .as(Bend::new);
        return Combinators.combine(
                        Arbitraries.of(honest),
                        Arbitraries.of(honest),
                        bends.list().ofMaxSize(12))
                .as((one, other, list) -> {
                    String octets =
                            new String((one + other).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
                    for (Bend bend : list) {
                        octets = bend.apply(octets);
                    }
                    return octets.getBytes(StandardCharsets.ISO_8859_1);
                });
    }

    private record Bend(int place, int cut, String put) {

        String apply(String octets) {
            int from = place % (octets.length() + 1);
            return octets.substring(0, from) + put + octets.substring(Math.min(octets.length(), from + cut));
        }
    }

    @Provide
    Arbitrary<byte[]> streams() {
        return bent(STREAMS);
    }

    @Provide
    Arbitrary<byte[]> messages() {
        return bent(MESSAGES);
    }

    @Provide
    Arbitrary<byte[]> challenges() {
        return bent(CHALLENGES);
    }

    @Provide
    Arbitrary<byte[]> answers() {
        return bent(ANSWERS);
    }

    @Property(tries = 100_000, shrinking = ShrinkingMode.BOUNDED)
    void anEventStreamIsReadAsTheStandardSays(@ForAll("streams") byte[] octets) {
        SseParser parser = new SseParser();
        List<SseEvent> completed = new ArrayList<>();
        for (byte octet : octets) {
            parser.accept(octet & 0xff, 0).ifPresent(completed::add);
        }
        SseFacts facts = parser.facts();
        assertEquals(completed, facts.events());
        utf8(octets)
                .ifPresent(text -> assertAll(
                        () -> assertEquals(
                                dispatched(text),
                                facts.events().stream().map(SseEvent::data).toList()),
                        () -> assertEquals(
                                text.startsWith("\ufeff") && text.matches("(?s).*[\r\n].*"), facts.byteOrderMark())));
    }

    /** The data of each event by the rules of WHATWG HTML section 9.2.6, on the text as a whole. */
    private static List<String> dispatched(String text) {
        List<String> events = new ArrayList<>();
        List<String> data = new ArrayList<>();
        boolean anything = false;
        String[] lines = (text.startsWith("\ufeff") ? text.substring(1) : text).split("\r\n|\n|\r", -1);
        // What stands after the last line break is no line yet.
        for (String line : List.of(lines).subList(0, lines.length - 1)) {
            String[] parts = line.split(":", 2);
            String value = parts.length < 2 ? "" : parts[1].startsWith(" ") ? parts[1].substring(1) : parts[1];
            if (line.isEmpty()) {
                if (anything) {
                    events.add(String.join("\n", data));
                }
                data.clear();
                anything = false;
            } else if (parts[0].equals("data")) {
                data.add(value);
                anything = true;
            } else if (List.of("event", "id", "retry").contains(parts[0])) {
                anything = true;
            }
        }
        return events;
    }

    @Property(tries = 100_000, shrinking = ShrinkingMode.BOUNDED)
    void aMessageIsReadWholeOrNotAtAll(@ForAll("messages") byte[] octets) {
        Json json = Json.parseOrMissing(new String(octets, StandardCharsets.UTF_8));
        if (json.isPresent()) {
            assertEquals(json, Json.parse(json.toString()));
            assertTrue(json.walk().count() > 0);
        }
        assertEquals(json.get("id").text(), json.get("id").text());
    }

    @Property(tries = 100_000, shrinking = ShrinkingMode.BOUNDED)
    void aChallengeIsReadWithoutInvention(@ForAll("challenges") byte[] octets) {
        String value = new String(octets, StandardCharsets.ISO_8859_1);
        for (Challenge challenge : Challenge.of(refusal(value))) {
            assertTrue(value.contains(challenge.scheme()) && !challenge.scheme().isBlank(), challenge::toString);
            challenge
                    .parameters()
                    .forEach((name, text) -> assertAll(
                            () -> assertEquals(name.toLowerCase(Locale.ROOT), name),
                            () -> assertTrue(value.toLowerCase(Locale.ROOT).contains(name), name),
                            () -> assertTrue(
                                    value.replaceAll("(?s)\\\\(.)", "$1").contains(text), text)));
        }
    }

    private static Exchange refusal(String challenge) {
        WireLog log = new WireLog(new Redactor(List.of()));
        var recording = log.begin("a request", "POST", "http://127.0.0.1/mcp", List.of(), "");
        recording.answered(401, List.of(new Header("WWW-Authenticate", challenge)));
        return recording.exchange();
    }

    @Property(tries = 20_000, shrinking = ShrinkingMode.OFF)
    void anAnswerIsRecordedOrItsFailureIs(@ForAll("answers") byte[] octets) {
        answer = octets;
        Target target = Target.of(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/mcp"));
        HttpProbe probe = new HttpProbe(
                new Trust(target), new Names(List.of()), Limits.DEFAULT, new Patience(Duration.ofSeconds(5)));
        WireLog log = new WireLog(new Redactor(List.of()));
        probe.send(new HttpRequest("GET", target.url(), List.of(), null), "a request", log);
        assertEquals(1, log.exchanges().size());
        Exchange exchange = log.exchanges().get(0);
        assertTrue(
                exchange.failure() != null || exchange.status() >= 100 && exchange.status() <= 999,
                () -> exchange.summary() + " of " + new String(octets, StandardCharsets.ISO_8859_1));
    }

    private static Optional<String> utf8(byte[] octets) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    @BeforeContainer
    static void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(ReaderFuzzTest::serve, "answers");
        thread.setDaemon(true);
        thread.start();
    }

    private static void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.getInputStream().read(new byte[4_096]);
                socket.getOutputStream().write(answer);
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                // The reader has hung up, or the test is over.
            }
        }
    }

    @AfterContainer
    static void hangUp() throws IOException {
        server.close();
    }
}

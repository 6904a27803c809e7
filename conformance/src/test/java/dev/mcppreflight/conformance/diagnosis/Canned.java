package dev.mcppreflight.conformance.diagnosis;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.data.JsonText;
import dev.mcppreflight.conformance.wire.Exchange;
import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.Purpose;
import dev.mcppreflight.conformance.wire.SseEvent;
import dev.mcppreflight.conformance.wire.SseFacts;
import dev.mcppreflight.conformance.wire.Timings;
import dev.mcppreflight.conformance.wire.TlsFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Exchanges as they would have been recorded. */
final class Canned {

    static final String URL = "http://127.0.0.1:8080/mcp";
    static final String SSE = "http://127.0.0.1:8080/sse";
    static final String MESSAGES = "http://127.0.0.1:8080/messages?sessionId=1";
    static final String SESSION = "Mcp-Session-Id";

    private final String purpose;
    private final String method;
    private String url = URL;
    private final List<Header> sent = new ArrayList<>();
    private String request = "";
    private int status;
    private final List<Header> headers = new ArrayList<>();
    private String body = "";
    private final List<SseEvent> events = new ArrayList<>();
    private int comments;
    private List<String> stray = List.of();
    private String pending = "";
    private boolean mark;
    private boolean invalid;
    private String answer;
    private Failure failure;
    private TlsFacts tls;
    private Timings timings = new Timings(1, -1, 3, 3, -1, 4);
    private boolean ended = true;
    private String standardError = "";
    private Integer exitCode;

    private Canned(String purpose, String method) {
        this.purpose = purpose;
        this.method = method;
    }

    static Canned of(String purpose, String method) {
        return new Canned(purpose, method);
    }

    /** A POST of a request for that purpose, answered by 200 and JSON. */
    static Canned post(String purpose) {
        return new Canned(purpose, "POST").asking(Json.object("jsonrpc", "2.0", "id", 1, "method", "ping"));
    }

    static Canned initialize() {
        return post(Purpose.INITIALIZE)
                .asking(Json.object("jsonrpc", "2.0", "id", 1, "method", "initialize", "params", Json.object()));
    }

    /** A handshake that went well. */
    static Canned welcome() {
        return initialize().json(welcomeMessage());
    }

    static Json welcomeMessage() {
        return Json.object(
                "jsonrpc",
                "2.0",
                "id",
                1,
                "result",
                Json.object(
                        "protocolVersion",
                        "2025-11-25",
                        "capabilities",
                        Json.object("tools", Json.object()),
                        "serverInfo",
                        Json.object("name", "s", "version", "1")));
    }

    static Canned notification() {
        return new Canned(Purpose.INITIALIZED, "POST")
                .asking(Json.object("jsonrpc", "2.0", "method", "notifications/initialized"))
                .status(202);
    }

    /** A page of the list of tools. */
    static Canned tools(Json... tools) {
        return post(Purpose.LIST_TOOLS)
                .asking(Json.object("jsonrpc", "2.0", "id", 2, "method", "tools/list"))
                .json(Json.object(
                        "jsonrpc", "2.0", "id", 2, "result", Json.object("tools", Json.array((Object[]) tools))));
    }

    /** A tool in which nothing is wrong. */
    static Json tool(String name) {
        return Json.object(
                "name",
                name,
                "title",
                "A tool",
                "description",
                "Use this when you need " + name,
                "inputSchema",
                Json.object("type", "object", "properties", Json.object()),
                "annotations",
                Json.object("readOnlyHint", true));
    }

    /** A call of a tool that only reads, with that result. */
    static Canned call(String tool, Json result) {
        return post(Sent.SAFE_CALL)
                .asking(Json.object(
                        "jsonrpc", "2.0", "id", 3, "method", "tools/call", "params", Json.object("name", tool)))
                .json(Json.object("jsonrpc", "2.0", "id", 3, "result", result));
    }

    /** The stream of HTTP+SSE as it is when all is well. */
    static Canned stream() {
        return new Canned(Purpose.STREAM, "GET").at(SSE).streaming().event("endpoint", "/messages?sessionId=1");
    }

    /** What Streamable HTTP gets at the address of such a stream. */
    static Canned refused() {
        return initialize().at(SSE).status(405);
    }

    static Canned line(String purpose) {
        Canned line =
                new Canned(purpose, "STDIO").asking(Json.object("jsonrpc", "2.0", "id", 1, "method", "initialize"));
        line.url = "server";
        line.timings = new Timings(0, -1, -1, -1, -1, 5);
        return line;
    }

    Canned at(String address) {
        url = address;
        return this;
    }

    Canned asking(Json message) {
        request = message.toString();
        return this;
    }

    Canned sending(String name, String value) {
        sent.add(new Header(name, value));
        return this;
    }

    Canned status(int code) {
        status = code;
        return this;
    }

    Canned header(String name, String value) {
        headers.add(new Header(name, value));
        return this;
    }

    Canned body(String text) {
        body = text;
        return this;
    }

    Canned page(int code) {
        return status(code).header("Content-Type", "text/html").body("<!doctype html><html><title>Page</title></html>");
    }

    /** Answered by 200 and this message in the body. */
    Canned json(Json message) {
        return json(200, message);
    }

    Canned json(int code, Json message) {
        answer = message.toString();
        return status(code).header("Content-Type", "application/json").body(answer);
    }

    Canned error(int code, long number, String message) {
        return json(
                code, Json.object("jsonrpc", "2.0", "id", 1, "error", Json.object("code", number, "message", message)));
    }

    /** Answered by this message elsewhere than in the body. */
    Canned answer(Json message) {
        answer = message.toString();
        return this;
    }

    Canned streaming() {
        ended = false;
        return status(200).header("Content-Type", "text/event-stream");
    }

    Canned event(String name, String data) {
        events.add(new SseEvent(name, data, null, null, true, 3));
        return this;
    }

    Canned noEvents() {
        events.clear();
        return this;
    }

    Canned comment() {
        comments++;
        return this;
    }

    Canned stray(String text) {
        stray = List.of(text);
        return this;
    }

    Canned pending(String text) {
        pending = text;
        return this;
    }

    Canned mark() {
        mark = true;
        return this;
    }

    Canned invalid() {
        invalid = true;
        return this;
    }

    Canned failing(Failure.Kind kind) {
        return failing(kind, "");
    }

    Canned failing(Failure.Kind kind, String detail) {
        failure = new Failure(kind, detail);
        ended = false;
        return this;
    }

    Canned headersAfter(long millis) {
        timings = new Timings(1, -1, millis, millis, -1, millis + 1);
        return this;
    }

    Canned took(long millis) {
        timings = new Timings(0, -1, -1, -1, -1, millis);
        return this;
    }

    /** Over TLS, with a certificate of that issuer. */
    Canned issuedBy(String issuer) {
        Instant start = Instant.EPOCH;
        tls = new TlsFacts("TLSv1.3", List.of(new TlsFacts.Certificate("CN=s", issuer, List.of("s"), start, start)));
        return this;
    }

    Canned saysToStandardError(String text) {
        standardError = text;
        return this;
    }

    Canned exit(int code) {
        exitCode = code;
        return failing(Failure.Kind.EXITED);
    }

    Exchange exchange() {
        return new Exchange(
                purpose,
                method,
                url,
                List.copyOf(sent),
                JsonText.of(request),
                status,
                List.copyOf(headers),
                body,
                new SseFacts(List.copyOf(events), comments, stray, pending, "", mark, invalid),
                JsonText.of(answer),
                failure,
                timings,
                tls,
                ended,
                standardError,
                exitCode);
    }
}

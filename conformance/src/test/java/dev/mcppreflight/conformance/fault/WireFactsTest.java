package dev.mcppreflight.conformance.fault;

import static dev.mcppreflight.conformance.fault.Wire.INITIALIZE;
import static dev.mcppreflight.conformance.fault.Wire.call;
import static dev.mcppreflight.conformance.fault.Wire.initialize;
import static dev.mcppreflight.conformance.fault.Wire.notification;
import static dev.mcppreflight.conformance.fault.Wire.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.authorization.Clients;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each fault looks like to a client that reads bytes. */
class WireFactsTest {

    private static final String LIST = request(3, "tools/list", Json.MISSING);
    private static final String PING = request(2, "ping", Json.MISSING);
    private static final String UNKNOWN = request(2, "no/such", Json.MISSING);
    private static final String DISCOVER = request("d", "server/discover", Json.object());
    private static final String KEY = "Authorization: Bearer preflight-key";
    private static final String MODERN = request(
            2,
            "tools/list",
            Json.object(
                    "_meta",
                    Json.object(
                            "io.modelcontextprotocol/protocolVersion",
                            "2026-07-28",
                            "io.modelcontextprotocol/clientCapabilities",
                            Json.object())));

    /** A dialogue with a server, told as text. */
    @FunctionalInterface
    private interface Dialogue {
        String with(String url) throws IOException;
    }

    /** In the text of this dialogue, these expressions are found one after the other. */
    private record Fact(String fault, Dialogue dialogue, String... expressions) {
        Pattern expected() {
            return Pattern.compile(String.join("(?s:.*)", expressions), Pattern.DOTALL);
        }

        @Override
        public String toString() {
            return fault;
        }
    }

    private static final List<Fact> FACTS = Stream.of(
                    reach(), http(), streams(), sessions(), signIn(), messages(), toolFacts(), stdioFacts())
            .flatMap(List::stream)
            .toList();
    private static final Map<String, Future<String>> TEXTS = new HashMap<>();

    private static Fact fact(String fault, Dialogue dialogue, String... expressions) {
        return new Fact(fault, dialogue, expressions);
    }

    /** A fact about the answer to initialize. */
    private static Fact first(String fault, String... expressions) {
        return fact(fault, url -> Wire.post(url, INITIALIZE), expressions);
    }

    /** A fact about the answer to a message in a session. */
    private static Fact then(String fault, String message, String... expressions) {
        return fact(fault, url -> Wire.inSession(url, message), expressions);
    }

    /** A fact about the list of tools. */
    private static Fact tools(String fault, String... expressions) {
        return then(fault, LIST, expressions);
    }

    /** A fact about a tool that is called. */
    private static Fact result(String fault, String... expressions) {
        return then(fault, call("add", "a", 1, "b", 2), expressions);
    }

    /** A fact about an HTTP+SSE stream after initialize, and a fact's text is stream, answer, stream. */
    private static Fact stream(String fault, String... expressions) {
        return fact(
                fault,
                url -> {
                    try (SseWire wire = new SseWire(url)) {
                        String answer = wire.endpoint().isEmpty() ? "" : wire.post(INITIALIZE);
                        return wire.received() + answer + wire.more();
                    }
                },
                expressions);
    }

    /** A fact about a failing handshake. */
    private static Fact tls(String fault, String... expressions) {
        return fact(
                fault,
                url -> {
                    try {
                        return Wire.post(url, INITIALIZE);
                    } catch (IOException e) {
                        return Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
                                .map(Throwable::toString)
                                .collect(Collectors.joining(", "));
                    }
                },
                expressions);
    }

    private static Fact stdio(String fault, String[] lines, String... expressions) {
        return fact(fault, url -> StdioWire.run(Fault.load(fault), lines), expressions);
    }

    private static String[] lines(String... lines) {
        return lines;
    }

    static List<Fact> facts() {
        return FACTS;
    }

    private static List<Fact> reach() {
        return List.of(
                fact("NET-001", url -> url, "^http://[a-z.-]+\\.invalid:\\d+/mcp$"),
                tls("NET-005", "ConnectException"),
                tls("NET-009", "SSLException"),
                tls("NET-009-plain-to-tls", "^(?!HTTP)"),
                tls("NET-010", "NotAfter: .* 2024"),
                tls("NET-010-not-yet-valid", "NotBefore: .* 2068"),
                tls("NET-011", "unable to find valid certification path"),
                tls("NET-012", "unable to find valid certification path"),
                tls("NET-013", "No subject alternative names"),
                tls("NET-014", "fatal alert: bad_certificate"),
                tls("NET-014-old-tls", "TLS11 is not accepted|protocol version|version"),
                tls("NET-014-alert", "protocol_version"),
                tls("HTTP-026", "fatal alert: no_application_protocol"),
                first("HTTP-026-frames", "^\\x00\\x00\\x00\\x04\\x00"),
                first("NET-015", "^HTTP/1.1 404 ", "text/html", "ngrok-error-code: ERR_NGROK_3200", "offline"),
                first("NET-016", "^HTTP/1.1 502 ", "ngrok-error-code: ERR_NGROK_8012"),
                first("NET-018", "^HTTP/1.1 429 ", "ERR_NGROK_727"),
                first("NET-019", "^HTTP/1.1 530 ", "Server: cloudflare", "cf-ray: ", "1033"),
                fact(
                        "NET-020",
                        url -> Wire.post(url, INITIALIZE)
                                + Wire.get(url.replace("/mcp", "/.well-known/oauth-protected-resource/mcp")),
                        "^HTTP/1.1 401 ",
                        "resource_metadata=\"http://127.0.0.1:\\d+/.well-known/oauth-protected-resource/mcp\"",
                        "\"resource\":\"https://old-name.preflight-fault.invalid/mcp\""),
                first("NET-021", "^HTTP/1.1 502 ", "nginx", "text/html|<html", "502 Bad Gateway"),
                first("NET-021-503", "^HTTP/1.1 503 "),
                first("NET-021-504", "^HTTP/1.1 504 "),
                fact(
                        "NET-023",
                        url -> Wire.post(url, INITIALIZE)
                                + Wire.post(url, INITIALIZE, "User-Agent: openai-mcp/1.0.0")
                                + Wire.post(url, INITIALIZE, "User-Agent: Claude-User"),
                        "^HTTP/1.1 200 ",
                        "HTTP/1.1 403 ",
                        "cf-ray",
                        "HTTP/1.1 403 "),
                first("NET-025", "^HTTP/1.1 302 ", "Location: https://[^/]*cloudflareaccess.com/"),
                first("NET-025-basic", "^HTTP/1.1 401 ", "WWW-Authenticate: Basic "));
    }

    private static List<Fact> http() {
        String pinned = "Mcp-Session-Id: ";
        return List.of(
                fact(
                        "HTTP-001",
                        url -> Wire.post(url, INITIALIZE) + Wire.post(url + "mcp", INITIALIZE),
                        "^HTTP/1.1 404 ",
                        "HTTP/1.1 200 "),
                fact(
                        "HTTP-001-sse",
                        url -> Wire.get(url) + Wire.post(url + "mcp", INITIALIZE) + Wire.get(url + "sse"),
                        "^HTTP/1.1 404 ",
                        "HTTP/1.1 404 ",
                        "event: endpoint"),
                fact(
                        "HTTP-002",
                        url -> Wire.post(url, INITIALIZE) + Wire.post(url + "/", INITIALIZE),
                        "^HTTP/1.1 307 ",
                        "Location: /mcp/\r",
                        "HTTP/1.1 200 "),
                fact(
                        "HTTP-003",
                        url -> url + Wire.post(url, INITIALIZE) + Wire.post(url.replace("http:", "https:"), INITIALIZE),
                        "^http://",
                        "HTTP/1.1 301 ",
                        "Location: https://127.0.0.1:\\d+/mcp\r",
                        "HTTP/1.1 200 "),
                first("HTTP-004", "^HTTP/1.1 307 ", "Location: http://127.0.0.1:8080/mcp/"),
                fact(
                        "HTTP-005",
                        url -> {
                            String answer = Wire.post(url, INITIALIZE, KEY);
                            String target = answer.replaceAll("(?s).*Location: (\\S+).*", "$1");
                            return answer + Wire.post(target, INITIALIZE) + Wire.post(target, INITIALIZE, KEY);
                        },
                        "^HTTP/1.1 307 ",
                        "Location: http://localhost:\\d+/mcp/\r",
                        "HTTP/1.1 401 ",
                        "HTTP/1.1 200 "),
                fact(
                        "HTTP-006",
                        url -> Wire.post(url, INITIALIZE)
                                + Wire.get(url.replace("/mcp", "/login"))
                                + Wire.post(url, INITIALIZE, "Cookie: id=1"),
                        "^HTTP/1.1 302 ",
                        "Location: /login\r",
                        "HTTP/1.1 200 ",
                        "<form",
                        "HTTP/1.1 200 ",
                        "\"result\""),
                fact(
                        "HTTP-007",
                        url -> Wire.post(url, INITIALIZE) + Wire.get(url),
                        "^HTTP/1.1 405 ",
                        "Allow: GET\r",
                        "HTTP/1.1 200 ",
                        "<html"),
                fact(
                        "HTTP-008",
                        url -> Wire.post(url, INITIALIZE) + Wire.get(url),
                        "^HTTP/1.1 200 ",
                        "<html",
                        "event: endpoint"),
                fact("HTTP-009", Wire::get, "^HTTP/1.1 404 "),
                fact(
                        "HTTP-010",
                        url -> Wire.post(url, INITIALIZE) + Wire.get(url),
                        "\"listChanged\":true",
                        "text/event-stream",
                        "\r\n\r\n\\[open]$"),
                fact(
                        "HTTP-011",
                        url -> Wire.post(url, INITIALIZE)
                                + Wire.post(url, INITIALIZE, "Accept: text/event-stream, application/json"),
                        "^HTTP/1.1 200 ",
                        "HTTP/1.1 406 "),
                fact(
                        "HTTP-012",
                        url -> Wire.post(url, INITIALIZE)
                                + Wire.post(url, INITIALIZE, "Content-Type: application/json; charset=utf-8"),
                        "^HTTP/1.1 200 ",
                        "HTTP/1.1 415 "),
                first("HTTP-013", "^HTTP/1.1 200 OK\r\n((?!Content-Type).)*\r\n\r\n\\{\"jsonrpc\""),
                first("HTTP-013-text", "^HTTP/1.1 200 ", "Content-Type: text/plain; charset=utf-8", "\"result\""),
                first("HTTP-014", "^HTTP/1.1 200 ", "text/html", "<!doctype html>"),
                fact(
                        "HTTP-017",
                        url -> Wire.post(url, INITIALIZE)
                                + Wire.post(url, INITIALIZE.replace("{},", "{\"elicitation\":{}},")),
                        "^HTTP/1.1 200 ",
                        "HTTP/1.1 500 "),
                fact(
                        "HTTP-019",
                        url -> {
                            String answer = Wire.post(url, INITIALIZE);
                            int announced = Integer.parseInt(answer.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
                            String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
                            return announced - body.length() + Wire.CLOSED.length() + " missing, " + body;
                        },
                        "^20 missing",
                        "\\[closed]$"),
                fact(
                        "HTTP-020",
                        url -> {
                            String answer = Wire.post(url, INITIALIZE);
                            String session = pinned + Wire.session(answer);
                            return answer
                                    + Wire.post(url, LIST, session)
                                    + Wire.post(url, LIST, session, "Cookie: AWSALB=node-1");
                        },
                        "Set-Cookie: AWSALB=",
                        "HTTP/1.1 404 ",
                        "HTTP/1.1 200 "),
                first("HTTP-022", "^HTTP/1.1 200 ", "Content-Encoding: br\r", "\\x1f\uFFFD"));
    }

    private static List<Fact> streams() {
        String begin = "text/event-stream.*\r\n\r\n[0-9a-f]+\r\n";
        return List.of(
                stream("SSE-001", begin + "?|text/event-stream.*\r\n\r\n\\[open]\\[open]$"),
                fact("SSE-002", Wire::get, "data: http://mcp.preflight-fault.invalid:8080/messages\\?sessionId="),
                fact(
                        "SSE-003",
                        url -> {
                            try (SseWire wire = new SseWire(url)) {
                                return url
                                        + wire.received()
                                        + wire.post(INITIALIZE)
                                        + Wire.post(
                                                wire.endpoint().replace("/messages", "/public/messages"), INITIALIZE);
                            }
                        },
                        "/public/sse",
                        "data: /messages\\?",
                        "HTTP/1.1 404 ",
                        "HTTP/1.1 202 "),
                stream("SSE-004", "data: messages\\?sessionId=", "HTTP/1.1 202 ", "\"result\""),
                fact(
                        "SSE-005",
                        url -> Wire.get(url) + Wire.get(url, "Accept-Encoding: gzip, deflate, br"),
                        "event: endpoint",
                        "\\[open]\\[open]$"),
                fact("SSE-009", Wire::get, "Content-Type: text/plain\r", "event: endpoint"),
                fact("SSE-011", Wire::get, "\r\n\r\n3\r\n\uFEFF\r\n[0-9a-f]+\r\nevent: endpoint"),
                fact(
                        "SSE-012",
                        url -> {
                            try (SseWire wire = new SseWire(url)) {
                                wire.post(INITIALIZE);
                                wire.post(LIST);
                                return wire.more();
                            }
                        },
                        "caf\uFFFD"),
                tools("SSE-012-streaming", "caf\uFFFD"),
                stream("SSE-013", "event: message\ndata: \\{\n  \"jsonrpc\"", "\n  \"id\""),
                first("SSE-013-streaming", "event: message\ndata: \\{\n  \"jsonrpc\""),
                stream("SSE-015", "event: endpoint", "HTTP/1.1 200 ", "\"result\"", "\\[closed]\\[open]$"),
                fact(
                        "SSE-016",
                        url -> {
                            try (SseWire one = new SseWire(url);
                                    SseWire other = new SseWire(url)) {
                                one.post(INITIALIZE);
                                return one.more() + "|" + other.more();
                            }
                        },
                        "^\\[open]\\|[0-9a-f]+\r\nevent: message"),
                stream("SSE-017", "event: message\ndata: \\{[^\n]*}\n\r\n\\[open]$"),
                first("SSE-018", "text/event-stream", "\r\n\r\n0\r\n\r\n\\[closed]$"),
                first("SSE-019", "text/event-stream", "event: message", "\"result\"", "\\[open]$"),
                stream("SSE-020", "event: endpoint", "event: response\ndata: \\{"),
                first("SSE-020-streaming", "event: response\n"),
                fact("SSE-022", Wire::get, "Content-Type: text/event-stream\r", "Content-Length: 0\r\n\r\n\\[closed]$"),
                fact("SSE-024", Wire::get, "^\\[open]$"));
    }

    /** A fact about a document below /.well-known. */
    private static Fact document(String fault, String name, String... expressions) {
        return fact(fault, url -> Wire.get(url.replace("/mcp", "/.well-known/" + name)), expressions);
    }

    private static final String MACHINE =
            "grant_type=client_credentials&client_id=" + Clients.MACHINE + "&client_secret=" + Clients.MACHINE_SECRET;

    private static String authorized(String url) throws IOException {
        return Wire.post(url, INITIALIZE, "Authorization: Bearer " + tokenForNothing(url));
    }

    /** A fact about the token endpoint. */
    private static Fact token(String fault, String form, String... expressions) {
        return fact(fault, url -> token(url, form), expressions);
    }

    /** A fact about the registration of a client with this redirect. */
    private static Fact register(String fault, String redirect, String... expressions) {
        return fact(fault, url -> registered(url, redirect), expressions);
    }

    private static String token(String url, String form) throws IOException {
        String type = "Content-Type: application/x-www-form-urlencoded";
        return Wire.exchange(url.replace("/mcp", "/token"), "POST", form, type);
    }

    private static String registered(String url, String redirect) throws IOException {
        String client = Json.object("client_name", "test", "redirect_uris", Json.array(redirect))
                .with("token_endpoint_auth_method", "none")
                .toString();
        return Wire.exchange(url.replace("/mcp", "/register"), "POST", client, "Content-Type: application/json");
    }

    /** The query of a client that was registered for this, and asks for nothing that it could get. */
    private static String asked(String url) throws IOException {
        String id = Wire.body(registered(url, "http://127.0.0.1/a"))
                .get("client_id")
                .text();
        return "response_type=code&redirect_uri=http://127.0.0.1/a&client_id=" + id;
    }

    /** A token that allows to connect and nothing more. */
    private static String tokenForNothing(String url) throws IOException {
        String answer = token(url, MACHINE + "&scope=documents:list");
        return Wire.body(answer).get("access_token").text();
    }

    private static List<Fact> signIn() {
        String resource = "oauth-protected-resource/mcp";
        String server = "oauth-authorization-server";
        return List.of(
                first("AUTH-002", "^HTTP/1.1 401 ", "resource_metadata=\"/.well-known/"),
                fact(
                        "AUTH-005",
                        url -> Wire.inSession(
                                url, call("add", "a", 1, "b", 2), "Authorization: Bearer " + tokenForNothing(url)),
                        "^HTTP/1.1 403 Forbidden\r\n((?!WWW-Authenticate).)*$"),
                document("AUTH-006", resource, "^HTTP/1.1 404 "),
                document("AUTH-007", resource, "^HTTP/1.1 404 "),
                document("AUTH-008", resource, "^HTTP/1.1 200 ", "text/html"),
                document("AUTH-009", resource, "^HTTP/1.1 401 "),
                document("AUTH-010", resource, "^HTTP/1.1 200 ", "\"resource\""),
                document("AUTH-011", resource, "\"resource\":\"http://127.0.0.1:\\d+/v1\""),
                document("AUTH-013", resource, "\"authorization_servers\":\"http"),
                document("AUTH-013-missing", resource, "^((?!authorization_servers).)*$"),
                document("AUTH-014", resource, "\\[\"http://127.0.0.1:9\",\"http"),
                document("AUTH-015", resource, "\\[\"http://127.0.0.1:\\d+/tenant\"]"),
                document("AUTH-016", server, "\"issuer\":\"http://127.0.0.1:\\d+/\""),
                document("AUTH-017", server, "^((?!registration_endpoint).)*$"),
                document("AUTH-018", server, "\"token_endpoint_auth_methods_supported\":\\[\"client_secret_basic\"]"),
                document("AUTH-020", server, "^((?!\"S256).)*$"),
                document("AUTH-035", server, "\"token_endpoint\":\"http://auth.internal"),
                token("AUTH-021", "grant_type=authorization_code&code_verifier=x", "^HTTP/1.1 400 ", "invalid_grant"),
                register(
                        "AUTH-022",
                        "https://claude.ai/api/mcp/auth_callback",
                        "^HTTP/1.1 400 ",
                        "invalid_redirect_uri"),
                register("AUTH-023", "http://127.0.0.1/callback", "^HTTP/1.1 201 ((?!redirect_uris).)*$"),
                fact(
                        "AUTH-024",
                        url -> registered(url, "http://127.0.0.1/a") + registered(url, "http://127.0.0.1/b"),
                        "^HTTP/1.1 201 ",
                        "HTTP/1.1 429 "),
                fact(
                        "AUTH-026",
                        url -> Wire.get(url.replace("/mcp", "/authorize?resource=x&redirect_uri=http://127.0.0.1/")),
                        "^HTTP/1.1 302 ",
                        "Location: http://127.0.0.1/\\?error=invalid_target"),
                fact("AUTH-027", WireFactsTest::authorized, "^HTTP/1.1 401 ", "invalid_token"),
                token("AUTH-028", "grant_type=refresh_token", "^HTTP/1.1 415 "),
                token("AUTH-029", "grant_type=refresh_token", "^\\[(open|closed)]$"),
                token("AUTH-030", "client_id=client-x", "^HTTP/1.1 401 ", "invalid_client"),
                document("AUTH-031", resource, "documents:admin"),
                token("AUTH-032", MACHINE, "^HTTP/1.1 200 ", "access_token"),
                token("AUTH-033", "refresh_token=x", "^HTTP/1.1 500 "),
                fact(
                        "AUTH-034",
                        url -> Wire.get(url.replace("/mcp", "/authorize?" + asked(url))),
                        "^HTTP/1.1 302 ",
                        "Location: http://127.0.0.1/a\\?&error=invalid_request\r\n"),
                fact(
                        "AUTH-039",
                        url -> Wire.inSession(url, call("echo", "text", "a")),
                        "^HTTP/1.1 401 ",
                        "resource_metadata"),
                fact(
                        "AUTH-040",
                        url -> Wire.inSession(url, LIST, "Authorization: Bearer " + tokenForNothing(url)),
                        "\"securitySchemes\":\\[\\{\"type\":\"noauth\"}]"),
                fact("AUTH-041", WireFactsTest::authorized, "^HTTP/1.1 401 ", "Date: "),
                first("AUTH-037", "^HTTP/1.1 401 ", "WWW-Authenticate: ApiKey"),
                fact(
                        "AUTH-038",
                        url -> Wire.post(url, INITIALIZE, "Authorization: Bearer any"),
                        "^HTTP/1.1 401 ",
                        "Missing access token"),
                first("AUTH-042", "^HTTP/1.1 401 ", "WWW-Authenticate: DPoP"),
                document("AUTH-042-metadata", server, "\"dpop_bound_access_tokens_required\":true"),
                document("AUTH-043", server, "\"grant_types_supported\":\\[\"client_credentials\"]"),
                first("AUTH-046", "^HTTP/1.1 401 ", "WWW-Authenticate: Basic .*, Bearer "),
                document("AUTH-048", server + "/mcp", "^HTTP/1.1 200 ", "/mcp/authorize"),
                document("AUTH-049", "openid-configuration", "^((?!userinfo_endpoint).)*$"));
    }

    private static List<Fact> sessions() {
        String claude = "Origin: https://claude.ai";
        String evil = "Origin: http://evil.example";
        Dialogue ended = url -> {
            String session = "Mcp-Session-Id: " + Wire.session(Wire.post(url, INITIALIZE));
            return Wire.exchange(url, "DELETE", "", session) + Wire.post(url, LIST, session);
        };
        return List.of(
                fact(
                        "SESS-001",
                        url -> {
                            String session = "Mcp-Session-Id: " + Wire.session(Wire.post(url, INITIALIZE));
                            return Stream.of(1, 2, 3, 4)
                                    .map(time -> {
                                        try {
                                            return Wire.post(url, PING, session).substring(9, 12);
                                        } catch (IOException e) {
                                            return e.toString();
                                        }
                                    })
                                    .collect(Collectors.joining(" "));
                        },
                        "^404 200 404 200$"),
                fact(
                        "SESS-002",
                        url -> Wire.post(url, INITIALIZE) + Wire.inSession(url, LIST),
                        "^HTTP/1.1 200 OK\r\n((?!Mcp-Session-Id).)*\r\n\r\n\\{",
                        "HTTP/1.1 400 "),
                fact("SESS-003", ended, "^HTTP/1.1 200 ", "HTTP/1.1 400 "),
                fact("SESS-003-200", ended, "^HTTP/1.1 200 ", "HTTP/1.1 200 ", "Session not found"),
                first("SESS-006", "Mcp-Session-Id: session \\S+ \uFFFD\r"),
                fact("SESS-007", ended, "^HTTP/1.1 500 "),
                fact("SESS-007-alive", ended, "^HTTP/1.1 200 ", "HTTP/1.1 200 ", "\"tools\""),
                fact(
                        "SEC-001",
                        url -> Wire.post(url, INITIALIZE) + Wire.post(url, INITIALIZE, "Host: localhost"),
                        "^HTTP/1.1 421 ",
                        "HTTP/1.1 200 "),
                fact(
                        "SEC-002",
                        url -> Wire.post(url, INITIALIZE) + Wire.post(url, INITIALIZE, claude),
                        "^HTTP/1.1 200 ",
                        "HTTP/1.1 403 "),
                fact("SEC-003", url -> Wire.post(url, INITIALIZE, evil), "^HTTP/1.1 200 "),
                fact("SEC-003-sse", url -> Wire.get(url, evil), "^HTTP/1.1 200 ", "event: endpoint"),
                fact("SEC-003-host", url -> Wire.post(url, INITIALIZE, "Host: evil.example"), "^HTTP/1.1 200 "),
                fact(
                        "SEC-004",
                        url -> Wire.exchange(url, "OPTIONS", "", claude) + Wire.post(url, INITIALIZE, KEY),
                        "^HTTP/1.1 401 ",
                        "HTTP/1.1 200 "),
                fact(
                        "SEC-005",
                        url -> Wire.exchange(url, "OPTIONS", "", claude),
                        "^HTTP/1.1 204 ",
                        "Access-Control-Allow-Headers: \\*\r"),
                fact(
                        "SEC-006",
                        url -> Wire.post(url, INITIALIZE, claude),
                        "^HTTP/1.1 200 OK\r\n((?!Expose-Headers).)*Mcp-Session-Id((?!Expose-Headers).)*$"),
                first("AUTH-001", "^HTTP/1.1 401 Unauthorized\r\n((?!WWW-Authenticate).)*$"),
                fact(
                        "AUTH-003",
                        url -> Wire.inSession(url, call("echo", "text", "a"))
                                + Wire.inSession(url, call("echo", "text", "a"), KEY),
                        "^HTTP/1.1 200 ",
                        "Please sign in",
                        "\"isError\":true",
                        "\"text\":\"a\""),
                fact(
                        "AUTH-004",
                        url -> Wire.post(url, INITIALIZE)
                                + Wire.post(url, INITIALIZE, "Authorization: Bearer wrong")
                                + Wire.post(url, INITIALIZE, KEY),
                        "^HTTP/1.1 403 ",
                        "HTTP/1.1 403 ",
                        "HTTP/1.1 200 "),
                fact(
                        "AUTH-open-messages",
                        url -> {
                            try (SseWire wire = new SseWire(url, KEY)) {
                                return Wire.get(url) + Wire.post(wire.endpoint(), INITIALIZE) + wire.more();
                            }
                        },
                        "^HTTP/1.1 401 ",
                        "HTTP/1.1 202 ",
                        "\"result\""));
    }

    private static List<Fact> messages() {
        return List.of(
                fact("MCP-001", url -> Wire.post(url, DISCOVER), "^\\[open]$"),
                fact("MCP-001-500", url -> Wire.post(url, DISCOVER), "^HTTP/1.1 500 "),
                fact(
                        "MCP-001-empty",
                        url -> Wire.post(url, DISCOVER),
                        "^HTTP/1.1 200 ",
                        "\"id\":\"d\",\"result\":\\{}"),
                fact(
                        "MCP-002",
                        url -> Wire.post(url, INITIALIZE)
                                + Wire.post(url, MODERN, "MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/list"),
                        "^HTTP/1.1 400 ",
                        "\"code\":-32022",
                        "\"supported\":\\[\"2026-07-28\"]",
                        "HTTP/1.1 200 ",
                        "\"tools\":",
                        "\"resultType\":\"complete\""),
                fact("MCP-003", url -> Wire.post(url, initialize("2099-01-01")), "\"code\":-32602"),
                first("MCP-004", "\"protocolVersion\":\"1.0\""),
                fact(
                        "MCP-005",
                        url -> Wire.post(url, INITIALIZE)
                                + Wire.post(url, INITIALIZE, "MCP-Protocol-Version: 2025-11-25"),
                        "^HTTP/1.1 200 ",
                        "HTTP/1.1 400 "),
                first("MCP-006", "^\\[open]$"),
                stream("MCP-006-sse", "event: endpoint", "HTTP/1.1 202 ", "\\[open]$"),
                first("MCP-007", "\"result\":\\{((?!serverInfo).)*$"),
                first("MCP-008", "\"capabilities\":\\{},"),
                first("MCP-009", "\"id\":\"1\""),
                stdio("MCP-009-stdio", lines(INITIALIZE), "\"id\":\"1\""),
                first("MCP-010", "\r\n\r\n\\{\"id\":1,\"result\""),
                first("MCP-010-both", "\"result\":\\{.*},\"error\":null}"),
                first("MCP-010-null", "\"result\":null}"),
                first("MCP-010-wrapped", "\r\n\r\n\\{\"statusCode\":200,\"data\":\\{\"jsonrpc\""),
                first("MCP-010-encoded", "\r\n\r\n\"\\{\\\\\"jsonrpc"),
                then("MCP-011", notification("notifications/initialized"), "^HTTP/1.1 200 ", "\\{\"status\""),
                then("MCP-011-404", notification("notifications/initialized"), "^HTTP/1.1 404 "),
                then("MCP-014", "{", "^HTTP/1.1 500 ", "<html"),
                fact(
                        "MCP-014-dies",
                        url -> {
                            String answer = Wire.inSession(url, "{");
                            try {
                                return answer + Wire.post(url, INITIALIZE);
                            } catch (IOException e) {
                                return answer + e;
                            }
                        },
                        "^\\[closed]",
                        "ConnectException"),
                then("MCP-015", UNKNOWN, "^HTTP/1.1 500 "),
                then("MCP-015-silent", UNKNOWN, "^\\[open]$"),
                first("MCP-016", "\r\n\r\n\\[\\{\"jsonrpc\""),
                then("MCP-017", PING, "\"code\":-32601"),
                then("MCP-018", UNKNOWN, "\"error\":\"Method not found"),
                then("MCP-018-code", UNKNOWN, "\"code\":\"E_FAILED\""),
                first("MCP-019", "\"capabilities\":\\{\"tools\":\\[]}"),
                then("MCP-020", request(2, "prompts/list", Json.MISSING), "^HTTP/1.1 500 "),
                first("MCP-024", "\r\n\r\n\uFEFF\\{\"jsonrpc\""),
                fact(
                        "MCP-025",
                        url -> Wire.post(url, INITIALIZE) + Wire.post(url, INITIALIZE),
                        "^HTTP/1.1 200 ",
                        "HTTP/1.1 400 ",
                        "already initialized"));
    }

    private static List<Fact> toolFacts() {
        return List.of(
                tools("TOOL-001", "\"tools\":\\[]"),
                tools("TOOL-002", "\"name\":\"text.echo\""),
                then("TOOL-002-space", call("text/echo it", "text", "hello"), "\"text\":\"hello\""),
                tools("TOOL-003", "\"name\":\"[a-z_]{49,64}\""),
                tools("TOOL-004", "\"inputSchema\":null"),
                tools("TOOL-004-type", "\"inputSchema\":\\{\"type\":\"string\"}"),
                tools("TOOL-004-missing", "\"name\":\"echo\"((?!inputSchema|\"name\").)*\"name\":\"add\""),
                tools("TOOL-005", "\"additionalProperties\":false,\"anyOf\":\\["),
                tools("TOOL-006", "\"tags\":\\{\"type\":\"array\",\"description\":\"[^\"]*\"}"),
                tools("TOOL-007", "\"\\$ref\":\"#/\\$defs/Text\""),
                tools("TOOL-007-remote", "\"\\$ref\":\"https://"),
                tools("TOOL-009", "\"title\":\"Echo\",\"inputSchema\""),
                tools("TOOL-010", "\"name\":\"echo\"((?!annotations|\"name\").)*\"name\":\"add\""),
                tools("TOOL-011", "\"readOnlyHint\":true,\"destructiveHint\":true"),
                tools("TOOL-012", "\"name\":\"echo\"", "\"name\":\"echo\""),
                then(
                        "TOOL-013",
                        request(3, "tools/list", Json.object("cursor", "bmV4dA")),
                        "\"name\":\"echo\"",
                        "\"nextCursor\":\"bmV4dA\""),
                tools("TOOL-013-empty", "\"nextCursor\":\"\""),
                fact(
                        "TOOL-014",
                        url -> {
                            String page = Wire.inSession(url, LIST);
                            Json cursor = Wire.body(page).get("result").get("nextCursor");
                            return page + Wire.inSession(url, request(3, "tools/list", Json.object("cursor", cursor)));
                        },
                        "\"name\":\"add\"((?!\"name\").)*\"nextCursor\":\"[^\"]+\"",
                        "\"name\":\"search\"",
                        "\"name\":\"fetch\"((?!nextCursor).)*$"),
                result("TOOL-016", "\"content\":\\[((?!structuredContent).)*$"),
                result("TOOL-017", "\"structuredContent\":\\{\"unexpected\""),
                result("TOOL-018", "\"content\":\\[],"),
                then("TOOL-022", call("echo"), "^HTTP/1.1 500 "),
                then("TOOL-022-internal", call("echo"), "\"code\":-32603"),
                fact(
                        "TOOL-024",
                        url -> Wire.inSession(url, LIST) + Wire.inSession(url, LIST),
                        "\"tools\":\\[\\{\"name\":\"echo\"",
                        "\"tools\":\\[\\{\"name\":\"add\""),
                result("TOOL-025", "\"content\":\\[\\{\"text\""),
                result("TOOL-025-unknown", "\"type\":\"markdown\""));
    }

    private static List<Fact> stdioFacts() {
        return List.of(
                stdio("STDIO-001", lines(INITIALIZE), "^Starting server[^\n]*\n\\{\"jsonrpc\""),
                stdio(
                        "STDIO-002",
                        lines(INITIALIZE, LIST, call("echo", "text", "a")),
                        "\"tools\":\\[[^\n]*\nDEBUG handling call\n\\{"),
                fact("STDIO-003", url -> Fault.load("STDIO-003").command().toString(), "preflight-no-such-command"),
                stdio("STDIO-007", lines(INITIALIZE), "^Error: Cannot find module 'express'\n\\[exit 1]$"),
                stdio("STDIO-008", lines(INITIALIZE), "^\\{\n  \"jsonrpc\""),
                stdio("STDIO-009", lines(INITIALIZE), "^Content-Length: \\d+\r\n\r\n\\{"),
                stdio("STDIO-010", lines(INITIALIZE), "^\uFEFF\\{"),
                stdio("STDIO-011", lines(INITIALIZE, PING), "\"id\":1.*\n.*\"id\":2.*\n\\[exit 0]$"),
                fact("STDIO-015", url -> interrupted("STDIO-015"), "^still there"),
                stdio(
                        "STDIO-016",
                        lines(INITIALIZE, notification("notifications/initialized")),
                        "\n\\{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":\\{}}\n"),
                stdio("STDIO-017", lines(DISCOVER, INITIALIZE), "^\\[exit 1]$"),
                stdio("stdio-silent", lines(INITIALIZE, PING), "^\\[exit 0]$"));
    }

    private static String interrupted(String fault) {
        Thread server = new Thread(() -> StdioWire.run(Fault.load(fault), INITIALIZE), "stdio-server");
        server.setDaemon(true);
        server.start();
        try {
            server.join(Wire.QUIET_MILLIS);
            boolean alive = server.isAlive();
            server.interrupt();
            return alive ? "still there" : "gone";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeAll
    static void talkToAllAtOnce() {
        // Most of these dialogues wait for what does not come.
        ExecutorService threads = Executors.newFixedThreadPool(8);
        FACTS.forEach(fact -> TEXTS.put(fact.fault(), threads.submit(() -> text(fact))));
        threads.shutdown();
    }

    private static String text(Fact fact) throws Exception {
        String text = talk(fact);
        return fact.expected().matcher(text).find() ? text : Wire.slowly(() -> talk(fact));
    }

    private static String talk(Fact fact) throws IOException {
        Fault fault = Fault.load(fact.fault());
        if (fault.transport() == Fault.Transport.STDIO) {
            return fact.dialogue().with("");
        }
        try (FaultyServer server = FaultyServer.start(fault)) {
            return fact.dialogue().with(server.url());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("facts")
    void showsOnTheWire(Fact fact) throws InterruptedException, ExecutionException {
        String text = TEXTS.get(fact.fault()).get();
        assertTrue(fact.expected().matcher(text).find(), () -> fact.expected() + " in " + text);
    }

    /** A fault with a cause, or with advice, is seen by the diagnosis too, which has to name that from what was recorded. */
    @Test
    void everyFaultIsSeen() {
        Set<String> seen = FACTS.stream().map(Fact::fault).collect(Collectors.toCollection(TreeSet::new));
        Set<String> unseen = Fault.all().stream()
                .filter(fault -> !fault.isHealthy())
                .filter(fault -> fault.cause().isEmpty() && fault.advice().isEmpty())
                .map(Fault::id)
                // Those named after a check are seen by that check.
                .filter(id -> !id.matches("MCP-[A-Z]+\\d*-\\d+(-[a-z]+)?"))
                .filter(id -> !seen.contains(id))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), unseen);
        seen.forEach(Fault::load);
    }
}

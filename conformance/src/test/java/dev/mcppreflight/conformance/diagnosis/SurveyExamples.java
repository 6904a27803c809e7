package dev.mcppreflight.conformance.diagnosis;

import static dev.mcppreflight.conformance.diagnosis.Canned.call;
import static dev.mcppreflight.conformance.diagnosis.Canned.initialize;
import static dev.mcppreflight.conformance.diagnosis.Canned.line;
import static dev.mcppreflight.conformance.diagnosis.Canned.notification;
import static dev.mcppreflight.conformance.diagnosis.Canned.post;
import static dev.mcppreflight.conformance.diagnosis.Canned.stream;
import static dev.mcppreflight.conformance.diagnosis.Canned.tool;
import static dev.mcppreflight.conformance.diagnosis.Canned.tools;
import static dev.mcppreflight.conformance.diagnosis.Canned.welcome;
import static dev.mcppreflight.conformance.diagnosis.Situation.contact;
import static dev.mcppreflight.conformance.diagnosis.Situation.healthy;
import static dev.mcppreflight.conformance.diagnosis.Situation.healthySse;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.wire.Failure.Kind;
import dev.mcppreflight.conformance.wire.Purpose;
import java.util.LinkedHashMap;
import java.util.Map;

/** Examples of what edges say in place of servers, of slow and large calls, and of what the survey sees. */
final class SurveyExamples {

    private static final Json OBJECT = Json.object("type", "object");

    private SurveyExamples() {}

    static Map<String, Situation> all() {
        Map<String, Situation> all = new LinkedHashMap<>();
        all.put(
                "NET-003",
                contact(initialize().failing(Kind.UNREACHABLE))
                        .at("https://mcp.example.com/mcp")
                        .brokenAt("reach")
                        .beside(Canned.of(Purpose.RESOLVE, "RESOLVE").body("2001:db8::1\n2001:db8::2")));
        all.put(
                "NET-029",
                contact(initialize().page(404).header("X-Railway-Fallback", "true"))
                        .brokenAt("transport"));
        all.put(
                "NET-030",
                contact(initialize().page(403).header("SERVER", "awselb/2.0")).brokenAt("authorization"));
        all.put("HTTP-018", healthy().beside(post(Purpose.UPGRADE).status(400)));
        all.put("HTTP-021", healthy().beside(post(Purpose.WITHOUT_SLASH).status(404)));
        all.put(
                "HTTP-023",
                contact(initialize().page(404)).brokenAt("transport").beside(welcomed(Purpose.OTHER_HOST)));
        all.put(
                "SSE-006",
                healthySse()
                        .finding(Canned.of("open the listening stream" + Sent.BY + Sent.COMPRESSES, "GET")
                                .streaming()
                                .header("content-encoding", "gzip")
                                .failing(Kind.UNFINISHED)));
        all.put("SSE-008", healthySse().beside(stream().event("heartbeat", "{}")));
        all.put("SSE-021", healthySse().beside(stream().header("age", "7")));
        all.put(
                "SSE-025",
                contact(welcome(), notification(), tools(tool("one")))
                        .beside()
                        .finding(
                                post("a ping").streaming().stray("{\"jsonrpc\": \"2.0\", \"id\": 1, \"result\": {}}")));
        all.put(
                "MCPR-003",
                contact(
                                initialize().at(Canned.SSE).status(400),
                                stream(),
                                initialize().at(Canned.MESSAGES).status(202).answer(Canned.welcomeMessage()))
                        .over("sse"));
        all.put(
                "SEC-007",
                healthy()
                        .beside(post("a ping")
                                .header("access-control-allow-origin", "*")
                                .header("access-control-allow-origin", "https://claude.ai")));
        all.put("MCP-012", healthy().beside(post(Purpose.EARLY_LIST).error(400, -32002, "not yet")));
        all.put(
                "MCP-013",
                contact(welcome().header("mcp-session-id", "s1"), notification(), tools(tool("one")))
                        .finding(list(Sent.TOOLS + Sent.BY + Sent.STRANGER, tool("one"))));
        all.put("MCP-022", healthy().beside(modernList(tool("one"))));
        all.put("MCP-026", healthy().beside(post(Sent.DISCOVER).status(403)));
        all.put(
                "PERF-003",
                contact(welcome(), notification(), tools(tool("one")).headersAfter(6_000)));
        all.put("TOOL-027", healthy().beside(list(Purpose.VENDOR_LIST)));
        all.put("TOOL-033", healthyWith(tool("one").with("inputSchema", OBJECT.with("properties", Json.of("none")))));
        all.put(
                "TOOL-034",
                contact(
                        welcome(),
                        notification(),
                        post(Purpose.LIST_TOOLS).json(result(Json.object("tools", Json.object())))));
        all.put(
                "TOOL-026",
                healthyWith(tool("one")
                        .with(
                                "inputSchema",
                                OBJECT.with(
                                        "properties",
                                        Json.object(
                                                "region", Json.object("type", "object", "x-mcp-header", "Region"))))));
        all.put(
                "TOOL-031",
                healthy()
                        .beside(post(Purpose.READ_TEMPLATE)
                                .asking(Json.object("params", Json.object("uri", "ui://a")))
                                .json(result(Json.object(
                                        "contents",
                                        Json.array(Json.object("uri", "ui://a", "mimeType", "text/html")))))));
        all.put("NET-026", called(post(Sent.SAFE_CALL).page(403)));
        all.put("PERF-001", called(post(Sent.SAFE_CALL).status(0).failing(Kind.NO_ANSWER)));
        all.put("PERF-002", called(post(Sent.SAFE_CALL).page(524)));
        all.put("PERF-007", called(call("one", text("fine")).took(3_000)));
        all.put(
                "SSE-014",
                called(post(Sent.SAFE_CALL)
                        .streaming()
                        .pending("x".repeat(20_000))
                        .failing(Kind.TRUNCATED)));
        all.put("TOOL-023", called(call("one", text("x".repeat(150_001)))));
        all.put("TOOL-020", deepResearch().beside(call("search", text("{\"items\": []}"))));
        all.put(
                "TOOL-021",
                deepResearch()
                        .beside(post(Purpose.FETCH)
                                .json(result(
                                        text("{\"id\": \"1\", \"title\": \"t\", \"text\": \"x\", \"url\": \"/1\"}")))));
        all.put(
                "PERF-008",
                healthy()
                        .beside(
                                post(Purpose.PING_ALONE).took(3),
                                post(Purpose.SLOW_CALL).took(900),
                                post(Purpose.PING_BESIDE).took(800),
                                post(Purpose.SLOW_CALL).took(900),
                                post(Purpose.PING_BESIDE).took(790)));
        all.put(
                "MCPR-006",
                contact(initialize().issuedBy("CN=Netskope Example CA").failing(Kind.CERTIFICATE_UNTRUSTED))
                        .brokenAt("reach"));
        all.put("HTTP-015", healthy().beside(post(Purpose.LARGE).page(413)));
        all.put("SSE-007", healthySse().beside(held(60_000), held(60_040)));
        all.put(
                "PERF-006",
                healthySse()
                        .beside(
                                held(30_000).comment().comment(),
                                held(30_010).comment().comment()));
        all.put("PERF-005", healthy().beside(post(Purpose.BESIDE_STREAMS).failing(Kind.NO_ANSWER)));
        all.put("SESS-009", healthy().beside(post(Purpose.AFTER_REST).error(404, -32001, "Session not found")));
        all.put("SESS-010", healthy().beside(post(Purpose.CROWD).status(503)));
        all.put(
                "STDIO-018",
                started().beside(line("a ping").saysToStandardError("70000 octets, at last:\nlast words")));
        all.put("STDIO-004", configured("library", "npx", true, "-y", "server@1"));
        all.put("STDIO-005", configuration("problem", Json.of("a single backslash, which JSON does not know")));
        all.put("STDIO-020", configuration("problem", Json.of("it is not JSON")));
        all.put("STDIO-021", configured("library", "/usr/bin/python3", false, "./server/main.py"));
        all.put("HOST-003", configuration("entry", Json.object("url", "https://example.com/mcp")));
        all.put("HOST-009", configured("library/2", "server", false));
        all.put("MCPR-001", configured("library", "bridge", false, "mcp-remote", "http://10.0.0.7/sse"));
        all.put("MCPR-002", configured("library", "bridge", false, "mcp-remote", "--header", "X-Key: ***"));
        return all;
    }

    private static Canned held(long age) {
        return Canned.of(Purpose.HELD_STREAM, "GET").streaming().took(age).failing(Kind.TRUNCATED);
    }

    private static Situation started() {
        return contact(line("start the command"), line(Purpose.INITIALIZE).answer(Canned.welcomeMessage()))
                .over("stdio");
    }

    private static Situation configured(String name, String command, boolean windows, String... words) {
        return configuration(
                "entry",
                Json.object("command", command, "args", Json.array((Object[]) words)),
                "name",
                Json.of(name),
                "windows",
                Json.of(windows));
    }

    private static Situation configuration(Object... facts) {
        Json file = Json.object("file", "claude_desktop_config.json");
        for (int i = 0; i < facts.length; i += 2) {
            file = file.with((String) facts[i], (Json) facts[i + 1]);
        }
        return started().beside(Canned.of(Purpose.CONFIGURATION, "FILE").body(file.toString()));
    }

    private static Canned welcomed(String purpose) {
        return post(purpose).json(Canned.welcomeMessage());
    }

    private static Situation healthyWith(Json tool) {
        return contact(Canned.welcome(), notification(), tools(tool));
    }

    private static Situation called(Canned call) {
        return contact(Canned.welcome(), notification(), tools(tool("one")), call);
    }

    private static Situation deepResearch() {
        return contact(Canned.welcome(), notification(), tools(taking("search", "query"), taking("fetch", "id")));
    }

    private static Json taking(String name, String argument) {
        return tool(name)
                .with("inputSchema", OBJECT.with("properties", Json.object(argument, Json.object("type", "string"))));
    }

    /** What a server that announces the modern revision answers as one of the older ones would. */
    private static Canned modernList(Json... tools) {
        Json meta = Json.object(
                "io.modelcontextprotocol/protocolVersion",
                "2026-07-28",
                "io.modelcontextprotocol/clientCapabilities",
                Json.object());
        return list(Purpose.LIST_TOOLS + Purpose.BESIDE, tools)
                .sending("MCP-Protocol-Version", "2026-07-28")
                .sending("Mcp-Method", "tools/list")
                .asking(Json.object(
                        "jsonrpc", "2.0", "id", 1, "method", "tools/list", "params", Json.object("_meta", meta)));
    }

    private static Canned list(String purpose, Json... tools) {
        return post(purpose).json(result(Json.object("tools", Json.array((Object[]) tools))));
    }

    private static Json text(String text) {
        return Json.object("content", Json.array(Json.object("type", "text", "text", text)));
    }

    private static Json result(Json result) {
        return Json.object("jsonrpc", "2.0", "id", 1, "result", result);
    }
}

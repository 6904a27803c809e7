package dev.mcppreflight.server;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.http.Header;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.LinkedHashMap;
import java.util.Map;

/** A client that keeps no session (2026-07-28): what it sends stands for itself. */
public final class StatelessClient {

    public static final String REVISION = "2026-07-28";

    private static final String PREFIX = "io.modelcontextprotocol/";

    private final String url;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String capabilities = "{}";
    private String more = "";

    /** Creates a client of the server at this address, which ends with no path. */
    public StatelessClient(String url) {
        this.url = url;
    }

    /** Sends this header with every request. */
    public StatelessClient with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** Declares these capabilities, an object in JSON. */
    public StatelessClient can(String declared) {
        capabilities = declared;
        return this;
    }

    /** Adds a member to {@code _meta}, such as {@code "progressToken":1}. */
    public StatelessClient says(String member) {
        more = "," + member;
        return this;
    }

    /** Returns a log level as a member of {@code _meta}. */
    public static String logLevel(String level) {
        return "\"" + PREFIX + "logLevel\":\"" + level + "\"";
    }

    /** Returns a request of this revision by a client that can do nothing. */
    public static String request(Object id, String method, String members) {
        return new StatelessClient("").body(id, method, members);
    }

    /** Returns a request with these further members of its parameters. */
    public String body(Object id, String method, String members) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + (id instanceof String ? "\"" + id + "\"" : id) + ",\"method\":\""
                + method
                + "\",\"params\":{\"_meta\":{\"" + PREFIX + "protocolVersion\":\"" + REVISION + "\",\"" + PREFIX
                + "clientInfo\":{\"name\":\"test\",\"version\":\"1\"},\"" + PREFIX + "clientCapabilities\":"
                + capabilities + more + "}" + (members.isEmpty() ? "" : "," + members) + "}}";
    }

    /** Returns a request with the headers for this method and this name, which may be null. */
    public RequestSpecification headed(String method, String name) {
        RequestSpecification request = RestAssured.given()
                .baseUri(url)
                .contentType(ContentType.JSON)
                .accept("application/json, text/event-stream")
                .header(new Header("MCP-Protocol-Version", REVISION))
                .header(new Header("Mcp-Method", method))
                .headers(headers);
        return name == null ? request : request.header(new Header("Mcp-Name", name));
    }

    /** Sends a request that names nothing. */
    public ValidatableResponse ask(String method, String members) {
        return headed(method, null).body(body(1, method, members)).post("/mcp").then();
    }

    /** Calls a tool with these arguments, an object in JSON. */
    public ValidatableResponse call(String tool, String arguments) {
        return call(tool, arguments, "");
    }

    /** Calls a tool with these arguments and further members of the parameters. */
    public ValidatableResponse call(String tool, String arguments, String members) {
        String all = "\"name\":\"" + tool + "\",\"arguments\":" + arguments + (members.isEmpty() ? "" : "," + members);
        return headed("tools/call", tool)
                .body(body(1, "tools/call", all))
                .post("/mcp")
                .then();
    }

    /** Reads a resource. */
    public ValidatableResponse read(String uri) {
        return headed("resources/read", uri)
                .body(body(1, "resources/read", "\"uri\":\"" + uri + "\""))
                .post("/mcp")
                .then();
    }

    /** Opens a stream that a POST is answered with. */
    public RawStream stream(int port, Object id, String method, String name, String members) {
        String body = body(id, method, members);
        StringBuilder head = new StringBuilder("POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
                + "MCP-Protocol-Version: " + REVISION + "\r\nMcp-Method: " + method + "\r\nContent-Length: "
                + body.length() + "\r\n");
        if (name != null) {
            head.append("Mcp-Name: ").append(name).append("\r\n");
        }
        headers.forEach((header, value) ->
                head.append(header).append(": ").append(value).append("\r\n"));
        return RawStream.of(port, head + "\r\n" + body);
    }
}

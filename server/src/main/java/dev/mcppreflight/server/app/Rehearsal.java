package dev.mcppreflight.server.app;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A client of the server's own that goes once round it: under {@code -XX:ArchiveClassesAtExit} the virtual machine notes
 * which classes a start needs, and loads them from its archive the next time, in half the time.
 */
final class Rehearsal {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},\
            "clientInfo":{"name":"rehearsal","version":"1"}}}""";
    private static final String DISCOVER = """
            {"jsonrpc":"2.0","id":4,"method":"server/discover","params":{"_meta":{\
            "io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}""";
    private static final List<String> MESSAGES = List.of(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":\"list_documents\"}}");

    private final int port;

    /** Creates a client for the server on this port of loopback. */
    Rehearsal(int port) {
        this.port = port;
    }

    /** Speaks with the server on both transports. */
    void run() throws IOException {
        String greeting = exchange(post("/mcp", "", INITIALIZE));
        String session = after(greeting, "Mcp-Session-Id: ");
        for (String message : MESSAGES) {
            exchange(post("/mcp", "Mcp-Session-Id: " + session + "\r\n", message));
        }
        exchange(post("/mcp", "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: server/discover\r\n", DISCOVER));
        try (Socket stream = connect()) {
            send(stream, "GET /sse HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n");
            String opening = "";
            while (!opening.contains("data: ")) {
                opening += more(stream.getInputStream());
            }
            exchange(post(after(opening, "data: "), "", INITIALIZE));
            more(stream.getInputStream());
        }
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = connect()) {
            send(socket, request);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String more(InputStream in) throws IOException {
        byte[] bytes = new byte[8192];
        int read = in.read(bytes);
        if (read < 0) {
            throw new IOException("the stream has ended");
        }
        return new String(bytes, 0, read, StandardCharsets.UTF_8);
    }

    private static String post(String path, String headers, String json) {
        return "POST " + path
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Accept: application/json, text/event-stream\r\nContent-Length: " + json.length() + "\r\n" + headers
                + "\r\n" + json;
    }

    /** Returns the rest of the line behind this label. */
    private static String after(String text, String label) throws IOException {
        int start = text.indexOf(label);
        if (start < 0) {
            throw new IOException("not the answer that was expected");
        }
        return text.substring(start + label.length()).lines().findFirst().orElse("");
    }
}

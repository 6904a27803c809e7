package dev.mcppreflight.server.bench;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;

/** One session in which a call follows the other. */
final class Lane implements AutoCloseable {

    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
            "capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}""";
    private static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

    private static final byte[] RESULT = "\"result\":".getBytes(StandardCharsets.US_ASCII);

    private final Tool tool;
    private Connection posts;
    private final Connection stream;
    private final String path;
    private final String session;
    private int number;
    private byte[] marker;
    private boolean answered;
    private long sent;

    /** What is called. */
    interface Tool {

        /** Returns the parameters of the call with this number. */
        String params(String number);
    }

    private Lane(Tool tool, Connection posts, Connection stream, String path, String session) {
        this.tool = tool;
        this.posts = posts;
        this.stream = stream;
        this.path = path;
        this.session = session;
    }

    /** Opens a session of Streamable HTTP. */
    static Lane streamable(int port, Tool tool) throws IOException {
        Connection posts = new Connection(port);
        posts.exchange(Connection.post("/mcp", null, INITIALIZE));
        require(posts.reader().status() == 200, posts);
        String session = posts.reader().session();
        posts.exchange(Connection.post("/mcp", session, INITIALIZED));
        return new Lane(tool, posts, null, "/mcp", session);
    }

    /** Opens a session of HTTP+SSE. */
    static Lane sse(int port, Tool tool) throws IOException {
        Connection stream = new Connection(port);
        String path = endpoint(stream);
        Connection posts = new Connection(port);
        posts.exchange(Connection.post(path, null, INITIALIZE));
        require(event(stream).contains("\"result\""), posts);
        posts.exchange(Connection.post(path, null, INITIALIZED));
        return new Lane(tool, posts, stream, path, null);
    }

    /** Opens a stream of HTTP+SSE and returns the path for messages that it names. */
    static String endpoint(Connection stream) throws IOException {
        stream.send(Connection.get("/sse"));
        String endpoint = event(stream).replaceAll("(?s).*data: ?(\\S+).*", "$1");
        return endpoint.startsWith("http") ? endpoint.substring(endpoint.indexOf('/', 8)) : endpoint;
    }

    /** Waits for the next event of a stream; comments between events are none. */
    static String event(Connection stream) throws IOException {
        while (true) {
            do {
                stream.receive();
            } while (!stream.reader().endsEvent());
            String text = stream.reader().text();
            stream.reader().forget();
            if (text.contains("data:")) {
                return text;
            }
        }
    }

    private static void require(boolean held, Connection connection) throws IOException {
        if (!held) {
            String text = connection.reader().text();
            throw new IOException(
                    "HTTP " + connection.reader().status() + " " + text.substring(0, Math.min(text.length(), 200)));
        }
    }

    /** Gives up the connection that carried the requests, as an idle client does. */
    void hangUpPosts() throws IOException {
        posts.close();
    }

    /** Opens a new connection for requests. */
    void reconnect(int port) throws IOException {
        posts = new Connection(port);
    }

    /** Calls once, waits for the answer, and returns the nanoseconds that it took. */
    long call() throws IOException {
        send();
        while (!posts.reader().isDone()) {
            posts.receive();
        }
        if (stream == null) {
            require(posts.reader().status() == 200 && holdsAnswer(posts), posts);
        } else {
            require(event(stream).contains("\"result\":"), posts);
        }
        return System.nanoTime() - sent;
    }

    /** Makes ready for many lanes on one thread. */
    void register(Selector selector) throws IOException {
        for (Connection connection : stream == null ? new Connection[] {posts} : new Connection[] {posts, stream}) {
            connection.channel().configureBlocking(false);
            connection.channel().register(selector, SelectionKey.OP_READ, this);
        }
    }

    /** Sends the next call. */
    void send() throws IOException {
        String mark = "call-" + System.identityHashCode(this) + "-" + ++number + "-";
        marker = mark.getBytes(StandardCharsets.US_ASCII);
        answered = false;
        sent = System.nanoTime();
        posts.send(Connection.post(
                path,
                session,
                "{\"jsonrpc\":\"2.0\",\"id\":\"" + mark + "\",\"method\":\"tools/call\",\"params\":" + tool.params(mark)
                        + "}"));
    }

    /** Takes what has come and returns the nanoseconds that the call took, or -1 when it is not answered yet. */
    long receive(SelectionKey key) throws IOException {
        if (stream == null) {
            posts.receive();
            if (!posts.reader().isDone()) {
                return -1;
            }
            require(posts.reader().status() == 200 && holdsAnswer(posts), posts);
            return System.nanoTime() - sent;
        }
        Connection ready = key.channel() == stream.channel() ? stream : posts;
        ready.receive();
        if (ready == stream && stream.reader().endsEvent()) {
            answered |= holdsAnswer(stream);
            stream.reader().forget();
        }
        return answered && posts.reader().isDone() ? System.nanoTime() - sent : -1;
    }

    private boolean holdsAnswer(Connection connection) {
        return connection.reader().holds(marker) && connection.reader().holds(RESULT);
    }

    @Override
    public void close() throws IOException {
        posts.close();
        if (stream != null) {
            stream.close();
        }
    }
}

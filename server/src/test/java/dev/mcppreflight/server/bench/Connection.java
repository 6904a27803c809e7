package dev.mcppreflight.server.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A connection to a server on loopback, first blocking, later not. */
final class Connection implements AutoCloseable {

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
    private final HttpReader reader = new HttpReader();

    Connection(int port) throws IOException {
        channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    SocketChannel channel() {
        return channel;
    }

    HttpReader reader() {
        return reader;
    }

    /** Sends a request; the next response is read afresh. */
    void send(byte[] request) throws IOException {
        reader.reset();
        ByteBuffer out = ByteBuffer.wrap(request);
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /** Reads what is there; on a blocking connection it waits for something. */
    void receive() throws IOException {
        in.clear();
        if (channel.read(in) < 0) {
            throw new EOFException("the server has closed the connection, status " + reader.status());
        }
        in.flip();
        reader.take(in);
    }

    /** Sends a request and waits for the whole answer. */
    void exchange(byte[] request) throws IOException {
        send(request);
        while (!reader.isDone()) {
            receive();
        }
    }

    static byte[] get(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns a POST of this JSON, in this session of Streamable HTTP unless it is null. */
    static byte[] post(String path, String session, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                        + "Accept: application/json, text/event-stream\r\nContent-Length: " + body.length + "\r\n"
                        + (session == null ? "" : "Mcp-Session-Id: " + session + "\r\n") + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .array();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

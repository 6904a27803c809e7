package dev.mcppreflight.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An event stream read from a plain socket, so that hundreds of them need no threads. */
public final class RawStream implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader reader;
    private final List<String> head = new ArrayList<>();

    public RawStream(int port, String path, String... headers) {
        this(port, get(port, path, headers));
    }

    private RawStream(int port, String request) {
        try {
            this.socket = new Socket("127.0.0.1", port);
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            this.reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = line(); !line.isEmpty(); line = line()) {
                head.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the stream with which this request, whole as it goes over the wire, is answered. */
    public static RawStream of(int port, String request) {
        return new RawStream(port, request);
    }

    private static String get(int port, String path, String... headers) {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return request + "\r\n";
    }

    /** Returns the status line and the headers. */
    public List<String> head() {
        return head;
    }

    /** Returns the next line of the body; chunk sizes appear as lines of their own. */
    public String line() {
        try {
            String line = reader.readLine();
            if (line == null) {
                throw new IllegalStateException("the stream has ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the rest of the next line that starts so. */
    public String next(String prefix) {
        String line = line();
        while (!line.startsWith(prefix)) {
            line = line();
        }
        return line.substring(prefix.length());
    }

    /** Returns the data of the next event. */
    public String data() {
        return next("data:").strip();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

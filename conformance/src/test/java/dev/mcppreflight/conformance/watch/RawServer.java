package dev.mcppreflight.conformance.watch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Answers every request by the same octets, whatever these are, and ends the connection. */
final class RawServer implements AutoCloseable {

    /** Speaks on a connection whose request was read. */
    @FunctionalInterface
    interface Conduct {
        void serve(Socket socket) throws IOException;
    }

    /** Writes an answer. */
    @FunctionalInterface
    interface Answer {
        void write(OutputStream out) throws IOException;
    }

    private final ServerSocket listener;
    private final Conduct conduct;
    private volatile String asked = "";

    private RawServer(Conduct conduct) {
        this.conduct = conduct;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::accept, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    static RawServer serving(Conduct conduct) {
        return new RawServer(conduct);
    }

    static RawServer answering(Answer answer) {
        return new RawServer(socket -> {
            answer.write(socket.getOutputStream());
            socket.getOutputStream().flush();
        });
    }

    int port() {
        return listener.getLocalPort();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/mcp");
    }

    /** The last request as it came. */
    String asked() {
        return asked;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread thread = new Thread(() -> serve(socket), "raw-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // Closing the listener ends the waiting.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            while (!isWhole(request.toString(StandardCharsets.ISO_8859_1))) {
                int octet = socket.getInputStream().read();
                if (octet < 0) {
                    return;
                }
                request.write(octet);
            }
            asked = request.toString(StandardCharsets.ISO_8859_1);
            conduct.serve(socket);
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private static boolean isWhole(String request) {
        int end = request.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        String head = request.substring(0, end).toLowerCase(java.util.Locale.ROOT);
        if (head.contains("transfer-encoding: chunked")) {
            return request.endsWith("0\r\n\r\n");
        }
        int length = head.indexOf("content-length: ");
        int due = length < 0
                ? 0
                : Integer.parseInt(head.substring(length + 16).split("\r", 2)[0].trim());
        return request.length() >= end + 4 + due;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.mcppreflight.conformance.probe;

import dev.mcppreflight.conformance.target.Limits;
import dev.mcppreflight.conformance.wire.Failure;
import dev.mcppreflight.conformance.wire.Header;
import dev.mcppreflight.conformance.wire.Recording;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One TCP connection with one HTTP/1.1 exchange on it (RFC 9112), on a plain socket because only there the phases can be
 * told apart.
 */
final class HttpConnection implements AutoCloseable {

    private static final int MAX_HEADER_BYTES = 64 * 1024;
    /** RFC 9112 section 4; the reason may be missing with its space, which some servers forget. */
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.\\d +([1-9]\\d\\d)(?: .*)?");

    private static final int MAX_HEADERS = 200;

    private final Recording recording;
    private final Limits limits;
    private final long deadline;
    private Socket socket;
    private InputStream in;
    private int status;
    private List<Header> headers = List.of();

    HttpConnection(Recording recording, Limits limits) {
        this.recording = recording;
        this.limits = limits;
        this.deadline = System.nanoTime() + limits.timeout().toNanos();
    }

    int status() {
        return status;
    }

    List<Header> headers() {
        return headers;
    }

    /** Name, port and TLS. */
    void connect(URI url, Trust trust, Names names) throws IOException {
        socket = new Dial(trust, names).connect(url, recording, remaining());
        in = new BufferedInputStream(new Deadlined(socket.getInputStream()), 16 * 1024);
    }

    /** Sends the request and reads the head of the answer. */
    void exchange(HttpRequest request) throws IOException {
        send(request);
        do {
            readHead();
        } while (status >= 100 && status < 200 && status != 101);
        recording.answered(status, headers);
    }

    private void send(HttpRequest request) throws IOException {
        byte[] body = request.body() == null ? new byte[0] : request.body().getBytes(StandardCharsets.UTF_8);
        URI url = request.url();
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        StringBuilder head = new StringBuilder(request.method()).append(' ').append(path);
        if (url.getRawQuery() != null) {
            head.append('?').append(url.getRawQuery());
        }
        head.append(" HTTP/1.1\r\n");
        if (Header.first(request.headers(), "Host").isEmpty()) {
            line(head, "Host", url.getHost() + (url.getPort() >= 0 ? ":" + url.getPort() : ""));
        }
        for (Header header : request.headers()) {
            line(head, header.name(), header.value());
        }
        if (request.body() != null
                && Header.first(request.headers(), "Content-Length").isEmpty()) {
            line(head, "Content-Length", String.valueOf(body.length));
        }
        if (Header.first(request.headers(), "Connection").isEmpty()) {
            line(head, "Connection", "close");
        }
        head.append("\r\n");
        byte[] headBytes = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(headBytes, headBytes.length + body.length);
        System.arraycopy(body, 0, all, headBytes.length, body.length);
        try {
            socket.getOutputStream().write(all);
            socket.getOutputStream().flush();
        } catch (SocketException e) {
            // A server may refuse early and still have an answer for us; reading tells.
        }
    }

    private static void line(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value.replaceAll("[\\r\\n]", " ")).append("\r\n");
    }

    private void readHead() throws IOException {
        String statusLine = readLine(true);
        Matcher code = STATUS.matcher(statusLine);
        if (!code.matches()) {
            throw new ProbeFailure(Failure.Kind.NOT_HTTP, printable(statusLine));
        }
        status = Integer.parseInt(code.group(1));
        List<Header> read = new ArrayList<>();
        for (String line = readLine(false); !line.isEmpty(); line = readLine(false)) {
            int colon = line.indexOf(':');
            if (colon > 0 && read.size() < MAX_HEADERS) {
                read.add(new Header(
                        line.substring(0, colon).trim(),
                        line.substring(colon + 1).trim()));
            }
        }
        headers = List.copyOf(read);
    }

    private String readLine(boolean first) throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int octet = in.read();
            if (octet < 0) {
                if (first && line.length() == 0) {
                    throw new ProbeFailure(Failure.Kind.CLOSED, "the connection ended without an answer");
                }
                throw first && !line.toString().startsWith("HTTP/")
                        ? new ProbeFailure(Failure.Kind.NOT_HTTP, printable(line.toString()))
                        : new ProbeFailure(Failure.Kind.TRUNCATED, "the connection ended within the headers");
            }
            recording.firstByte();
            if (octet == '\n') {
                int end = line.length();
                return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
            }
            line.append((char) octet);
            if (line.length() > MAX_HEADER_BYTES) {
                throw new ProbeFailure(Failure.Kind.TOO_LARGE, "a header line of more than 64 KiB");
            }
            if (first && line.length() == 5 && isSettings(line)) {
                throw new ProbeFailure(Failure.Kind.HTTP2_ALONE, "the answer begins with a SETTINGS frame of HTTP/2");
            }
            if (first && line.length() == 5 && !line.toString().equals("HTTP/")) {
                throw new ProbeFailure(
                        Failure.Kind.NOT_HTTP, "the answer begins with '" + printable(line.toString()) + "'");
            }
        }
    }

    /** A frame of that type for the whole connection, with which every server of HTTP/2 begins (RFC 9113, section 3.4). */
    private static boolean isSettings(CharSequence start) {
        return start.charAt(0) == 0 && start.charAt(1) == 0 && start.charAt(3) == 4 && start.charAt(4) == 0;
    }

    private static String printable(String text) {
        String clean = text.replaceAll("[^\\x20-\\x7E]", "?");
        return clean.length() > 80 ? clean.substring(0, 80) : clean;
    }

    /** The body, its transfer coding taken away, without content coding. */
    InputStream body(String method) {
        if (method.equals("HEAD") || status == 204 || status == 304) {
            return InputStream.nullInputStream();
        }
        boolean chunked = Header.first(headers, "Transfer-Encoding")
                .map(value -> value.toLowerCase(Locale.ROOT).contains("chunked"))
                .orElse(false);
        if (chunked) {
            return new ChunkedBody(in);
        }
        return Header.first(headers, "Content-Length")
                .map(HttpConnection::length)
                .<InputStream>map(length -> new FixedBody(in, length))
                .orElse(in);
    }

    private static Long length(String value) {
        try {
            return Long.valueOf(value.trim());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** From now on reading waits for ever; a stream stays open until it is closed. */
    void untimed() throws IOException {
        untimed = true;
        socket.setSoTimeout(0);
    }

    private volatile boolean untimed;

    /** Reads what has come of a body in the meantime; true where it has ended. */
    boolean hasEnded(InputStream body) {
        byte[] rest = new byte[4 * 1024];
        long octets = 0;
        try {
            untimed = true;
            socket.setSoTimeout(1);
            while (octets < limits.maxBody()) {
                int count = body.read(rest);
                if (count < 0) {
                    return true;
                }
                octets += count;
            }
            return false;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private int remaining() throws IOException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("the time is over");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    @Override
    public void close() {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // Closing is all that was wanted.
            }
        }
    }

    /** Gives every read just the time that is left of the whole. */
    private final class Deadlined extends InputStream {
        private final InputStream source;

        private Deadlined(InputStream source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (!untimed) {
                socket.setSoTimeout(remaining());
            }
            return source.read(buffer, offset, length);
        }
    }
}

package dev.mcppreflight.conformance.fault.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads HTTP/1.1 requests (RFC 9112) with bounded heads and bodies. */
final class HttpReader {

    private static final int MAX_HEAD = 64 * 1024;
    static final int MAX_BODY = 4 * 1024 * 1024;

    private final InputStream in;
    private final long connection;
    private final Runnable sendContinue;
    private int headBytes;

    /** @param sendContinue called where the client waits for leave to send its body */
    HttpReader(InputStream in, long connection, Runnable sendContinue) {
        this.in = in;
        this.connection = connection;
        this.sendContinue = sendContinue;
    }

    /** What arrived is not a request that this server takes. */
    static final class Refused extends IOException {
        private final transient Response response;

        Refused(int status, String why) {
            super(why);
            this.response = Response.text(status, "text/plain; charset=utf-8", why + "\n");
        }

        Response response() {
            return response;
        }
    }

    /** The next request, or empty where the client has closed the connection. */
    Optional<Request> next() throws IOException {
        headBytes = 0;
        int first = in.read();
        while (first == '\r' || first == '\n') {
            first = in.read();
        }
        if (first < 0) {
            return Optional.empty();
        }
        if (!Character.isLetter(first) || first > 'z') {
            // A TLS greeting has no line end to wait for.
            throw new Refused(400, "not an HTTP request");
        }
        String[] start = ((char) first + line()).split(" ");
        if (start.length != 3 || !start[2].startsWith("HTTP/1.")) {
            throw new Refused(400, "malformed request line");
        }
        Headers headers = Headers.NONE;
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new Refused(400, "malformed header field");
            }
            headers = headers.plus(
                    line.substring(0, colon), line.substring(colon + 1).strip());
        }
        String target = start[1];
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        return Optional.of(new Request(start[0], path, query, headers, body(headers), connection));
    }

    private byte[] body(Headers headers) throws IOException {
        List<String> lengths = headers.all("Content-Length");
        Optional<String> coding = headers.first("Transfer-Encoding");
        if (coding.isEmpty() && lengths.isEmpty()) {
            return new byte[0];
        }
        if (lengths.size() > 1 || coding.isPresent() && !lengths.isEmpty()) {
            throw new Refused(400, "ambiguous body length");
        }
        if (coding.isPresent() && !coding.get().toLowerCase(Locale.ROOT).equals("chunked")) {
            throw new Refused(400, "unknown transfer coding");
        }
        if (!lengths.isEmpty()) {
            bounded(number(lengths.get(0), 10));
        }
        if (headers.first("Expect").filter("100-continue"::equalsIgnoreCase).isPresent()) {
            sendContinue.run();
        }
        return lengths.isEmpty() ? chunks() : exactly((int) number(lengths.get(0), 10));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            headBytes = 0;
            int size = (int) bounded(number(line().split(";")[0].strip(), 16));
            bounded((long) body.size() + size);
            if (size == 0) {
                while (!line().isEmpty()) {
                    // Trailers say nothing that this server needs.
                }
                return body.toByteArray();
            }
            body.write(exactly(size));
            line();
        }
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("the body ends early");
        }
        return bytes;
    }

    private static long bounded(long length) throws IOException {
        if (length > MAX_BODY) {
            throw new Refused(413, "the body is larger than " + MAX_BODY + " bytes");
        }
        return length;
    }

    private static long number(String digits, int radix) throws IOException {
        try {
            return Long.parseUnsignedLong(digits, radix) & Long.MAX_VALUE;
        } catch (NumberFormatException e) {
            throw new Refused(400, "malformed length");
        }
    }

    private String line() throws IOException {
        byte[] bytes = new byte[128];
        int length = 0;
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the head ends early");
            }
            if (++headBytes > MAX_HEAD) {
                throw new Refused(431, "the head is larger than " + MAX_HEAD + " bytes");
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * length);
            }
            bytes[length++] = (byte) next;
        }
        if (length > 0 && bytes[length - 1] == '\r') {
            length--;
        }
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}

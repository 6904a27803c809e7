package dev.mcppreflight.server.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Reads an HTTP/1.1 response as its bytes come: of known length, or in chunks, perhaps without end. */
final class HttpReader {

    private enum Part {
        HEAD,
        SIZED,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        DONE
    }

    /** Where ids and flags stand; to look through all of a large answer would cost the machine more than the server. */
    private static final int MARGIN = 400;

    private final byte[] line = new byte[8192];
    private int lineLength;
    private byte[] body = new byte[4096];
    private int bodyLength;
    private Part part;
    private int status;
    private long left;
    private boolean chunked;
    private String session;

    HttpReader() {
        reset();
    }

    /** Makes ready for the next response. */
    void reset() {
        part = Part.HEAD;
        lineLength = 0;
        bodyLength = 0;
        status = 0;
        left = 0;
        chunked = false;
    }

    boolean isDone() {
        return part == Part.DONE;
    }

    boolean hasHead() {
        return part != Part.HEAD;
    }

    int status() {
        return status;
    }

    /** Returns the session that a response has named, or null. */
    String session() {
        return session;
    }

    /** Returns what has come of the body. */
    String text() {
        return new String(body, 0, bodyLength, StandardCharsets.UTF_8);
    }

    /** Tells whether these bytes stand near the beginning or the end of what has come of the body. */
    boolean holds(byte[] wanted) {
        return isBetween(0, Math.min(MARGIN, bodyLength), wanted)
                || isBetween(Math.max(0, bodyLength - MARGIN), bodyLength, wanted);
    }

    private boolean isBetween(int from, int to, byte[] wanted) {
        for (int i = from; i <= to - wanted.length; i++) {
            if (body[i] == wanted[0] && Arrays.equals(body, i, i + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether the last event of a stream is whole. */
    boolean endsEvent() {
        return bodyLength >= 2 && body[bodyLength - 1] == '\n' && body[bodyLength - 2] == '\n';
    }

    /** Forgets what has come of the body, to go on with a stream. */
    void forget() {
        bodyLength = 0;
    }

    /** Takes bytes until they are used up or the response is whole. */
    void take(ByteBuffer in) throws IOException {
        while (in.hasRemaining() && part != Part.DONE) {
            if (part == Part.SIZED || part == Part.CHUNK) {
                copy(in);
            } else {
                byte next = in.get();
                if (next == '\n') {
                    endLine();
                } else if (next != '\r') {
                    if (lineLength == line.length) {
                        throw new IOException("a line is too long");
                    }
                    line[lineLength++] = next;
                }
            }
        }
    }

    private void copy(ByteBuffer in) {
        int n = (int) Math.min(left, in.remaining());
        if (bodyLength + n > body.length) {
            body = Arrays.copyOf(body, Math.max(body.length * 2, bodyLength + n));
        }
        in.get(body, bodyLength, n);
        bodyLength += n;
        left -= n;
        if (left == 0) {
            part = part == Part.SIZED ? Part.DONE : Part.CHUNK_END;
        }
    }

    private void endLine() {
        String text = new String(line, 0, lineLength, StandardCharsets.ISO_8859_1);
        lineLength = 0;
        switch (part) {
            case HEAD -> header(text);
            case CHUNK_SIZE -> {
                left = Long.parseLong(text.split(";", 2)[0].strip(), 16);
                part = left == 0 ? Part.TRAILER : Part.CHUNK;
            }
            case CHUNK_END -> part = Part.CHUNK_SIZE;
            case TRAILER -> part = text.isEmpty() ? Part.DONE : Part.TRAILER;
            default -> throw new IllegalStateException("no line in " + part);
        }
    }

    private void header(String text) {
        if (status == 0) {
            status = Integer.parseInt(text.substring(9, 12));
        } else if (text.isEmpty()) {
            part = chunked ? Part.CHUNK_SIZE : left > 0 ? Part.SIZED : Part.DONE;
        } else {
            int colon = text.indexOf(':');
            String value = text.substring(colon + 1).strip();
            switch (text.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "content-length" -> left = Long.parseLong(value);
                case "transfer-encoding" -> chunked = true;
                case "mcp-session-id" -> session = value;
                default -> {}
            }
        }
    }
}

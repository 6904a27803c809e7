package dev.mcppreflight.conformance.watch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** One side's octets as they come, read ahead no further than one buffer. */
final class Source {

    private final InputStream in;
    private final byte[] buffer = new byte[32 * 1024];
    private int start;
    private int end;

    Source(InputStream in) {
        this.in = in;
    }

    /** Waits for octets, unless some are there; false at the end. */
    boolean fill() throws IOException {
        if (start < end) {
            return true;
        }
        int count = in.read(buffer, 0, buffer.length);
        start = 0;
        end = Math.max(count, 0);
        return count > 0;
    }

    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    int available() {
        return end - start;
    }

    /** These octets were used. */
    void skip(int count) {
        start += count;
    }

    /**
     * The next head, up to its empty line.
     *
     * @param opening how its first line has to begin; empty for anyhow
     * @param most how many octets it may have
     */
    Head head(String opening, int most) throws IOException {
        ByteArrayOutputStream raw = new ByteArrayOutputStream(512);
        int line = 0;
        while (fill()) {
            while (start < end) {
                int octet = buffer[start++];
                raw.write(octet);
                if (raw.size() <= opening.length() && octet != opening.charAt(raw.size() - 1)) {
                    int more = Math.min(opening.length(), end - start);
                    raw.write(buffer, start, more);
                    start += more;
                    return Head.of(Head.Kind.FOREIGN, raw.toByteArray());
                }
                if (octet == '\n') {
                    if (line == 0 && opening.isEmpty() && raw.size() <= 2) {
                        // Some clients send an empty line after a body (RFC 9112 section 2.2).
                        raw.reset();
                        continue;
                    }
                    if (line == 0) {
                        return Head.of(Head.Kind.WHOLE, raw.toByteArray());
                    }
                    line = 0;
                } else if (octet != '\r') {
                    line++;
                }
                if (raw.size() >= most) {
                    return Head.of(Head.Kind.TOO_LARGE, raw.toByteArray());
                }
            }
        }
        return Head.of(Head.Kind.BROKEN_OFF, raw.toByteArray());
    }
}

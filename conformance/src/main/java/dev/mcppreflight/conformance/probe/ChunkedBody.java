package dev.mcppreflight.conformance.probe;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body in chunks (RFC 9112 section 7.1); an end without the last chunk is an error, not an end. */
final class ChunkedBody extends InputStream {

    private final InputStream source;
    private long left;
    private boolean started;
    private boolean ended;

    ChunkedBody(InputStream source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (ended) {
            return -1;
        }
        if (left == 0 && !nextChunk()) {
            return -1;
        }
        int count = source.read(buffer, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the body ended within a chunk");
        }
        left -= count;
        return count;
    }

    private boolean nextChunk() throws IOException {
        if (started) {
            line();
        }
        started = true;
        String size = line();
        int semicolon = size.indexOf(';');
        try {
            left = Long.parseLong((semicolon < 0 ? size : size.substring(0, semicolon)).trim(), 16);
        } catch (NumberFormatException e) {
            throw new EOFException("a chunk without a size");
        }
        if (left > 0) {
            return true;
        }
        while (!line().isEmpty()) {
            // Trailers carry nothing that is used here.
        }
        ended = true;
        return false;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = source.read(); octet != '\n'; octet = source.read()) {
            if (octet < 0 || line.length() > 1_000) {
                throw new EOFException("the body ended without its last chunk");
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return line.toString();
    }
}

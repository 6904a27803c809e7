package dev.mcppreflight.conformance.probe;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body of announced length (RFC 9112 section 6.3); an early end is an error, not an end. */
final class FixedBody extends InputStream {

    private final InputStream source;
    private final long announced;
    private long read;

    FixedBody(InputStream source, long announced) {
        this.source = source;
        this.announced = announced;
    }

    @Override
    public int read() throws IOException {
        if (read >= announced) {
            return -1;
        }
        int octet = source.read();
        if (octet < 0) {
            throw new EOFException("the body ended after " + read + " of " + announced + " announced octets");
        }
        read++;
        return octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (read >= announced) {
            return -1;
        }
        int count = source.read(buffer, offset, (int) Math.min(length, announced - read));
        if (count < 0) {
            throw new EOFException("the body ended after " + read + " of " + announced + " announced octets");
        }
        read += count;
        return count;
    }
}

package dev.mcppreflight.conformance.fault.http;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Each write is one chunk (RFC 9112, section 7.1) and one segment. */
final class ChunkedOutput extends FilterOutputStream {

    private static final byte[] CRLF = {'\r', '\n'};

    ChunkedOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b});
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream(length + 16);
        chunk.write(Integer.toHexString(length).getBytes(StandardCharsets.US_ASCII));
        chunk.write(CRLF);
        chunk.write(bytes, offset, length);
        chunk.write(CRLF);
        out.write(chunk.toByteArray());
    }

    /** Writes the last chunk; the connection stays open. */
    void end() throws IOException {
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}

package dev.mcppreflight.server.stdio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Cuts an input into lines without ever holding more than the longest allowed one. */
final class Lines {

    private final InputStream in;
    private final int longest;

    Lines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /**
     * A line.
     *
     * @param bytes its bytes without the line feed; empty when it was too long
     * @param tooLong whether it exceeded the limit
     */
    record Line(byte[] bytes, boolean tooLong) {}

    /** Returns the next line, or null at the end of the input; an unfinished last line counts. */
    Line next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean tooLong = false;
        int read = in.read();
        if (read < 0) {
            return null;
        }
        while (read >= 0 && read != '\n') {
            if (line.size() < longest) {
                line.write(read);
            } else {
                tooLong = true;
            }
            read = in.read();
        }
        return tooLong ? new Line(new byte[0], true) : new Line(line.toByteArray(), false);
    }
}

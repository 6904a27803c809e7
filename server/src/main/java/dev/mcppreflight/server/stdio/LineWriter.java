package dev.mcppreflight.server.stdio;

import dev.mcppreflight.server.protocol.Outlet;
import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one message a line, whole lines only. */
final class LineWriter implements Outlet {

    private final Logger log = LoggerFactory.getLogger(LineWriter.class);
    private final OutputStream out;

    LineWriter(OutputStream out) {
        this.out = out;
    }

    @Override
    public synchronized void send(byte[] message) {
        byte[] line = new byte[message.length + 1];
        System.arraycopy(message, 0, line, 0, message.length);
        line[message.length] = '\n';
        try {
            out.write(line);
            out.flush();
        } catch (IOException e) {
            // The client closed its end; the end of the input follows.
            log.debug("nobody reads the output", e);
        }
    }
}

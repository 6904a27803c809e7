package dev.mcppreflight.conformance.fault.transport;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.http.Mishap;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a server on standard input and output writes, and how it begins and ends. */
public class Lines {

    private final OutputStream out;
    private final PrintStream err;

    public Lines(OutputStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Lines that write where these do. */
    public Lines(Lines other) {
        this(other.out, other.err);
    }

    public PrintStream err() {
        return err;
    }

    /**
     * Before the first message is read.
     *
     * @throws Mishap of kind DEATH where the server ends at once
     */
    public void begin() throws IOException {
        // A healthy server says nothing unasked.
    }

    /** Writes one message. */
    public void send(Json message) throws IOException {
        write(message + "\n");
    }

    /**
     * At a line with nothing on it.
     *
     * @throws Mishap of kind DEATH where the server takes it for its end
     */
    public void blank() {
        // A healthy server reads on.
    }

    /** After the client has closed its end. */
    public void end() throws IOException {
        // A healthy server goes at once.
    }

    protected final void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}

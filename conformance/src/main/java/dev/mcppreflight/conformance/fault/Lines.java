package dev.mcppreflight.conformance.fault;

import dev.mcppreflight.conformance.data.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a server on standard input and output writes, and how it begins and ends. */
class Lines {

    private final OutputStream out;
    private final PrintStream err;

    Lines(OutputStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Lines that write where these do. */
    Lines(Lines other) {
        this(other.out, other.err);
    }

    PrintStream err() {
        return err;
    }

    /**
     * Before the first message is read.
     *
     * @throws Mishap of kind DEATH where the server ends at once
     */
    void begin() throws IOException {
        // A healthy server says nothing unasked.
    }

    /** Writes one message. */
    void send(Json message) throws IOException {
        write(message + "\n");
    }

    /**
     * At a line with nothing on it.
     *
     * @throws Mishap of kind DEATH where the server takes it for its end
     */
    void blank() {
        // A healthy server reads on.
    }

    /** After the client has closed its end. */
    void end() throws IOException {
        // A healthy server goes at once.
    }

    final void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}

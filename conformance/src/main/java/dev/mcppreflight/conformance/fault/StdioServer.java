package dev.mcppreflight.conformance.fault;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.deviation.Deviation;
import dev.mcppreflight.conformance.fault.deviation.Deviations;
import dev.mcppreflight.conformance.fault.http.Mishap;
import dev.mcppreflight.conformance.fault.mcp.HealthyServer;
import dev.mcppreflight.conformance.fault.mcp.Incoming;
import dev.mcppreflight.conformance.fault.mcp.Rpc;
import dev.mcppreflight.conformance.fault.mcp.Session;
import dev.mcppreflight.conformance.fault.transport.Lines;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A server on standard input and output that is healthy but for the deviation of one fault. */
public final class StdioServer {

    private static final int MAX_LINE = 4 * 1024 * 1024;

    private final Rpc rpc;
    private final Lines lines;
    private final Session session = new Session("stdio", "");

    private StdioServer(Rpc rpc, Lines lines) {
        this.rpc = rpc;
        this.lines = lines;
    }

    /**
     * Acts as the server until the client closes its end.
     *
     * @return the exit code that the process should have
     */
    public static int run(Fault fault, InputStream in, OutputStream out, PrintStream err) {
        return run(fault, Deviation.NONE, in, out, err);
    }

    /** The same with one more deviation around that of the fault. */
    static int run(Fault fault, Deviation around, InputStream in, OutputStream out, PrintStream err) {
        Deviation deviation = new Deviation.Both(Deviations.of(fault.deviation()), around);
        Rpc rpc = deviation.rpc(HealthyServer.of(fault.traits()));
        Lines lines = deviation.lines(new Lines(out, err));
        try {
            new StdioServer(rpc, lines).serve(new BufferedInputStream(in));
            return 0;
        } catch (Mishap | IOException e) {
            // The server was to die, or nobody listens to it any more.
            return 1;
        }
    }

    private void serve(InputStream in) throws IOException {
        lines.begin();
        for (Optional<String> line = next(in); line.isPresent(); line = next(in)) {
            if (line.get().isBlank()) {
                lines.blank();
            } else {
                answer(line.get());
            }
        }
        lines.end();
    }

    private void answer(String line) throws IOException {
        try {
            Incoming incoming = Incoming.parse(line);
            incoming.checkBatch(session.revision());
            Json answer = incoming.answer(rpc, session);
            if (answer.isPresent()) {
                lines.send(answer);
            }
        } catch (Incoming.Malformed e) {
            lines.send(e.response());
        } catch (Mishap e) {
            if (e.kind() == Mishap.Kind.DEATH) {
                throw e;
            }
        }
    }

    /** The next line without its end; a line beyond any sense is cut and will not parse. */
    private static Optional<String> next(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return Optional.empty();
        }
        while (next >= 0 && next != '\n') {
            if (line.size() < MAX_LINE) {
                line.write(next);
            }
            next = in.read();
        }
        return Optional.of(line.toString(StandardCharsets.UTF_8));
    }
}
